"""Enough people came: the body's own number, not one less."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.workflows.sitting_steps import held, keeper, opened, records
from tests.world import World
from workflows.acts import OutOfTurn, Refused
from workflows.acts import sitting as keeping
from workflows.models import Matter
from workflows.stage import Stage

REPS_35 = {"reps": {"total": 35, "committee": 3, "women": 12}}
REPS_30 = {"reps": {"total": 30, "committee": 3, "women": 10}}
PARTY_24 = {"party": {"full": 24}}
ADULTS_1203 = {"villagers": {"adults": 1203, "households": 410}}
GROUP_61 = {"group": {"adults": 61, "households": 21}}
MEMBERS_900 = {
    "villagers": {"adults": 900, "households": 300},
    "collective": {"members": 900, "reps": 45},
}
HOUSEHOLDS = {"mode": "households"}
BEFORE = {"joint": Stage.DRAFTED, "party": Stage.PROPOSED, "group": Stage.DRAFTED}


class Row(NamedTuple):
    body: str
    need: int
    sizes: dict[str, Any] = {}
    how: dict[str, str] = {}

    def bring(self, world: World) -> Matter:
        """A matter that waits for this body."""
        chain = "group" if self.body == "group" else "four_step"
        kind = "M13" if self.body == "members" else "M05"
        stage = BEFORE.get(self.body, Stage.REVIEWED)
        return world.matter_at(stage, chain=chain, type=kind)

    def called(self, matter: Matter, present: int) -> dict[str, Any]:
        """How the sitting is called, to which so many came."""
        named = {"group_name": matter.group_name} if self.body == "group" else {}
        return {"body": self.body, "present": present, **self.how, **named}


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
    matter = world.matter_at(Stage.REVIEWED, type="M11")
    sitting = held(world, matter, body="member_reps", present=29)
    assert (sitting.eligible, sitting.quorum_need) == (45, 0)
    keeping.lapse(sitting, actor=world.clerk)


def test_who_is_in_the_room_without_a_vote_does_not_make_a_quorum(world):
    sitting = held(world, world.draft(), present=3)
    sitting.strangers = 1
    assert sitting.present == sitting.quorum_need == 3
    assert not sitting.quorate
