"""An item of the matter's set is published, or said not to apply."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import AlreadyDone, BadInput, disclosure
from workflows.stage import Stage

ITEM = {"item": "tender", "text": "公开招标，三家投标，最低价中标。"}


@pytest.fixture
def works(world):
    return world.matter_at(Stage.ANNOUNCED, type="M18")


def test_an_item_is_published_beside_the_resolution(world, works):
    with records("notice.published"):
        notice = world.do(works, disclosure.disclose, world.clerk, **ITEM)
    assert (notice.kind, notice.item) == ("item", "tender")
    assert notice.title == "村口道路误工补贴：招标公开"
    assert works.stage == Stage.ANNOUNCED
    facts = Entry.objects.of(notice).get().facts
    assert (facts["item"], facts["inapplicable"]) == ("tender", False)


def test_what_does_not_apply_says_why(world, works):
    given = {"item": "tender", "inapplicable": "不到招标标准，询价发包。"}
    notice = world.do(works, disclosure.disclose, world.clerk, **given)
    assert notice.board_text == "本项不适用：不到招标标准，询价发包。"
    assert Entry.objects.of(notice).get().facts["inapplicable"] is True
    assert "tender" not in {item.code for item in works.missing_items}


def test_each_item_supersedes_only_its_own(world, works):
    first = world.do(works, disclosure.disclose, world.clerk, **ITEM)
    other = {"item": "budget", "text": "预算三十八万元。"}
    world.do(works, disclosure.disclose, world.clerk, **other)
    again = {"item": "tender", "text": "更正：两家投标。"}
    assert (
        world.do(works, disclosure.disclose, world.clerk, **again).supersedes == first
    )
    assert len(works.standing_notices) == 3


def test_nobody_but_the_clerk(world, works):
    may_only(world, disclosure.disclose, works, "clerk", **ITEM)


@pytest.mark.parametrize("stage", [Stage.REVIEWED, Stage.REJECTED, Stage.ARCHIVED])
def test_only_of_what_was_decided_and_is_not_closed(world, stage):
    matter = world.matter_at(stage, type="M18")
    is_out_of_turn(disclosure.disclose, matter, world.clerk, **ITEM)


def test_an_item_the_catalogue_does_not_have_is_bad_input(world, works):
    with nothing_changes(), pytest.raises(BadInput) as refused:
        disclosure.disclose(works, actor=world.clerk, item="weather", text="晴。")
    assert refused.value.field == "item"


def test_the_same_words_twice_are_one_publication(world, works):
    world.do(works, disclosure.disclose, world.clerk, **ITEM)
    with nothing_changes(), pytest.raises(AlreadyDone):
        disclosure.disclose(works, actor=world.clerk, **ITEM)
