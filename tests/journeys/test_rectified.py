"""The township orders correction: the matter stands still until it is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from tests.journeys.story import Story
from workflows.acts import OutOfTurn, Refused

WHAT = {"text": "公示没有附名单，请补充后重新张贴。", "basis": "order.disclosure"}


def test_what_was_ordered_is_put_right_and_the_matter_goes_on(world):
    story = Story(world)
    story.sit("joint", votes_for=5, against=0)
    story.sit("party", votes_for=9, against=0)
    story.sit("reps", votes_for=13, against=3)
    story.announce()
    story.post()
    story.audit()

    story.order(**WHAT, due_on=clock.today() + timedelta(days=7))
    story.stands_at("rectifying", "examine")
    story.wait(16)
    with pytest.raises(OutOfTurn):
        story.begin()
    story.comply("名单已附。")
    story.examine("again")
    story.stands_at("rectifying", "examine")
    story.announce("误工补贴名单：卫秀兰三天，褚大勇五天。")
    story.stands_at("rectifying", "examine")
    story.post()
    story.audit()
    story.comply("已按名单更正公示，重新张贴。")
    story.examine("pass")
    story.stands_at("announced", "begin")

    with pytest.raises(Refused):
        story.begin()
    story.wait(16)
    story.begin()
    story.stands_at("underway", "done")
    moves = [kind for kind in story.record() if kind.startswith("matter.")]
    assert moves[-6:] == [
        "matter.complied",
        "matter.examined",
        "matter.announced",
        "matter.complied",
        "matter.examined",
        "matter.begun",
    ]
