"""A county that writes its rules anew: the old ones stay for the days they held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from workflows.rulebook import choice

Copy = Any  # see conftest.py
FIRST, NEXT = "demo-county.toml", "demo-county-2027.toml"
NAMED = ("demo-county",)


@pytest.fixture
def rewritten(copy: Copy) -> Callable[..., None]:
    """The county's second edition, from 2027: five days' notice instead of three."""

    def write(since: str = "2027-01-01", of: str = "demo-county") -> None:
        text = copy.text(FIRST).replace("since = 2010-10-28", f"since = {since}")
        text = text.replace(
            'level = "county"', f'level = "county"\nedition_of = "{of}"'
        )
        stands = copy.passage(FIRST, '"vr.notice_days"')
        text = text.replace(stands, stands.replace("value = 3", "value = 5"))
        copy.write(NEXT, text)
        copy.edit(FIRST, "since = 2010-10-28", "since = 2010-10-28\nuntil = 2026-12-31")

    return write


@pytest.fixture
def in_use(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """The copy is what days are judged by."""

    def use() -> None:
        monkeypatch.setattr(choice, "BOOK", copy.load())
        forget()

    def forget() -> None:
        choice._on.cache_clear()
        choice.named.cache_clear()

    yield use
    monkeypatch.undo()
    forget()


def test_each_day_is_judged_by_its_own_edition(
    rewritten: Callable[..., None], in_use: Callable[[], None]
) -> None:
    rewritten()
    in_use()
    before = choice.in_force(date(2026, 12, 31), NAMED)
    after = choice.in_force(date(2027, 1, 1), NAMED)
    assert before.name.endswith("+demo-county")
    assert after.name.endswith("+demo-county-2027")
    assert (before.days("vr.notice_days"), after.days("vr.notice_days")) == (3, 5)
    assert choice.named(before.name).days("vr.notice_days") == 3


def test_editions_do_not_overlap(copy: Copy, rewritten: Callable[..., None]) -> None:
    rewritten(since="2026-12-31")
    assert "overlaps demo-county" in copy.refused(NEXT, "since")


def test_an_edition_is_of_something(copy: Copy, rewritten: Callable[..., None]) -> None:
    rewritten(of="atlantis")
    assert "no first edition atlantis" in copy.refused(NEXT, "edition_of")


def test_an_edition_is_by_who_wrote_the_first(
    copy: Copy, rewritten: Callable[..., None]
) -> None:
    rewritten()
    copy.edit(NEXT, 'level = "county"', 'level = "province"')
    assert "of a county" in copy.refused(NEXT, "level")
