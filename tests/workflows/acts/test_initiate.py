"""The branch puts a matter forward."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, decision
from workflows.stage import Stage


@pytest.fixture
def drafted(world):
    return world.draft(chain="four_deliberations")


def test_the_secretary_puts_it_forward(world, drafted):
    with records("matter.initiated"):
        world.do(drafted, decision.initiate, world.secretary)
    assert drafted.stage == Stage.INITIATED
    facts = Entry.objects.of(drafted).last().facts
    assert (facts["from_stage"], facts["stage"]) == ("drafted", "initiated")
    assert facts["text_hash"] == drafted.text.hash


def test_nobody_else_does(world, drafted):
    may_only(world, decision.initiate, drafted, "secretary")


def test_not_in_a_chain_that_has_no_such_step(world):
    is_out_of_turn(decision.initiate, world.draft(), world.secretary)


def test_not_twice(world, drafted):
    world.do(drafted, decision.initiate, world.secretary)
    is_out_of_turn(decision.initiate, drafted, world.secretary)


def test_not_on_a_day_to_come(world, drafted):
    tomorrow = clock.today() + timedelta(days=1)
    with nothing_changes(), pytest.raises(BadInput, match="不能晚于今天"):
        decision.initiate(drafted, actor=world.secretary, on=tomorrow)


def test_the_day_it_happened_and_the_day_it_was_written_are_both_kept(world, drafted):
    before = clock.today()
    world.pass_days(2)
    world.do(drafted, decision.initiate, world.secretary, on=before)
    entry = Entry.objects.of(drafted).last()
    assert (entry.held_on, clock.local(entry.recorded_at).date()) == (
        before,
        clock.today(),
    )
    assert drafted.stage_since == before
