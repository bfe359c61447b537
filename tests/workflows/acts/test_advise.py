"""Township or county point out a question of law; it blocks nothing."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, supervision
from workflows.stage import Stage

TEXT = {"text": "补贴标准高于务工收入，请说明依据。"}


@pytest.mark.parametrize("who", ["township", "county"])
def test_what_they_say_is_kept_and_moves_nothing(world, who):
    matter = world.draft()
    with records("matter.advised"):
        advice = world.do(matter, supervision.advise, getattr(world, who), **TEXT)
    assert (advice.text, matter.stage) == (TEXT["text"], Stage.DRAFTED)
    entry = Entry.objects.of(matter).last()
    assert "务工收入" not in entry.body
    assert not entry.declared.public


def test_the_matter_goes_on_all_the_same(world):
    matter = world.draft()
    world.do(matter, supervision.advise, world.township, **TEXT)
    world.carry_on(matter)
    assert matter.stage == Stage.PROPOSED


def test_nobody_in_the_village(world):
    may_only(world, supervision.advise, world.draft(), "township", "county", **TEXT)


@pytest.mark.parametrize("stage", [Stage.REJECTED, Stage.ARCHIVED, Stage.RECTIFYING])
def test_not_where_there_is_nothing_to_advise_on(world, stage):
    matter = world.matter_at(stage)
    is_out_of_turn(supervision.advise, matter, world.township, **TEXT)


def test_not_without_words(world):
    matter = world.draft()
    with nothing_changes(), pytest.raises(BadInput) as refused:
        supervision.advise(matter, actor=world.township, text="")
    assert refused.value.field == "text"
