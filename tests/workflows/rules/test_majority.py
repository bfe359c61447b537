"""Enough of those who count were in favour; who abstains stays in the denominator."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.workflows.rules.rows import (
    ADULTS_1203,
    GROUP_61,
    HOUSEHOLDS,
    MEMBERS_900,
    PARTY_24,
    REPS_35,
    Row,
)
from tests.workflows.sitting_steps import declared
from workflows import verdicts


class Vote(NamedTuple):
    said: str
    row: Row  # of whom so many came, and are counted as its `need`
    votes_for: int
    against: int
    need: int
    passed: bool


def votes(body, sizes, came, *cases, how=None):
    row = Row(body, came, sizes, how or {})
    return [Vote(said, row, *numbers) for said, *numbers in cases]


ROWS = [
    *votes(
        "reps",
        REPS_35,
        34,
        ("正好到会的一半", 17, 17, 18, False),
        ("弃权留在分母里", 17, 10, 18, False),
        ("过半数", 18, 16, 18, True),
    ),
    *votes("reps", REPS_35, 33, ("王家山：赞成 14、反对 19", 14, 19, 17, False)),
    *votes("reps", REPS_35, 24, ("不看组成人员的半数", 13, 11, 13, True)),
    *votes(
        "villagers",
        ADULTS_1203,
        602,
        ("按人，正好一半", 301, 301, 302, False),
        ("按人，过半数", 302, 300, 302, True),
    ),
    *votes(
        "villagers",
        ADULTS_1203,
        274,
        ("按户，正好一半", 137, 137, 138, False),
        ("按户，过半数", 138, 136, 138, True),
        how=HOUSEHOLDS,
    ),
    *votes(
        "group",
        GROUP_61,
        41,
        ("小组会，差一票", 20, 21, 21, False),
        ("小组会，过半数", 21, 20, 21, True),
    ),
    *votes("party", PARTY_24, 12, ("应到的一半到会，全部赞成", 12, 0, 13, False)),
    *votes("party", PARTY_24, 20, ("到会的六成，应到的一半", 12, 8, 13, False)),
    *votes("party", PARTY_24, 13, ("应到的过半数", 13, 0, 13, True)),
    *votes(
        "members",
        MEMBERS_900,
        600,
        ("到会三分之二，差一票不是全体的三分之二", 599, 1, 600, False),
        ("到会三分之二，一致同意", 600, 0, 600, True),
    ),
    *votes(
        "member_reps",
        MEMBERS_900,
        45,
        ("全体代表的三分之二差一票", 29, 16, 30, False),
        ("全体代表的三分之二", 30, 15, 30, True),
    ),
    *votes("member_reps", MEMBERS_900, 30, ("到会的都赞成", 30, 0, 30, True)),
    *votes("joint", {}, 5, ("两委成员的过半数", 3, 2, 3, True)),
    *votes("joint", {}, 3, ("到会的都赞成才过半", 2, 1, 3, False)),
]
AFTER = {"joint": "proposed", "party": "reviewed"}


@pytest.mark.parametrize("vote", ROWS, ids=lambda vote: f"{vote.row.body} {vote.said}")
def test_the_counts_decide(village, under, vote):
    world = village(**vote.row.sizes)
    matter = vote.row.bring(world)
    called = vote.row.called(matter, vote.row.need)
    ballot = declared(
        world, matter, votes_for=vote.votes_for, against=vote.against, **called
    )
    assert (ballot.tally.need, ballot.tally.passed) == (vote.need, vote.passed)
    after = AFTER.get(vote.row.body, "adopted") if vote.passed else "rejected"
    assert matter.stage == after
    assert f"赞成 {vote.votes_for} " in verdicts.verdict(ballot)
