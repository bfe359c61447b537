"""A checkpoint that somebody kept: as a file, or as it was printed on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from audit.note import BadNote, Head, Note, Verifier, read_head, unbase64

_HEX = re.compile(r"[0-9a-f]{64}")


class NotKept(ValueError):
    """What was given is no checkpoint of this log; the message says why."""


@dataclass(frozen=True)
class Kept:
    """A head that was kept, and whether it bears a signature of another key only."""

    head: Head
    of_another_key: bool = False


def read(text: str, keys: list[Verifier]) -> Kept:
    """What was kept; raises NotKept where it is nothing of the kind, or was altered.

    Typed from paper it bears no signature, and is worth what its paper is worth.
    """
    text = text.replace("\r\n", "\n").strip() + "\n"
    try:
        return _signed(text, keys) if "\n\n" in text else Kept(_typed(text))
    except BadNote as reason:
        raise NotKept(_("不是存证：%s") % reason) from None


def _signed(text: str, keys: list[Verifier]) -> Kept:
    note = Note.parse(text)
    signed = [key for key in keys if note.signed_by(key) is not None]
    return Kept(read_head(note.text), of_another_key=not signed)


def _typed(text: str) -> Head:
    """Origin, size and root, one a line; the root in base64 or in hexadecimal."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) != 3 or not lines[1].isdecimal():  # noqa: PLR2004
        raise BadNote(_("应当是三行：日志名称、条数、根"))
    origin, size, root = lines
    found = bytes.fromhex(root) if _HEX.fullmatch(root) else unbase64(root)
    if len(found) != 32:  # noqa: PLR2004
        raise BadNote(_("根是 32 字节"))
    return Head(origin, int(size), found)
