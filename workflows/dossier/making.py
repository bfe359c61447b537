"""Putting a dossier together and packing it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from audit import clock, sequencer
from workflows.models import Matter
from workflows.presenting import fetch_all, subjects

from . import proofs
from .reading import listed, page_of
from .rows import rows_of

if TYPE_CHECKING:
    from audit.models import Checkpoint

CHUNK = 1024 * 1024
WITH = ("village__division__parent", "follows")
# What checks a dossier, and all that it needs beside `cryptography`.
PROGRAM = (
    *("__init__", "commitments", "comparing", "contents", "dossier", "note", "packed"),
    *("plain", "prooffile", "telling", "tree", "verify"),
)


class NotNumbered(Exception):
    """Some of the matter's entries have no number in the log yet."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "这件事还有刚办的记录没有编上号，卷宗要等编号以后才能做。请过一会儿再来。"
            )
        )


def write_dossier(matter: Matter, out: IO[bytes], kept: Iterable[int] = ()) -> None:
    """Write the matter's dossier; raises NotNumbered. `kept`: sizes somebody asks for.

    The checkpoint is read before the rows and the entries after them: whatever was
    recorded in between has no number in that checkpoint, and is refused.
    """
    checkpoint = sequencer.newest()
    matter = Matter.objects.select_related(*WITH).get(pk=matter.pk)
    if checkpoint is None or not proofs.all_numbered(subjects(matter), checkpoint):
        raise NotNumbered
    fetch_all(matter)
    matter.__dict__["deciding_body"] = matter.deciding_body_on(day_of(checkpoint))
    rows, attachments = rows_of(matter)
    entries = proofs.entries_of(subjects(matter))
    files: dict[str, Any] = proofs.entry_files(entries, checkpoint)
    files |= proofs.log_files(entries, checkpoint, kept)
    files["commitments.json"] = proofs.openings(entries)
    files["data.json"] = proofs.written(
        {"v": 1, "matter": matter.subject, "rows": rows}
    )
    told = page_of(matter, entries) | {"attachments": listed(attachments)}
    files |= pages(told, checkpoint) | program() | attachments
    if not proofs.all_numbered(subjects(matter), checkpoint):
        raise NotNumbered
    pack(files, out, clock.local(checkpoint.signed_at))


def day_of(checkpoint: Checkpoint) -> date:
    return clock.local(checkpoint.signed_at).date()


def pages(told: dict[str, Any], checkpoint: Checkpoint) -> dict[str, bytes]:
    """What people read."""
    context = told | {
        "checkpoint": checkpoint,
        "short": bytes(checkpoint.root).hex()[:16],
        "day": day_of(checkpoint),
        "origin": sequencer.signer().name,
    }
    names = {"index.html": "index.html", "说明.txt": "how_to.txt"}
    return {
        name: render_to_string(f"workflows/dossier/{template}", context).encode()
        for name, template in names.items()
    }


def program() -> dict[str, bytes]:
    """The sources of what checks a dossier, for a machine that has none of ours."""
    folder = Path(settings.BASE_DIR) / "audit"
    sources = [f"{name}.py" for name in PROGRAM]
    return {f"核对程序/audit/{s}": (folder / s).read_bytes() for s in sources}


def pack(files: dict[str, Any], out: IO[bytes], at: datetime) -> None:
    """One file behind the other by their names, uncompressed; the manifest last."""
    contents = {}
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            with archive.open(member(name, at), "w") as place:
                contents[name] = _copy(files[name], place)
        manifest = proofs.written({"v": 1, "files": contents})
        with archive.open(member("manifest.json", at), "w") as place:
            place.write(manifest)


def member(name: str, at: datetime) -> ZipInfo:
    """A plain file with a fixed time, as audit.packed wants it."""
    found = ZipInfo(name, at.timetuple()[:6])
    found.create_system, found.external_attr = 3, 0o100644 << 16
    return found


def _copy(content: Any, place: IO[bytes]) -> dict[str, Any]:
    """Copy the content into its place; what the manifest says of it."""
    sha, size = hashlib.sha256(), 0
    for chunk in _chunks(content):
        sha.update(chunk)
        size += len(chunk)
        place.write(chunk)
    return {"sha256": sha.hexdigest(), "size": size}


def _chunks(content: Any) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with _opened(content) as file:
        yield from file.chunks(CHUNK)


@contextmanager
def _opened(file: Any) -> Iterator[Any]:
    file.open("rb")
    try:
        yield file
    finally:
        file.close()
