"""Every body under every rule set: enough people, enough votes, and one less.

The shares stand here once more, as the statutes write them, apart from the rulebook and
from its arithmetic: a share is compared as a fraction of exact numbers.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.rules.rows import DEMO, put_to
from workflows.models import Ballot
from workflows.rules.majority import votes_needed

SIZES = [*range(1, 41), 61, 119, 120, 273, 274, 900, 1202, 1203]
# The last day of a text and the first of the next, with and without the county's rules.
DAYS = [
    (day, overlays)
    for day in ("2024-06-03", "2025-04-30", "2025-05-01", "2025-12-31", "2026-01-01")
    for overlays in ((), DEMO)
]


class Share(NamedTuple):
    """过半数 is more than half of them; 半数以上 and 三分之二以上 include the share."""

    part: Fraction
    inclusive: bool

    def least(self, whole: int) -> int:
        """The first number that is such a part, by counting."""
        return next(n for n in range(whole + 2) if self.holds(n, whole))

    def holds(self, part: int, whole: int) -> bool:
        share = Fraction(part, whole)
        return share > self.part or (self.inclusive and share == self.part)


OVER_HALF = Share(Fraction(1, 2), inclusive=False)
HALF = Share(Fraction(1, 2), inclusive=True)
TWO_THIRDS = Share(Fraction(2, 3), inclusive=True)


class Law(NamedTuple):
    """Who must come, who must agree, and of whom the agreeing are counted."""

    body: str
    type: str
    come: Share | None  # of those entitled; None where no text sets a number
    agree: Share
    of: str  # "present" or "eligible"
    mode: str = "person"
    since: str = ""
    until: str = "9999"


LAWS = [
    Law("reps", "M05", TWO_THIRDS, OVER_HALF, "present"),
    Law("villagers", "M05", OVER_HALF, OVER_HALF, "present"),
    Law("villagers", "M05", TWO_THIRDS, OVER_HALF, "present", mode="households"),
    Law("group", "M05", TWO_THIRDS, OVER_HALF, "present"),
    Law("party", "M05", HALF, OVER_HALF, "eligible"),
    Law("joint", "M05", OVER_HALF, OVER_HALF, "eligible"),
    Law("members", "M13", TWO_THIRDS, TWO_THIRDS, "eligible", since="2025-05-01"),
    Law("member_reps", "M11", None, TWO_THIRDS, "eligible", since="2025-05-01"),
]
CASES = [
    pytest.param(law, day, overlays, id=f"{law.body} {law.mode} {day} {overlays}")
    for law, (day, overlays) in product(LAWS, DAYS)
    if law.since <= day <= law.until
]


def put(law: Law, day: str, overlays: tuple[str, ...], of: int, came: int) -> Ballot:
    """A ballot of that body, to whose sitting so many of so many came."""
    matter = put_to(
        law.body,
        day,
        overlays=overlays,
        type=law.type,
        of=of,
        in_person=came,
        mode=law.mode,
    )
    assert matter.question is not None
    return matter.question


@pytest.mark.parametrize(("law", "day", "overlays"), CASES)
def test_just_enough_come_and_one_less_is_too_few(law, day, overlays):
    for of in SIZES:
        least = law.come.least(of) if law.come else 0
        assert put(law, day, overlays, of, least).sitting.quorate
        if least:
            assert not put(law, day, overlays, of, least - 1).sitting.quorate


@pytest.mark.parametrize(("law", "day", "overlays"), CASES)
def test_just_enough_agree_and_one_less_is_too_few(law, day, overlays):
    for of in SIZES:
        least = law.come.least(of) if law.come else 1
        for came in {least, (least + of) // 2, of}:
            whole = came if law.of == "present" else of
            ballot = put(law, day, overlays, of, came)
            assert votes_needed(ballot) == law.agree.least(whole)


@st.composite
def ballots(draw: st.DrawFn) -> tuple[Law, str, tuple[str, ...], int, int]:
    law, day, overlays = draw(st.sampled_from([case.values for case in CASES]))
    of = draw(st.integers(1, 2000))
    return law, day, overlays, of, draw(st.integers(0, of))


def passes(ballot: Ballot, votes_for: int) -> bool:
    return ballot.sitting.quorate and votes_for >= votes_needed(ballot)


@given(ballots(), st.integers(0, 2000))
def test_one_more_in_favour_never_turns_a_yes_into_a_no(case, votes_for):
    *where, of, came = case
    ballot = put(*where, of, came)
    if votes_for < came and passes(ballot, votes_for):
        assert passes(ballot, votes_for + 1)


@given(ballots())
def test_one_more_who_stays_away_never_makes_a_quorum(case):
    """Neither one more on the roster nor one fewer in the room."""
    *where, of, came = case
    if not put(*where, of, came).sitting.quorate:
        assert not put(*where, of + 1, came).sitting.quorate
        assert not came or not put(*where, of, came - 1).sitting.quorate


@given(ballots(), st.integers(0, 2000))
def test_one_more_who_comes_and_agrees_never_undoes_a_yes(case, votes_for):
    *where, of, came = case
    if came < of and votes_for <= came and passes(put(*where, of, came), votes_for):
        assert passes(put(*where, of, came + 1), votes_for + 1)
