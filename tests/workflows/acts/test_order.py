"""Township or county order correction, with its legal basis and a deadline."""

from __future__ import annotations

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.acts.asking import an_order, is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, supervision
from workflows.stage import DECIDED, Stage


@pytest.mark.parametrize("stage", DECIDED)
def test_the_matter_stands_still_wherever_it_was(world, stage):
    matter = world.matter_at(stage)
    with records("matter.ordered"):
        order = world.do(matter, supervision.order, world.township, **an_order())
    assert (matter.stage, order.stage_left) == (Stage.RECTIFYING, stage)
    assert (order.state, order.ordered_by_role) == ("ordered", "township")
    facts = Entry.objects.of(matter).last().facts
    assert (facts["from_stage"], facts["stage"]) == (stage, "rectifying")
    assert facts["basis"] == "order.disclosure"


def test_the_county_may_too(world):
    matter = world.matter_at(Stage.ADOPTED)
    order = world.do(matter, supervision.order, world.county, **an_order())
    assert order.ordered_by_role == "county"


def test_nobody_in_the_village(world):
    matter = world.matter_at(Stage.ADOPTED)
    may_only(world, supervision.order, matter, "township", "county", **an_order())


@pytest.mark.parametrize("stage", [Stage.REVIEWED, Stage.REJECTED, Stage.RECTIFYING])
def test_only_of_what_was_decided_and_once_at_a_time(world, stage):
    matter = world.matter_at(stage)
    is_out_of_turn(supervision.order, matter, world.county, **an_order())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"basis": "because"}, "basis"),
        ({"basis": ""}, "basis"),
        ({"text": " "}, "text"),
        ({"due_on": "today"}, "due_on"),
    ],
)
def test_it_names_its_basis_what_to_put_right_and_until_when(world, wrong, field):
    matter = world.matter_at(Stage.ADOPTED)
    if field == "due_on":
        wrong = {"due_on": clock.today()}
    with nothing_changes(), pytest.raises(BadInput) as refused:
        supervision.order(matter, actor=world.township, **an_order(**wrong))
    assert refused.value.field == field


def test_every_basis_is_an_article_in_force(world):
    rules = world.draft().rules_on()
    for basis in supervision.Rectification.Basis.values:
        assert "村民委员会组织法" in rules.because(basis)
