"""Enough people came: the body's own number, not one less."""

from __future__ import annotations

import pytest

from tests.workflows.rules.rows import (
    ADULTS_1203,
    GROUP_61,
    HOUSEHOLDS,
    MEMBERS_900,
    PARTY_24,
    REPS_30,
    REPS_35,
    Row,
)
from tests.workflows.sitting_steps import held, keeper, opened, records
from workflows.acts import OutOfTurn, Refused
from workflows.acts import sitting as keeping

ROWS = [
    Row("joint", 3),
    Row("party", 12, PARTY_24),
    Row("reps", 24, REPS_35),
    Row("reps", 20, REPS_30),
    Row("villagers", 602, ADULTS_1203),
    Row("villagers", 274, ADULTS_1203, HOUSEHOLDS),
    Row("group", 41, GROUP_61),
    Row("members", 600, MEMBERS_900),
]
each_body = pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.body}-{r.need}")


@each_body
def test_with_just_enough_a_vote_can_be_taken(village, under, row):
    world = village(**row.sizes)
    matter = row.bring(world)
    ballot = opened(world, matter, **row.called(matter, row.need))
    assert ballot.sitting.quorum_need == row.need
    assert ballot.state == "open"
    with pytest.raises(OutOfTurn):
        keeping.lapse(ballot.sitting, actor=keeper(world, row.body))


@each_body
def test_with_one_less_no_vote_is_taken_and_the_sitting_lapses(village, under, row):
    world = village(**row.sizes)
    matter = row.bring(world)
    given = row.called(matter, row.need - 1)
    if row.body == "joint" and under == "national":
        # No law says how many of the two committees must come.
        assert opened(world, matter, **given).state == "open"
        return
    with pytest.raises(Refused) as refused:
        opened(world, matter, **given)
    assert refused.value.names == ["quorum_present"]
    assert f"{row.need}" in refused.value.unmet[0].sentence
    sitting = matter.ballots.get(sitting__body=row.body, state="scheduled").sitting
    with records("sitting.lapsed"):
        keeping.lapse(sitting, actor=keeper(world, row.body))


def test_no_law_says_how_many_member_representatives_must_come(village, under):
    """Below two thirds nothing can pass, which the chair is told."""
    world = village(**MEMBERS_900)
    matter = Row("member_reps", 0).bring(world)
    sitting = held(world, matter, body="member_reps", present=29)
    assert (sitting.eligible, sitting.quorum_need) == (45, 0)
    keeping.lapse(sitting, actor=world.clerk)


def test_who_is_in_the_room_without_a_vote_does_not_make_a_quorum(world):
    sitting = held(world, world.draft(), present=3)
    sitting.strangers = 1
    assert sitting.present == sitting.quorum_need == 3
    assert not sitting.quorate
