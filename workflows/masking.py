"""What never hangs on a board: numbers that belong to one person."""

from __future__ import annotations

import re

# People write long numbers in groups, as their cards show them.
GAP = r"[ \u00a0\u2002-\u200a\u3000-]?"
DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
ID_CARD = re.compile(rf"(?<!\d)(\d{{6}}){GAP}\d{{8}}{GAP}(\d{{3}}[\dXx])(?!\d)")
OLD_ID_CARD = re.compile(rf"(?<!\d)(\d{{6}})\d\d{DAY}(\d{{3}})(?!\d)")
ACCOUNT = re.compile(r"(?<!\d)(\d{4})\d{8,11}(\d{4})(?!\d)")
# In groups only with the prefix of bank cards: a row of sums looks much the same.
CARD = re.compile(rf"(?<!\d)(62\d\d){GAP}(?:\d{{4}}{GAP}){{2,3}}(\d{{3,4}})(?!\d)")
PHONE = re.compile(rf"(?<!\d)(1[3-9]\d){GAP}\d{{4}}{GAP}(\d{{4}})(?!\d)")


def mask(text: str) -> str:
    """The text with identity card, bank account and telephone numbers blanked."""
    for pattern in (ID_CARD, OLD_ID_CARD, ACCOUNT, CARD, PHONE):
        text = pattern.sub(r"\1****\2", text)
    return text


def surname(name: str) -> str:
    """A name as the public sees it: the family name alone."""
    return f"{name[:1]}某" if name else "一位村民"
