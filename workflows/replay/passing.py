"""Time passes: the clock is moved, and does its daily work on the days in between."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from audit import clock
from audit.clock import ZONE
from workflows import tasks

EARLY = time(0, 10)


def pass_until(moment: datetime) -> None:
    """Move the clock on, never back; on days when something runs out it is recorded."""
    before = clock.now()
    if clock.moved() and moment <= before:
        return
    clock.move(moment)
    if clock.local(before).date() == clock.today():
        return
    for day in sorted(days_on_which_something_ran_out()):
        clock.move(max(before, datetime.combine(day, EARLY, ZONE)))
        tasks.run_clock()
    clock.move(moment)


def days_on_which_something_ran_out() -> set[date]:
    """The days, until today, after which the clock has something to record."""
    last_days = {
        *tasks.notices_elapsed().values_list("last_day", flat=True),
        *tasks.objections_overdue().values_list("due_on", flat=True),
        *tasks.audits_overdue().values_list("audit_due_on", flat=True),
        *(sitting.held_on for sitting in tasks.sittings_not_held()),
    }
    return {day + timedelta(days=1) for day in last_days if day is not None}
