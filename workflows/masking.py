"""What never hangs on a board: numbers that belong to one person."""

from __future__ import annotations

import re

ID_CARD = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")
ACCOUNT = re.compile(r"(?<!\d)(\d{4})\d{8,11}(\d{4})(?!\d)")
PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")


def mask(text: str) -> str:
    """The text with identity card, bank account and telephone numbers blanked."""
    for pattern in (ID_CARD, ACCOUNT, PHONE):
        text = pattern.sub(r"\1****\2", text)
    return text


def surname(name: str) -> str:
    """A name as the public sees it: the family name alone."""
    return f"{name[:1]}某" if name else "一位村民"
