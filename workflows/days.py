"""Days as the Civil Code counts them."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar


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
