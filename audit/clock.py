"""The only clock: what time it is, and on which day people say it happened.

Tests, the player of scenarios and the demonstration may stop it at an instant of
their choice; an entry recorded meanwhile says so in its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Asia/Shanghai")

# Of the process, not of a thread: a test's web server answers in other threads.
_stopped_at: datetime | None = None


def now() -> datetime:
    """This instant, aware and in UTC."""
    return _stopped_at or timezone.now()


def today() -> date:
    """The day it is in the village."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """The same instant as clocks in the village show it."""
    return instant.astimezone(ZONE)


def moved() -> bool:
    """Whether the time told is not the time it is."""
    return _stopped_at is not None


def move(instant: datetime | None) -> None:
    """Stop the clock at an instant, or let it run again."""
    global _stopped_at  # noqa: PLW0603
    if instant is not None and timezone.is_naive(instant):
        raise ValueError("The clock can only be moved to an aware instant.")
    _stopped_at = instant and instant.astimezone(UTC)


@contextmanager
def moved_to(instant: datetime | None) -> Iterator[None]:
    """Stop the clock at an instant, or let it run, for the length of a block."""
    before = _stopped_at
    move(instant)
    try:
        yield
    finally:
        move(before)
