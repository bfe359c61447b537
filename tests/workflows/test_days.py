"""Days as the Civil Code counts them: without the first, and put off by a day off."""

from __future__ import annotations

from datetime import date

import pytest

from workflows.days import deadline, is_workday


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-03-02", 10, "2026-03-12"),  # a Thursday
        ("2026-03-04", 10, "2026-03-16"),  # a Saturday, put off to the Monday
        ("2026-03-05", 10, "2026-03-16"),  # a Sunday
        ("2026-03-06", 10, "2026-03-16"),  # the Monday itself
        ("2026-02-06", 10, "2026-02-24"),  # in the Spring Festival
        ("2026-09-21", 10, "2026-10-08"),  # on National Day
        ("2026-04-24", 10, "2026-05-06"),  # in the May holidays
        ("2026-02-04", 10, "2026-02-14"),  # a Saturday on which offices work
        ("2026-03-02", 0, "2026-03-02"),
        ("2024-02-19", 10, "2024-02-29"),  # a leap day
        ("2025-12-22", 10, "2026-01-04"),  # over the turn of the year
    ],
)
def test_a_term_ends_on_a_working_day(start, days, last):
    ends = deadline(date.fromisoformat(start), days)
    assert ends == date.fromisoformat(last)


def test_a_term_never_ends_on_a_day_off():
    for day in range(1, 29):
        assert is_workday(deadline(date(2026, 2, 1), day))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2051, 3, 6), True),  # a Monday
        (date(2051, 3, 4), False),  # a Saturday
        (date(2051, 3, 5), False),
    ],
)
def test_where_the_calendar_is_not_out_yet_the_weekday_decides(day, works):
    assert is_workday(day) is works
