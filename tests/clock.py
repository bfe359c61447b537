"""Other days than today: `on(day)`, `during(notice)`, `after(notice)`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from audit import clock

if TYPE_CHECKING:
    from workflows.models import Notice


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An hour of that day in the village."""
    return datetime.combine(day, time(hour, minute), tzinfo=clock.ZONE)


@contextmanager
def on(day: date, hour: int = 9) -> Iterator[None]:
    """It is that day, and stays it."""
    with clock.moved_to(at(day, hour)):
        yield


@contextmanager
def really() -> Iterator[None]:
    """It is this instant, as every other process says, and stays it."""
    with clock.moved_to(None):
        instant = clock.now()
    with clock.moved_to(instant):
        yield


@contextmanager
def during(notice: Notice) -> Iterator[None]:
    """The first day the notice counts as shown."""
    posting = notice.postings.order_by("pk").last()
    assert posting is not None, "a notice that was never posted does not run"
    with on(posting.first_day):
        yield


@contextmanager
def after(notice: Notice) -> Iterator[None]:
    """The day after the last day of the notice."""
    posting = notice.postings.order_by("pk").last()
    assert posting is not None, "a notice that was never posted does not end"
    with on(posting.last_day + timedelta(days=1)):
        yield
