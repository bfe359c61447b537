"""Torn and put back: the days go on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, disclosure
from workflows.stage import Stage


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


@pytest.fixture
def hanging(world, announced):
    return world.show(announced)


def test_the_last_day_stays_what_it_was(world, announced, hanging):
    world.pass_days(5)
    with records("notice.repaired"):
        posting = world.do(announced, disclosure.repair, world.clerk, of=hanging)
    assert posting.repaired_on == date(2026, 3, 7)
    assert posting.last_day == date(2026, 3, 17)
    assert Entry.objects.of(hanging).last().label == "公示被毁损，2026年3月7日补贴"


def test_nobody_but_the_clerk(world, hanging):
    may_only(world, disclosure.repair, hanging, "clerk")


def test_only_what_hangs_can_be_torn(world, announced):
    notice = announced.standing_notices[0]
    is_out_of_turn(disclosure.repair, notice, world.clerk)


def test_not_what_was_taken_down(world, announced, hanging):
    world.do(announced, disclosure.take_down, world.clerk, of=hanging)
    is_out_of_turn(disclosure.repair, hanging, world.clerk)


def test_neither_tomorrow_nor_before_it_was_posted(world, hanging):
    for days, why in ((1, "不能晚于今天"), (-1, "不能早于张贴日期")):
        day = date(2026, 3, 2) + timedelta(days=days)
        with nothing_changes(), pytest.raises(BadInput, match=why):
            disclosure.repair(hanging, actor=world.clerk, on=day)
