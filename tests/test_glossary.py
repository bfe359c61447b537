"""The glossary says what the code says."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ]
    return cells[2:]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_docstring_begins_with_the_glossary_line(row: list[str]) -> None:
    _word, chinese, what, isnt, where = row
    module, _, name = where.strip("`").rpartition(".")
    found = " ".join((getattr(import_module(module), name).__doc__ or "").split())
    assert found.startswith(what.split(" / ")[0])
    assert chinese
    if isnt:
        assert "Not a" in found or "Not the" in found or "Not whose" in found


def test_every_word_stands_once() -> None:
    words = [row[0] for row in rows()]
    assert len(words) == len(set(words)) >= 20
