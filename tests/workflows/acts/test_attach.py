"""A paper is added, or its absence explained."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, implementation
from workflows.stage import Stage

PAPER = {"name": "人员名单和标准", "code": "list", "hash": "cd" * 32}
MAY = ("clerk", "secretary", "director")


@pytest.mark.parametrize("who", MAY)
def test_its_hash_is_in_the_entry_and_its_name_sealed(world, who):
    matter = world.draft()
    with records("matter.attached"):
        world.do(matter, implementation.attach, getattr(world, who), **PAPER)
    entry = Entry.objects.of(matter).last()
    assert entry.facts["file_hash"] == PAPER["hash"]
    assert (entry.facts["document"], entry.opened()["name"]) == ("list", PAPER["name"])
    assert "名单" not in entry.body
    assert matter.stage == Stage.DRAFTED


def test_a_paper_that_is_there_is_missing_no_more(world):
    matter = world.draft()
    assert [paper.code for paper in matter.missing_documents] == ["list"]
    world.do(matter, implementation.attach, world.clerk, **PAPER)
    assert matter.missing_documents == []


def test_nor_is_one_whose_absence_is_explained(world):
    matter = world.draft()
    given = {"name": "人员名单", "code": "list", "absent_because": "按户发放，无名单。"}
    world.do(matter, implementation.attach, world.clerk, **given)
    assert matter.missing_documents == []


def test_nobody_else(world):
    may_only(world, implementation.attach, world.draft(), *MAY, **PAPER)


def test_not_of_a_closed_matter(world):
    matter = world.matter_at(Stage.WITHDRAWN)
    is_out_of_turn(implementation.attach, matter, world.clerk, **PAPER)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"hash": ""}, "file"), ({"name": " "}, "name")],
)
def test_it_is_there_or_says_why_not_and_has_a_name(world, wrong, field):
    matter = world.draft()
    with nothing_changes(), pytest.raises(BadInput) as refused:
        implementation.attach(matter, actor=world.clerk, **(PAPER | wrong))
    assert refused.value.field == field
