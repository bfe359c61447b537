"""The office's own table of words, where it lies beside the project."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "shared" / "wording.md"


def same(words: object) -> str:
    """Words without what is a matter of typing: quotes, bold, names of places."""
    text = re.sub(r"%\((\w+)\)s", "□", str(words))
    for quote in '“”"':
        text = text.replace(quote, "'")
    return text.replace("**", "").replace("%%", "%").rstrip("。")


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
