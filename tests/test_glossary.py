"""The glossary says what the code says."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

PAGE = Path(__file__).resolve().parent.parent / "docs" / "glossary.md"
# What no villager and no officer has a word for.
OF_THE_MACHINE = {"Heartbeat", "Kinship"}


def rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ]
    return cells[2:]


def named(where: str) -> Any:
    module, _, name = where.strip("`").rpartition(".")
    return getattr(import_module(module), name)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_the_docstring_begins_with_the_glossary_line(row: list[str]) -> None:
    _word, _chinese, what, is_not, where = row
    found = " ".join((named(where).__doc__ or "").split())
    assert found.startswith(what.rstrip("."))
    assert not is_not or f"Not {is_not}" in found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_officers_read_the_word_of_the_glossary(row: list[str]) -> None:
    _word, chinese, _what, _is_not, where = row
    assert chinese
    if meta := getattr(named(where), "_meta", None):
        assert meta.verbose_name == chinese


def test_every_word_stands_once() -> None:
    words = [row[0] for row in rows()]
    assert len(words) == len(set(words)) >= 20


def test_every_row_that_is_kept_has_its_word() -> None:
    kept = {
        model.__name__
        for app in ("audit", "villages", "workflows")
        for model in apps.get_app_config(app).get_models()
    }
    told = {row[4].strip("`").rpartition(".")[2] for row in rows()}
    assert kept - told == OF_THE_MACHINE
