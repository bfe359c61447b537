"""Who proposed it takes it back, while nobody who decides has begun to vote."""

from __future__ import annotations

import pytest

from tests.journeys.story import Story
from tests.workflows.sitting_steps import opened
from workflows.acts import OutOfTurn, Refused


def test_it_is_withdrawn_before_it_comes_to_those_who_decide(world):
    story = Story(world)
    story.sit("joint", votes_for=5, against=0)
    story.sit("party", votes_for=6, against=3)
    story.withdraw("党员意见不一，先不办。")
    story.stands_at("withdrawn", None)
    with pytest.raises(OutOfTurn):
        story.sit("reps", votes_for=16, against=0)
    assert story.record()[-1] == "matter.withdrawn"


def test_once_they_vote_it_is_too_late(world):
    story = Story(world)
    story.sit("joint", votes_for=5, against=0)
    story.sit("party", votes_for=9, against=0)
    opened(world, story.matter, body="reps")
    with pytest.raises(Refused) as refused:
        story.withdraw("先不办。")
    assert refused.value.names == ["withdraw_in_time"]
    story.stands_at("reviewed", "adopt")
