"""Sums as they are written where nobody may add a stroke."""

from __future__ import annotations

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
MYRIADS = ("", "万", "亿")
MYRIAD = 10_000


def capitals(amount: Decimal) -> str:
    """380000.00 as 叁拾捌万元整.

    >>> capitals(Decimal("10500.07"))
    '壹万零伍佰元零柒分'
    """
    cents = int(amount * 100)
    whole, (jiao, fen) = cents // 100, divmod(cents % 100, 10)
    said = f"{_whole(whole)}元" if whole else ""
    if not jiao and not fen:
        return f"{said or '零元'}整"
    if jiao:
        said += f"{DIGITS[jiao]}角"
    elif said:
        said += DIGITS[0]
    return said + (f"{DIGITS[fen]}分" if fen else "整")


def _whole(number: int) -> str:
    """Four digits at a time; a gap between them is one 零, however wide."""
    said, gap = "", False
    for power in range(len(MYRIADS) - 1, -1, -1):
        four = number // MYRIAD**power % MYRIAD
        if not four:
            gap = bool(said)
            continue
        if said and (gap or four < MYRIAD // 10):
            said += DIGITS[0]
        said += _four(four) + MYRIADS[power]
        gap = False
    return said


def _four(number: int) -> str:
    said, gap = "", False
    for place in range(len(PLACES) - 1, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        said += (DIGITS[0] if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return said
