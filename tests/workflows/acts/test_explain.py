"""The village says why something is irregular; it stays pointed out."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, supervision
from workflows.stage import Stage

GIVEN = {"finding": "same_day_steps:abc", "text": "上午两委会，下午党员大会。"}
MAY = ("clerk", "secretary", "director")


@pytest.mark.parametrize("who", MAY)
def test_it_is_kept_sealed_and_moves_nothing(world, who):
    matter = world.draft()
    with records("matter.explained"):
        said = world.do(matter, supervision.explain, getattr(world, who), **GIVEN)
    assert (said.finding, said.given_by) == (GIVEN["finding"], getattr(world, who))
    entry = Entry.objects.of(matter).last()
    assert "same_day" not in entry.body
    assert entry.opened()["text"] == GIVEN["text"]
    assert not entry.declared.public


def test_nobody_else(world):
    may_only(world, supervision.explain, world.draft(), *MAY, **GIVEN)


def test_not_of_a_closed_matter(world):
    matter = world.matter_at(Stage.ARCHIVED)
    is_out_of_turn(supervision.explain, matter, world.clerk, **GIVEN)


def test_not_without_words(world):
    matter = world.draft()
    with nothing_changes(), pytest.raises(BadInput) as refused:
        supervision.explain(matter, actor=world.clerk, **(GIVEN | {"text": ""}))
    assert refused.value.field == "text"
