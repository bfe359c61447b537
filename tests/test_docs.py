"""What the pages for people name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("CONTRIBUTING.md", "README.md", "SECURITY.md", "docs/operations.md")
PATH = re.compile(r"`(\w[\w./-]+(?:/|\.(?:py|toml|sql|md|json|css|yaml|txt)))`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
NAME = re.compile(r"`([A-Z][A-Z_]+)` in `([\w./-]+\.py)`")
HEADINGS = (
    "The law changed",
    "Add a rule",
    "Add an act",
    "Add a column or a table",
    "Add a stage",
)


def text(sheet: str) -> str:
    return (ROOT / sheet).read_text(encoding="utf-8")


def named(sheet: str) -> list[str]:
    """Every path in backticks; a bare file name stands beside the one before it."""
    found: list[str] = []
    for path in PATH.findall(text(sheet)):
        beside = ROOT / (Path(found[-1]).parent if found else "") / path
        whole = "/" not in path and not (ROOT / path).exists() and beside.exists()
        found.append(str(beside.relative_to(ROOT)) if whole else path)
    return found


@pytest.mark.parametrize("sheet", PAGES[:3])  # the last names folders of VAR_DIR
def test_every_path_a_page_names_is_there(sheet: str) -> None:
    assert [path for path in named(sheet) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("sheet", PAGES)
def test_every_link_leads_somewhere(sheet: str) -> None:
    beside = (ROOT / sheet).parent
    links = LINK.findall(text(sheet))
    assert [link for link in links if not (beside / link).exists()] == []


def test_every_name_the_recipes_send_to_a_file_is_in_it() -> None:
    pairs = NAME.findall(text("CONTRIBUTING.md"))
    assert pairs
    assert [(n, p) for n, p in pairs if not re.search(rf"\b{n}\b", text(p))] == []


def test_there_is_a_recipe_for_each_change_and_each_names_its_files() -> None:
    parts = re.split(r"^### ", text("CONTRIBUTING.md"), flags=re.MULTILINE)[1:]
    recipes = {part.splitlines()[0]: part for part in parts}
    assert tuple(recipes) == HEADINGS
    assert all(len(PATH.findall(recipe)) > 1 for recipe in recipes.values())
