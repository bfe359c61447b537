"""What was resolved is done; there are no works to accept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, implementation
from workflows.stage import Stage

MAY = ("director", "deputy_director")


A_DAY = timedelta(days=1)


@pytest.fixture
def underway(world):
    return world.matter_at(Stage.UNDERWAY)


@pytest.mark.parametrize("who", MAY)
def test_director_or_deputy_say_so(world, underway, who):
    with records("matter.completed"):
        done = world.do(
            underway, implementation.done, getattr(world, who), note="发完。"
        )
    assert (underway.stage, done.works) == (Stage.COMPLETED, False)
    facts = Entry.objects.of(underway).last().facts
    assert (facts["from_stage"], facts["stage"]) == ("underway", "completed")


def test_nobody_else(world, underway):
    may_only(world, implementation.done, underway, *MAY)


def test_works_are_accepted_and_not_done(world):
    matter = world.matter_at(Stage.UNDERWAY, type="M03")
    is_out_of_turn(implementation.done, matter, world.director)


@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.COMPLETED])
def test_only_while_it_is_carried_out(world, stage):
    is_out_of_turn(implementation.done, world.matter_at(stage), world.director)


def test_neither_tomorrow_nor_before_it_was_resolved(world, underway):
    resolved, today = underway.resolution.resolved_on, clock.today()
    for day, why in ((today, "不能晚于今天"), (resolved - 2 * A_DAY, "不能早于")):
        with nothing_changes(), pytest.raises(BadInput, match=why):
            implementation.done(underway, actor=world.director, on=day + A_DAY)
