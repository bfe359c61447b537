"""It is taken off the board; too early, it does not count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, disclosure
from workflows.models import Posting
from workflows.stage import Stage


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


@pytest.fixture
def hanging(world, announced):
    return world.show(announced)


@pytest.mark.parametrize(("days", "early"), [(1, True), (15, True), (16, False)])
def test_it_is_recorded_whether_that_was_early(world, announced, hanging, days, early):
    world.pass_days(days)
    with records("notice.taken_down"):
        posting = world.do(announced, disclosure.take_down, world.clerk, of=hanging)
    assert posting.taken_down_on == date(2026, 3, 2) + timedelta(days=days)
    assert Entry.objects.of(hanging).last().facts["early"] is early
    assert announced.stage == Stage.ANNOUNCED


def test_it_can_be_posted_again(world, announced, hanging):
    world.do(announced, disclosure.take_down, world.clerk, of=hanging)
    world.pass_days(1)
    again = world.do(announced, disclosure.post, world.clerk, of=hanging)
    assert again.last_day == date(2026, 3, 18)
    assert Posting.objects.filter(notice=hanging).count() == 2


def test_nobody_but_the_clerk(world, hanging):
    may_only(world, disclosure.take_down, hanging, "clerk")


def test_only_what_hangs(world, announced, hanging):
    world.do(announced, disclosure.take_down, world.clerk, of=hanging)
    is_out_of_turn(disclosure.take_down, hanging, world.clerk)


def test_neither_tomorrow_nor_before_it_was_posted(world, hanging):
    for days, why in ((1, "不能晚于今天"), (-1, "不能早于张贴日期")):
        day = date(2026, 3, 2) + timedelta(days=days)
        with nothing_changes(), pytest.raises(BadInput, match=why):
            disclosure.take_down(hanging, actor=world.clerk, on=day)
