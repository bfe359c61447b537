"""A slip of the pen is put right by two people; nothing moves."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, drafting
from workflows.stage import Stage

GIVEN = {"text": "误工补贴每人每天壹佰贰拾元。", "checked_by": "孙建国"}


@pytest.mark.parametrize("stage", [Stage.DRAFTED, Stage.ADOPTED, Stage.REJECTED])
def test_a_new_version_stands_beside_the_old(world, stage):
    matter = world.matter_at(stage)
    with records("matter.corrected"):
        world.do(matter, drafting.erratum, world.clerk, **GIVEN)
    assert (matter.stage, matter.text_version) == (stage, 2)
    assert [text.change for text in matter.texts.order_by("version")] == [
        "draft",
        "erratum",
    ]
    assert matter.text.text == GIVEN["text"]


def test_who_compared_is_sealed_in_the_entry(world):
    matter = world.draft()
    world.do(matter, drafting.erratum, world.clerk, **GIVEN)
    entry = Entry.objects.of(matter).last()
    assert "孙建国" not in entry.body
    assert entry.opened()["witness"] == "孙建国"


def test_nobody_but_the_clerk(world):
    may_only(world, drafting.erratum, world.draft(), "clerk", **GIVEN)


def test_not_after_the_matter_is_closed(world):
    matter = world.matter_at(Stage.ARCHIVED)
    is_out_of_turn(drafting.erratum, matter, world.clerk, **GIVEN)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": " "}, "text"),
        ({"checked_by": ""}, "checked_by"),
        ({"checked_by": "郑小敏"}, "checked_by"),  # the clerk herself
    ],
)
def test_it_takes_a_change_and_a_second_person(world, wrong, field):
    matter = world.draft()
    with nothing_changes(), pytest.raises(BadInput) as refused:
        drafting.erratum(matter, actor=world.clerk, **(GIVEN | wrong))
    assert refused.value.field == field


def test_a_text_that_did_not_change_is_no_erratum(world):
    matter = world.draft()
    same = GIVEN | {"text": matter.text.text}
    with nothing_changes(), pytest.raises(BadInput, match="没有改动"):
        drafting.erratum(matter, actor=world.clerk, **same)
