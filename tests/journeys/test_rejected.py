"""A body says no: that, too, is a resolution, and it is shown or answered."""

from __future__ import annotations

import pytest

from tests.journeys.story import Story
from workflows.acts import OutOfTurn


def test_the_representatives_say_no_and_everyone_reads_it(world):
    story = Story(world, title="拟建矾石厂")
    story.sit("joint", votes_for=5, against=0)
    story.sit("party", votes_for=9, against=0)
    story.sit("reps", votes_for=7, against=9)
    story.stands_at("rejected", "archive")
    assert story.matter.stage_label == "村代会未通过"

    notice = story.announce()
    assert notice.kind == "resolution"
    story.post()
    story.audit()
    story.wait(16)
    story.archive()
    story.stands_at("archived", None)


def test_the_party_says_no_and_who_proposed_is_answered(world):
    story = Story(world)
    story.sit("joint", votes_for=5, against=0)
    story.sit("party", votes_for=4, against=5)
    story.stands_at("rejected", "archive")
    assert story.matter.stage_label == "支部审议未通过"

    assert story.announce("党员大会审议未通过：标准偏高。").kind == "reply"
    story.archive()
    story.stands_at("archived", None)


def test_what_was_rejected_is_not_voted_on_again(world):
    story = Story(world)
    story.sit("joint", votes_for=1, against=4)
    for body in ("joint", "party", "reps"):
        with pytest.raises(OutOfTurn):
            story.sit(body, votes_for=5, against=0)
    story.stands_at("rejected", "archive")


def test_a_new_matter_may_follow_it(world):
    old = Story(world)
    old.sit("joint", votes_for=1, against=4)
    new = Story(world, title="误工补贴（修改稿）", follows=old.matter)
    new.stands_at("drafted", "propose")
    assert new.matter.follows == old.matter
    old.stands_at("rejected", "archive")


def test_a_void_ballot_opens_the_road_again(world):
    story = Story(world)
    story.sit("joint", votes_for=5, against=0)
    story.sit("party", votes_for=9, against=0)
    ballot = story.sit("reps", votes_for=7, against=9)
    story.void(ballot, "有人投了两张票。")
    story.stands_at("reviewed", "adopt")
    story.sit("reps", votes_for=10, against=6)
    story.stands_at("adopted", "announce")
