"""A head that somebody kept, on paper or in a file, held against today's log."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from . import proofs, sequencer, tree
from .models import Checkpoint, Tile
from .note import BadNote, open_checkpoint, unbase64

SHORT = 16  # digits of the root as they are printed; fewer say too little
LONGEST = 200

_SIZE = re.compile(r"[1-9][0-9]{0,14}")
_ROOT = re.compile(rf"[0-9a-f]{{{SHORT},{2 * tree.HASH_BYTES}}}")
_ALIKE = str.maketrans("oil", "011")


class NotRead(ValueError):
    """No head: a number of entries, and the root or its first sixteen digits."""


class Found(StrEnum):
    """What today's log is to the head that was kept."""

    SAME = "same"
    LONGER = "longer"  # and begins with it
    SHORTER = "shorter"  # entries are gone
    OTHER = "other"  # it does not begin with it

    @property
    def good(self) -> bool:
        return self in (Found.SAME, Found.LONGER)


@dataclass(frozen=True)
class Kept:
    """How many entries there were, and the root or its beginning, in hexadecimal."""

    size: int
    root: str

    @classmethod
    def typed(cls, size: str, root: str) -> Kept:
        """As people type it, in groups and in capitals; raises NotRead."""
        number, text = _plain(size), _plain(root)
        digits = text.lower().translate(_ALIKE)
        if not _ROOT.fullmatch(digits):
            digits = _in_base64(text)
        if not _SIZE.fullmatch(number):
            raise NotRead
        return cls(int(number), digits)


def _plain(typed: str) -> str:
    if len(typed) > LONGEST:
        raise NotRead
    return "".join(c for c in unicodedata.normalize("NFKC", typed) if not c.isspace())


def _in_base64(text: str) -> str:
    """A root as it stands in a checkpoint."""
    try:
        root = unbase64(text)
    except BadNote:
        raise NotRead from None
    if len(root) != tree.HASH_BYTES:
        raise NotRead
    return root.hex()


def compare(kept: Kept, today: Checkpoint) -> Found:
    """What today's log is to it, shown by a proof from the one to the other."""
    if kept.size > today.size:
        return Found.SHORTER
    try:
        head = open_checkpoint(today.note, sequencer.verifiers())
        root = proofs.root_at(kept.size)
        path = proofs.consistency(kept.size, today)
        tree.verify_consistency(kept.size, head.size, path, root, head.root)
    except (BadNote, tree.NotProven, Tile.DoesNotExist, ValueError):
        return Found.OTHER
    if not root.hex().startswith(kept.root):
        return Found.OTHER
    return Found.SAME if kept.size == head.size else Found.LONGER


def in_groups(digits: str) -> str:
    """Digits as they are printed: four by four."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
