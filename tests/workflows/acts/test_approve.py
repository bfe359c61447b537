"""What the competent authority decided after the village had is registered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, supervision
from workflows.stage import Stage

GIVEN = {"outcome": "approved", "paper": "昔政函〔2026〕1号"}


@pytest.fixture
def adopted(world):
    return world.matter_at(Stage.ADOPTED, type="M01a")


@pytest.mark.parametrize("outcome", ["approved", "refused"])
def test_it_stands_beside_the_stage(world, adopted, outcome):
    given = GIVEN | {"outcome": outcome}
    with records("matter.approved"):
        approval = world.do(adopted, supervision.approve, world.clerk, **given)
    assert (adopted.stage, approval.kind) == (Stage.ADOPTED, "approve")
    assert approval.authority == adopted.kind.approval.authority
    entry = Entry.objects.of(adopted).last()
    assert entry.facts["outcome"] == outcome
    assert entry.opened()["number"] == GIVEN["paper"]


def test_nobody_but_the_clerk(world, adopted):
    may_only(world, supervision.approve, adopted, "clerk", **GIVEN)


@pytest.mark.parametrize("stage", [Stage.REVIEWED, Stage.REJECTED, Stage.RECTIFYING])
def test_only_after_the_village_has_decided(world, stage):
    matter = world.matter_at(stage, type="M01a")
    is_out_of_turn(supervision.approve, matter, world.clerk, **GIVEN)


def test_not_of_what_needs_no_approval(world):
    matter = world.matter_at(Stage.ADOPTED, type="M05")
    with nothing_changes(), pytest.raises(BadInput, match="不用报批"):
        supervision.approve(matter, actor=world.clerk, **GIVEN)


def test_neither_yes_nor_no_is_no_outcome(world, adopted):
    with nothing_changes(), pytest.raises(BadInput) as refused:
        supervision.approve(adopted, actor=world.clerk, outcome="pending")
    assert refused.value.field == "outcome"


def test_not_on_a_day_to_come(world, adopted):
    tomorrow = clock.today() + timedelta(days=1)
    with nothing_changes(), pytest.raises(BadInput, match="不能晚于今天"):
        supervision.approve(adopted, actor=world.clerk, on=tomorrow, **GIVEN)
