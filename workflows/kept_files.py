"""Files that were uploaded are still the bytes whose hash was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from audit.discrepancy import Discrepancy
from audit.rows import register_check

from .models import Document, Posting, SignedPage, Sitting, Tally
from .uploads import sha256_of

AT_ONCE = 500
# Each file, and the column with the hash that its entry speaks of.
FILES: tuple[tuple[type[models.Model], str, str], ...] = (
    (Document, "file", "hash"),
    (Posting, "photo", "photo_hash"),
    (SignedPage, "file", "hash"),
    (Sitting, "sign_in_sheet", "sign_in_hash"),
    (Sitting, "tally_sheet", "tally_hash"),
    (Tally, "sheet", "sheet_hash"),
)
# Copies no hash stands for: they can be made anew of what was handed in.
COPIES: tuple[tuple[type[models.Model], str], ...] = ((SignedPage, "reading"),)


def exchanged() -> Iterator[Discrepancy]:
    """Files that are not there any more, or are others than was recorded."""
    for model, name, hashed in FILES:
        rows = model._default_manager.exclude(**{name: ""}).order_by("pk")
        for row in rows.only(name, hashed).iterator(chunk_size=AT_ONCE):
            file, recorded = getattr(row, name), getattr(row, hashed)
            found = _hash_of(file)
            if found != recorded:
                table = model._meta.db_table
                yield Discrepancy("files", table, str(row.pk), name, recorded, found)


def _hash_of(file: Any) -> str | None:
    """Read piece by piece; None where nothing can be read."""
    try:
        with file.open("rb"):
            return sha256_of(file)
    except OSError:
        return None


register_check(check=exchanged)
