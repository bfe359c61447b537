"""A villager objects, and is right: the body that decided decides again."""

from __future__ import annotations

import pytest

from tests.journeys.story import Story
from workflows.acts import Refused


@pytest.fixture
def shown(world) -> Story:
    """Adopted by the representatives, posted and audited."""
    story = Story(world)
    story.sit("joint", votes_for=5, against=0)
    story.sit("party", votes_for=9, against=0)
    story.sit("reps", votes_for=13, against=3)
    story.announce()
    story.post()
    story.audit()
    return story


def test_the_objection_is_upheld_and_the_matter_decided_anew(shown):
    lodged = shown.object("李秀英", "少算了三天。")
    shown.wait(3)
    shown.answer(lodged, "upheld", "属实，按实际天数重新表决。")
    shown.stands_at("reviewed", "adopt")

    shown.amend("误工补贴按实际出工天数发放。", source="异议")
    shown.sit("reps", votes_for=15, against=1)
    shown.stands_at("adopted", "announce")
    notice = shown.announce()
    assert notice.board_text == "误工补贴按实际出工天数发放。"
    assert notice.supersedes is not None
    with pytest.raises(Refused):
        shown.begin()
    shown.post()
    shown.audit()
    shown.wait(16)
    shown.begin()
    shown.stands_at("underway", "done")
    assert shown.matter.resolutions.count() == 2


def test_the_objection_is_dismissed_and_the_matter_goes_on(shown):
    lodged = shown.object("李秀英", "补贴太低。")
    shown.wait(16)
    with pytest.raises(Refused) as refused:
        shown.begin()
    assert refused.value.names == ["objections_answered"]
    shown.answer(lodged, "dismissed", "标准由会议决定，不变。")
    shown.begin()
    shown.stands_at("underway", "done")
