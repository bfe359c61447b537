"""Shown long enough: counted without the first day, and not put off by holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.clock import on
from workflows.acts import disclosure, implementation
from workflows.models import Matter
from workflows.stage import Stage

POSTED = date(2026, 3, 2)


def missing(matter: Matter, verb: str) -> list[tuple[str, str]]:
    """Of what is asked of a notice: which case, and what it says."""
    fresh = Matter.objects.get(pk=matter.pk)
    return [
        (refusal.shortfall.case, refusal.sentence)
        for refusal in fresh.unmet(verb)
        if refusal.name == "shown_long_enough"
    ]


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


@pytest.mark.parametrize(
    ("today", "case"),
    [
        ("2026-03-02", "running"),
        ("2026-03-16", "running"),
        ("2026-03-17", "running"),
        ("2026-03-18", None),
    ],
)
def test_posted_on_the_second_of_march_it_hangs_to_the_seventeenth(
    world, announced, today, case
):
    posting = world.show(announced).postings.get()
    assert (posting.first_day, posting.last_day) == (
        date(2026, 3, 3),
        date(2026, 3, 17),
    )
    with on(date.fromisoformat(today)):
        assert [found for found, _said in missing(announced, "begin")] == [
            *([case] if case else [])
        ]


def test_the_refusal_says_how_many_days_are_left(world, announced):
    world.show(announced)
    with on(date(2026, 3, 16)):
        assert missing(announced, "begin") == [
            (
                "running",
                "公示自2026年3月3日起，应满 15 日，到2026年3月17日止，还有 2 日。",
            )
        ]


def test_a_notice_that_is_not_posted_does_not_begin_to_run(world, announced):
    world.pass_days(60)
    assert [case for case, _said in missing(announced, "begin")] == ["unposted"]


def test_taken_down_early_it_must_be_posted_again_from_the_start(world, announced):
    notice = world.show(announced)
    world.pass_days(10)
    world.do(announced, disclosure.take_down, world.clerk, of=notice)
    world.pass_days(10)
    assert [case for case, _said in missing(announced, "begin")] == ["short"]
    world.do(announced, disclosure.post, world.clerk, of=notice)
    assert [case for case, _said in missing(announced, "begin")] == ["running"]
    world.pass_days(16)
    assert missing(announced, "begin") == []


def test_torn_and_put_back_the_days_go_on(world, announced):
    notice = world.show(announced)
    world.pass_days(10)
    world.do(announced, disclosure.repair, world.clerk, of=notice)
    world.pass_days(6)
    assert missing(announced, "begin") == []


def test_it_counts_from_the_day_it_was_recorded_where_that_is_later(world, announced):
    world.pass_days(3)
    notice = announced.standing_notices[0]
    given = {"of": notice, "posted_on": POSTED}
    posting = world.do(announced, disclosure.post, world.clerk, **given)
    assert posting.posted_on == POSTED
    assert posting.last_day == date(2026, 3, 20)


def test_a_last_day_in_the_holidays_is_a_last_day(world):
    world.pass_days(len_to(date(2027, 1, 23)))
    matter = world.matter_at(Stage.ANNOUNCED)
    assert world.show(matter).postings.get().last_day == date(2027, 2, 7)


def len_to(day: date) -> int:
    return (day - POSTED).days


def test_who_lets_it_hang_longer_waits_longer(world):
    matter = world.matter_at(Stage.ADOPTED)
    world.do(matter, disclosure.announce, world.clerk, days=20)
    assert world.show(matter).postings.get().last_day == date(2026, 3, 22)
    with on(date(2026, 3, 22)):
        assert [case for case, _said in missing(matter, "begin")] == ["running"]


def test_nationally_nobody_waits_before_it_is_carried_out(world, nationally):
    matter = world.matter_at(Stage.ANNOUNCED)
    assert missing(matter, "begin") == []
    assert world.do(matter, implementation.begin, world.director).stage == "underway"


def test_nationally_too_the_result_must_have_been_shown_before_it_is_archived(
    world, nationally
):
    matter = world.matter_at(Stage.REPORTED)
    assert [case for case, _said in missing(matter, "archive")] == ["unposted"]
    posting = world.show(matter).postings.get()
    with on(posting.last_day):
        assert [case for case, _said in missing(matter, "archive")] == ["running"]
    with on(posting.last_day + timedelta(days=1)):
        assert missing(matter, "archive") == []


def test_a_peoples_no_is_shown_before_it_is_archived(world):
    matter = world.matter_at(Stage.REJECTED)
    assert [case for case, _said in missing(matter, "archive")] == ["unannounced"]
    world.do(matter, disclosure.announce, world.clerk)
    assert [case for case, _said in missing(matter, "archive")] == ["unposted"]


def test_a_no_of_the_committees_is_answered_and_needs_no_board(world):
    matter = world.draft()
    world.hold(matter, "joint", votes_for=0)
    assert [case for case, _said in missing(matter, "archive")] == ["unannounced"]
    world.do(matter, disclosure.announce, world.clerk)
    assert missing(matter, "archive") == []
