"""Refusals say what docs/wording.md says, or why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workflows import wording
from tests.workflows.test_refusals import cases, every_rule
from tests.workflows.wording import SHARE, as_today, same
from tests.workflows.wording_otherwise import REFUSALS, SAID_ELSEWHERE

SOURCES = Path(__file__).resolve().parents[2] / "workflows"
PARTS = [(*case, part) for case in cases() for part in ("title", "sentence", "todo")]


def is_said_otherwise(rule: str, case: str, part: str) -> bool:
    return any(part in parts.split() for parts, _why in REFUSALS.get((rule, case), ()))


@pytest.mark.parametrize(("rule", "case", "part"), sorted(PARTS))
def test_a_refusal_says_what_the_table_says(rule, case, part):
    said = same(as_today(getattr(every_rule()[rule].words[case], part), case))
    known = {same(cell) for table in wording.tables(7) for row in table for cell in row}
    assert (said in known) is not is_said_otherwise(rule, case, part)


def sentences_of_the_table() -> list[str]:
    return [
        same(row[table[0].index("句子")])
        for table in wording.tables(7)
        for row in table[1:]
        if "依据" in "".join(table[0])
    ]


def sentences_of_the_code() -> str:
    """Every string of the code, those that go over lines put together."""
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    return same(re.sub(r'"\s*\n\s*"', "", code))


def test_what_the_table_says_is_said_or_waits():
    code = sentences_of_the_code()
    # Which share is asked for, the rule set says.
    said = {s for s in sentences_of_the_table() if SHARE.sub("□", s) in code}
    unsaid = [s for s in sentences_of_the_table() if s not in code and s not in said]
    waiting = {part for part in SAID_ELSEWHERE for s in unsaid if part in s}
    assert [s for s in unsaid if not any(part in s for part in waiting)] == []
    assert set(SAID_ELSEWHERE) - waiting == set()


def test_what_is_listed_as_said_otherwise_is_said():
    assert set(REFUSALS) <= cases()
