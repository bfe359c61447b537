"""The table of words that officials and villagers read: docs/wording.md."""

from __future__ import annotations

import re
from pathlib import Path

from workflows import rulebook
from workflows.bodies import BODIES, pass_key, quorum_key
from workflows.rulebook import Threshold
from workflows.rulebook.words import at_least, fraction, portion, reached

PAGE = Path(__file__).resolve().parents[2] / "docs" / "wording.md"


def same(words: object) -> str:
    """Words without what is a matter of typing: quotes, bold, names of places."""
    text = re.sub(r"%\((\w+)\)s", "□", str(words))
    for quote in '“”"':
        text = text.replace(quote, "'")
    return text.replace("**", "").replace("%%", "%").rstrip("。")


TODAY = rulebook.BOOK.national[-1]
SHARE = re.compile("过半数|半数以上|三分之二以上")


def share_of(case: str, *, passes: bool = False) -> Threshold:
    """The share that today's law asks for in that case."""
    body = {"households": "villagers", "acting": "members"}.get(case, case)
    key = quorum_key(body, "households" if case == "households" else "persons")
    if passes or case == "acting" or TODAY[key].value == "none":
        key = pass_key(body)
    return TODAY.threshold(key)


def as_today(words: object, case: str) -> str:
    """The words of a rule as they are said today: with the share they leave open."""
    if case not in (*BODIES, "households", "acting"):
        return str(words)
    return str(words).replace("%(share)s", portion(share_of(case)))


def verdict_as_today(came: object, voted: object, case: str) -> str:
    """The same of an outcome."""
    asked, wanted = share_of(case), share_of(case, passes=True)
    filled = str(came).replace("%(quorum)s", "，" + reached(asked) + at_least(asked))
    filled += str(voted).replace("%(over)s", reached(wanted))
    filled = filled.replace("%(share)s", at_least(wanted))
    return filled.replace("%(part)s", fraction(wanted))


def section(number: int) -> str:
    text = PAGE.read_text(encoding="utf-8")
    start = re.search(rf"^## {number} ", text, re.M)
    end = re.search(rf"^## {number + 1} ", text, re.M)
    assert start is not None
    assert end is not None
    return text[start.start() : end.start()]


def tables(number: int) -> list[list[list[str]]]:
    """The tables of a section, each a list of rows, the first of them its head."""
    found: list[list[list[str]]] = []
    inside = False
    for line in section(number).splitlines():
        if not line.startswith("|"):
            inside = False
        elif not inside:
            found.append([cells(line)])
            inside = True
        elif set(line) - set("|-: "):
            found[-1].append(cells(line))
    return found


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
