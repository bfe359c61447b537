"""Uploads are kept for as long as the rows that name them."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db import transaction


class KeptWithItsRow(FileSystemStorage):
    """The file is there before its row is; where the row comes to nothing, it goes.

    The other way round, writing it once the row is certain, would leave a row without
    its file where the disk is full.
    """

    def save(
        self, name: str | None, content: Any, max_length: int | None = None
    ) -> str:
        saved = super().save(name, content, max_length)
        transaction.on_commit(Upload(Path(self.path(saved))).keep)
        return saved


class Upload:
    """A file on disk, taken away again unless it is kept.

    Django calls whoever asks when a transaction commits, and nobody when it is rolled
    back; but then it lets go of those it was to call, whether a savepoint, the whole
    transaction or the connection came to an end (Django 5.2, db/backends/base/base.py,
    `run_on_commit`).
    """

    def __init__(self, path: Path) -> None:
        self._going = weakref.finalize(self, path.unlink, missing_ok=True)

    def keep(self) -> None:
        self._going.detach()
