"""The substance changed: back to the beginning."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, opened, records
from workflows.acts import BadInput, drafting
from workflows.stage import Stage

TEXT = {"text": "改为统一雇工，误工补贴取消。"}


@pytest.mark.parametrize("stage", [Stage.INITIATED, Stage.PROPOSED, Stage.REVIEWED])
def test_it_starts_anew_with_the_new_text(world, stage):
    matter = world.matter_at(stage, chain="four_deliberations")
    with records("matter.revised"):
        world.do(matter, drafting.revise, world.clerk, **TEXT)
    assert (matter.stage, matter.text_version) == (Stage.DRAFTED, 2)
    facts = Entry.objects.of(matter).last().facts
    assert (facts["from_stage"], facts["stage"]) == (stage, "drafted")


def test_every_step_is_taken_again(world):
    matter = world.matter_at(Stage.REVIEWED)
    world.do(matter, drafting.revise, world.clerk, **TEXT)
    assert matter.owed == "propose"
    for expected in (Stage.PROPOSED, Stage.REVIEWED, Stage.ADOPTED):
        world.carry_on(matter)
        assert matter.stage == expected
    assert matter.resolution.text.version == 2


def test_nobody_but_the_clerk(world):
    matter = world.matter_at(Stage.PROPOSED)
    may_only(world, drafting.revise, matter, "clerk", **TEXT)


@pytest.mark.parametrize("stage", [Stage.DRAFTED, Stage.ADOPTED, Stage.REJECTED])
def test_neither_before_the_first_step_nor_after_the_decision(world, stage):
    is_out_of_turn(drafting.revise, world.matter_at(stage), world.clerk, **TEXT)


def test_not_while_it_is_being_voted_on(world):
    matter = world.matter_at(Stage.REVIEWED)
    opened(world, matter, body="reps")
    with nothing_changes(), pytest.raises(BadInput, match="正在表决"):
        drafting.revise(matter, actor=world.clerk, **TEXT)


def test_a_text_that_did_not_change_is_no_revision(world):
    matter = world.matter_at(Stage.PROPOSED)
    with nothing_changes(), pytest.raises(BadInput, match="没有改动"):
        drafting.revise(matter, actor=world.clerk, text=matter.text.text)
