"""The village committee reports what it put right."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import AlreadyDone, BadInput, supervision
from workflows.stage import Stage

TEXT = {"text": "名单已补充，另行张贴。"}
MAY = ("director", "deputy_director")


@pytest.fixture
def ordered(world):
    return world.matter_at(Stage.RECTIFYING)


@pytest.mark.parametrize("who", MAY)
def test_it_waits_to_be_looked_at_and_moves_nothing(world, ordered, who):
    with records("matter.complied"):
        order = world.do(ordered, supervision.comply, getattr(world, who), **TEXT)
    assert (order.state, ordered.stage) == ("complied", Stage.RECTIFYING)
    entry = Entry.objects.of(ordered).last()
    assert entry.facts["late"] is False
    assert "名单" not in entry.body


def test_late_it_says_so(world, ordered):
    world.pass_days(8)
    world.do(ordered, supervision.comply, world.director, **TEXT)
    assert Entry.objects.of(ordered).last().facts["late"] is True


def test_nobody_else(world, ordered):
    may_only(world, supervision.comply, ordered, *MAY, **TEXT)


def test_not_without_an_order(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    is_out_of_turn(supervision.comply, matter, world.director, **TEXT)


def test_reported_once(world, ordered):
    world.do(ordered, supervision.comply, world.director, **TEXT)
    with nothing_changes(), pytest.raises(AlreadyDone):
        supervision.comply(ordered, actor=world.director, **TEXT)


def test_not_without_words(world, ordered):
    with nothing_changes(), pytest.raises(BadInput) as refused:
        supervision.comply(ordered, actor=world.director, text=" ")
    assert refused.value.field == "text"
