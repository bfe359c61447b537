"""A checkpoint that somebody kept: as a file, or as it was printed on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from audit.note import BadNote, Note, Verifier, read_head, unbase64

# The whole root, or its beginning as it is printed: fewer digits say too little.
_HEX = re.compile(r"[0-9a-f]{16,64}")


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
    if len(lines) != 3 or not lines[1].isdecimal():  # noqa: PLR2004
        raise BadNote(_("应当是三行：日志名称、条数、根"))
    origin, size, root = lines
    digits = "".join(root.split()).lower()
    if not _HEX.fullmatch(digits):
        digits = unbase64(root).hex()
        if len(digits) != 64:  # noqa: PLR2004
            raise BadNote(_("根是 32 字节"))
    return Kept(origin, int(size), digits)
