"""Days as the Civil Code counts them."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

FIRST_YEAR, LAST_YEAR = 1990, 2199


def in_our_time(day: date) -> bool:
    """Whether anybody could have done something on that day, or will."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def deadline(start: date, days: int) -> date:
    """The last day of a term; the first is not counted, a day off puts it off."""
    day = start + timedelta(days=days)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def is_workday(day: date) -> bool:
    """Whether offices work that day; where the calendar is not out yet, by weekday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5  # noqa: PLR2004
