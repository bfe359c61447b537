"""Shares of people: every off-by-one, and what must hold of any share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rulebook import Threshold

MORE_THAN_HALF = Threshold("present", 1, 2, inclusive=False)
HALF_OR_MORE = Threshold("eligible", 1, 2, inclusive=True)
TWO_THIRDS = Threshold("eligible", 2, 3, inclusive=True)
FOUR_FIFTHS = Threshold("eligible", 4, 5, inclusive=True)
ONE_THIRD = Threshold("eligible", 1, 3, inclusive=True)
MORE_THAN_A_FIFTH = Threshold("eligible", 1, 5, inclusive=False)


@pytest.mark.parametrize(
    ("share", "whole", "need"),
    [
        (MORE_THAN_HALF, 1, 1),
        (MORE_THAN_HALF, 2, 2),
        (MORE_THAN_HALF, 3, 2),
        (MORE_THAN_HALF, 33, 17),
        (MORE_THAN_HALF, 34, 18),
        (MORE_THAN_HALF, 1203, 602),
        (HALF_OR_MORE, 1, 1),
        (HALF_OR_MORE, 23, 12),
        (HALF_OR_MORE, 24, 12),
        (HALF_OR_MORE, 25, 13),
        (TWO_THIRDS, 1, 1),
        (TWO_THIRDS, 2, 2),
        (TWO_THIRDS, 3, 2),
        (TWO_THIRDS, 34, 23),
        (TWO_THIRDS, 35, 24),
        (TWO_THIRDS, 36, 24),
        (TWO_THIRDS, 37, 25),
        (TWO_THIRDS, 410, 274),
        (TWO_THIRDS, 900, 600),
        (FOUR_FIFTHS, 35, 28),
        (FOUR_FIFTHS, 36, 29),
        (ONE_THIRD, 35, 12),
        (ONE_THIRD, 36, 12),
        (MORE_THAN_A_FIFTH, 10, 3),
    ],
)
def test_what_is_needed_is_just_enough(share: Threshold, whole: int, need: int) -> None:
    assert share.need(whole) == need
    assert share.met_by(need, whole)
    assert not share.met_by(need - 1, whole)


@pytest.mark.parametrize("share", [MORE_THAN_HALF, HALF_OR_MORE, TWO_THIRDS])
def test_of_nobody_nothing_is_enough(share: Threshold) -> None:
    assert not share.met_by(0, 0)
    assert not share.met_by(0, 10)
    assert not share.met_by(-1, 10)


@pytest.mark.parametrize("part", [12.0, "12", None])
def test_people_are_counted_in_integers(part: object) -> None:
    with pytest.raises(TypeError):
        MORE_THAN_HALF.met_by(part, 24)  # type: ignore[arg-type]


@st.composite
def shares(draw: st.DrawFn) -> Threshold:
    den = draw(st.integers(2, 20))
    num = draw(st.integers(1, den - 1))
    of = draw(st.sampled_from(["present", "eligible"]))
    return Threshold(of, num, den, draw(st.booleans()))


people = st.integers(1, 10**7)


@given(shares(), people, people)
def test_one_more_in_favour_never_undoes_a_yes(
    share: Threshold, part: int, whole: int
) -> None:
    if share.met_by(part, whole):
        assert share.met_by(part + 1, whole)


@given(shares(), people, people)
def test_one_more_to_count_from_never_makes_a_yes(
    share: Threshold, part: int, whole: int
) -> None:
    if not share.met_by(part, whole):
        assert not share.met_by(part, whole + 1)


@given(shares(), people)
def test_the_need_is_the_smallest_part_that_meets_it(
    share: Threshold, whole: int
) -> None:
    need = share.need(whole)
    assert 1 <= need <= whole
    assert share.met_by(need, whole)
    assert not share.met_by(need - 1, whole)


@given(people)
def test_exactly_half_is_no_majority(half: int) -> None:
    assert not MORE_THAN_HALF.met_by(half, 2 * half)
    assert HALF_OR_MORE.met_by(half, 2 * half)


@given(people, people)
def test_the_members_assembly_asks_at_least_as_much_as_any_other(
    part: int, whole: int
) -> None:
    if TWO_THIRDS.met_by(part, whole):
        assert MORE_THAN_HALF.met_by(part, whole)


def test_which_of_two_shares_is_laxer() -> None:
    stricter = Threshold("eligible", 3, 4, inclusive=True)
    assert TWO_THIRDS.laxer_than(stricter)
    assert not stricter.laxer_than(TWO_THIRDS)
    assert not TWO_THIRDS.laxer_than(TWO_THIRDS)
    assert HALF_OR_MORE.laxer_than(Threshold("eligible", 1, 2, inclusive=False))
    assert Threshold("present", 2, 3, inclusive=True).laxer_than(TWO_THIRDS)
