"""Where one text differs from another, clause by clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

CLAUSE = re.compile(r"[^，。；：、！？\n]+[，。；：、！？\n]*")
ENDS = "，。；：、！？\n "


@dataclass(frozen=True)
class Change:
    """The words that were there, and those that are there now; one may be empty."""

    old: str
    new: str


def changes(old: str, new: str) -> list[Change]:
    """The clauses that are not the same, in order."""
    before, after = CLAUSE.findall(old), CLAUSE.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        Change(_joined(before[a:b]), _joined(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _joined(clauses: list[str]) -> str:
    return "".join(clauses).strip(ENDS)
