"""Who proposed it takes it back, before it is put to those who decide."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import counted, nothing_changes, opened, records
from workflows.acts import BadInput, Refused, drafting
from workflows.stage import Stage

WHY = {"text": "条件不成熟。"}
MAY = ("clerk", "secretary", "director")


@pytest.mark.parametrize("who", MAY)
@pytest.mark.parametrize("stage", [Stage.DRAFTED, Stage.REVIEWED])
def test_it_ends_there_with_the_reason_sealed(world, who, stage):
    matter = world.matter_at(stage)
    with records("matter.withdrawn"):
        world.do(matter, drafting.withdraw, getattr(world, who), **WHY)
    assert matter.stage == Stage.WITHDRAWN
    entry = Entry.objects.of(matter).last()
    assert entry.facts["from_stage"] == stage
    assert WHY["text"] not in entry.body
    assert entry.opened()["reason"] == WHY["text"]


def test_nobody_else(world):
    may_only(world, drafting.withdraw, world.draft(), *MAY, **WHY)


def test_not_without_a_reason(world):
    matter = world.draft()
    with nothing_changes(), pytest.raises(BadInput) as refused:
        drafting.withdraw(matter, actor=world.clerk, text=" ")
    assert refused.value.field == "text"


@pytest.mark.parametrize("stage", [Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN])
def test_not_after_the_decision(world, stage):
    is_out_of_turn(drafting.withdraw, world.matter_at(stage), world.clerk, **WHY)


@pytest.mark.parametrize("reach", [opened, counted])
def test_not_once_the_deciding_ballot_is_open(world, reach):
    matter = world.matter_at(Stage.REVIEWED)
    reach(world, matter, body="reps")
    with nothing_changes(), pytest.raises(Refused) as refused:
        drafting.withdraw(matter, actor=world.clerk, **WHY)
    assert refused.value.names == ["withdraw_in_time"]


def test_while_only_the_committees_are_voting_it_can_be(world):
    matter = world.draft()
    ballot = opened(world, matter, body="joint")
    world.do(matter, drafting.withdraw, world.clerk, **WHY)
    ballot.refresh_from_db()
    assert (matter.stage, ballot.state) == (Stage.WITHDRAWN, "voided")
