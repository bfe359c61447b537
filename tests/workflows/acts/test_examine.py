"""Who ordered it looks: the matter goes on, or is ordered again."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import an_order, is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, Forbidden, supervision
from workflows.stage import DECIDED, Stage

PASS, AGAIN = {"outcome": "pass"}, {"outcome": "again"}


def complied_from(world, stage: Stage, who: str = "township"):
    matter = world.matter_at(stage)
    world.do(matter, supervision.order, getattr(world, who), **an_order())
    world.do(matter, supervision.comply, world.director, text="已补充。")
    return matter


@pytest.mark.parametrize("stage", DECIDED)
def test_it_goes_on_where_it_was(world, stage):
    matter = complied_from(world, stage)
    with records("matter.examined"):
        order = world.do(matter, supervision.examine, world.township, **PASS)
    assert (matter.stage, order.state) == (stage, "closed")
    facts = Entry.objects.of(matter).last().facts
    assert (facts["from_stage"], facts["stage"]) == ("rectifying", stage)
    world.carry_on(matter)


def test_or_it_is_ordered_again_and_stays(world):
    matter = complied_from(world, Stage.ANNOUNCED)
    with records("matter.examined"):
        order = world.do(matter, supervision.examine, world.township, **AGAIN)
    assert (matter.stage, order.state) == (Stage.RECTIFYING, "ordered")
    with nothing_changes(), pytest.raises(BadInput, match="还没有报告"):
        supervision.examine(matter, actor=world.township, **PASS)


@pytest.mark.parametrize(
    ("who", "other"), [("township", "county"), ("county", "township")]
)
def test_only_who_ordered_it(world, who, other):
    matter = complied_from(world, Stage.ADOPTED, who)
    with nothing_changes(), pytest.raises(Forbidden):
        supervision.examine(matter, actor=getattr(world, other), **PASS)
    world.do(matter, supervision.examine, getattr(world, who), **PASS)
    assert matter.stage == Stage.ADOPTED


def test_nobody_in_the_village(world):
    matter = complied_from(world, Stage.ADOPTED)
    may_only(world, supervision.examine, matter, "township", **PASS)


def test_not_before_it_was_reported(world):
    matter = world.matter_at(Stage.RECTIFYING)
    with nothing_changes(), pytest.raises(BadInput, match="还没有报告"):
        supervision.examine(matter, actor=world.township, **PASS)


def test_not_without_an_order(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    is_out_of_turn(supervision.examine, matter, world.township, **PASS)


def test_neither_passed_nor_again_is_no_outcome(world):
    matter = complied_from(world, Stage.ADOPTED)
    with nothing_changes(), pytest.raises(BadInput) as refused:
        supervision.examine(matter, actor=world.township, outcome="fine")
    assert refused.value.field == "outcome"


def test_what_was_put_right_can_be_ordered_put_right_again(world):
    matter = complied_from(world, Stage.UNDERWAY)
    world.do(matter, supervision.examine, world.township, **PASS)
    world.do(matter, supervision.order, world.county, **an_order())
    assert matter.rectifications.count() == 2
