"""A checkpoint that somebody kept: as a file, or as it was printed on paper."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from audit import kept
from audit.note import BadNote, Note, Verifier, read_head


class NotKept(ValueError):
    """What was given is no checkpoint of this log; the message says why."""


@dataclass(frozen=True)
class Kept:
    """A head that was kept: its root in hexadecimal, or the beginning of it."""

    origin: str
    size: int
    root: str
    of_another_key: bool = False  # it bears signatures, and none of a key we know


def read(text: str, keys: list[Verifier]) -> Kept:
    """What was kept; raises NotKept where it is nothing of the kind, or was altered.

    Typed from paper it bears no signature, and is worth what its paper is worth.
    """
    text = text.replace("\r\n", "\n").strip() + "\n"
    try:
        return _signed(text, keys) if "\n\n" in text else _typed(text)
    except BadNote as reason:
        raise NotKept(_("不是存证：%s") % reason) from None


def _signed(text: str, keys: list[Verifier]) -> Kept:
    note = Note.parse(text)
    signed = [key for key in keys if note.signed_by(key) is not None]
    head = read_head(note.text)
    return Kept(head.origin, head.size, head.root.hex(), of_another_key=not signed)


def _typed(text: str) -> Kept:
    """Origin, size and root, one a line, as a checkpoint has them or the paper."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) != 3:  # noqa: PLR2004
        raise BadNote(_("应当是三行：日志名称、条数、根"))
    origin, size, root = lines
    try:
        said = kept.Kept.typed(size, root)
    except kept.NotRead:
        raise BadNote(_("条数是整数，根至少写开头十六位")) from None
    return Kept(origin, said.size, said.root)
