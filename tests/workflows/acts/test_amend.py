"""Advice is taken in; the steps before stand."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, opened, records
from workflows.acts import BadInput, drafting
from workflows.stage import Stage

GIVEN = {"text": "误工补贴每人每天一百元。", "source": "党员大会"}


@pytest.mark.parametrize("stage", [Stage.DRAFTED, Stage.PROPOSED, Stage.REVIEWED])
def test_the_text_changes_and_the_stage_does_not(world, stage):
    matter = world.matter_at(stage)
    with records("matter.amended"):
        world.do(matter, drafting.amend, world.clerk, **GIVEN)
    assert (matter.stage, matter.text_version) == (stage, 2)
    assert (matter.text.change, matter.text.source) == ("amend", "党员大会")
    entry = Entry.objects.of(matter).last()
    assert entry.facts["text_hash"] == matter.text.hash
    assert entry.label == "采纳意见，改为第 2 稿"


def test_nobody_but_the_clerk(world):
    may_only(world, drafting.amend, world.draft(), "clerk", **GIVEN)


def test_not_after_the_decision(world):
    matter = world.matter_at(Stage.ADOPTED)
    is_out_of_turn(drafting.amend, matter, world.clerk, **GIVEN)


@pytest.mark.parametrize("missing", ["text", "source"])
def test_it_says_what_changed_and_whose_advice_it_was(world, missing):
    matter = world.draft()
    with nothing_changes(), pytest.raises(BadInput) as refused:
        drafting.amend(matter, actor=world.clerk, **(GIVEN | {missing: " "}))
    assert refused.value.field == missing


def test_not_while_it_is_being_voted_on(world):
    matter = world.draft()
    opened(world, matter)
    with nothing_changes(), pytest.raises(BadInput, match="正在表决"):
        drafting.amend(matter, actor=world.clerk, **GIVEN)
