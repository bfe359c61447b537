"""The only clock, and who may move it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import time

import pytest

from audit import clock

ROOT = Path(__file__).resolve().parent.parent.parent
EVENING = datetime(2026, 3, 20, 16, 30, tzinfo=UTC)
MOVES = re.compile(r"\bclock\.move\b|\bmoved_to\(|from audit\.clock import")
MAY_MOVE = re.compile(r"tests/.*|workflows/replay.*|(.*/)?seed_demo.*|audit/clock\.py")


def test_it_tells_the_time_in_utc() -> None:
    assert abs(clock.now().timestamp() - time()) < 60
    assert clock.now().utcoffset() == timedelta(0)
    assert not clock.moved()


def test_the_day_is_the_day_in_the_village() -> None:
    with clock.moved_to(EVENING):
        assert clock.today() == date(2026, 3, 21)
        assert clock.local(clock.now()).hour == 0


def test_it_runs_on_when_the_block_ends_however_it_ends() -> None:
    with clock.moved_to(EVENING):
        with pytest.raises(LookupError), clock.moved_to(EVENING - timedelta(days=1)):
            raise LookupError(clock.today())
        assert clock.now() == EVENING
    assert not clock.moved()


def test_other_threads_see_it_moved() -> None:
    seen: list[datetime] = []
    with clock.moved_to(EVENING):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [EVENING]


def test_it_is_not_moved_to_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        clock.move(datetime(2026, 3, 20))
    assert not clock.moved()


def test_only_tests_scenarios_and_the_demonstration_move_it() -> None:
    ours = [
        file.relative_to(ROOT).as_posix()
        for folder in ("audit", "villages", "workflows", "disclosure", "config")
        for file in (ROOT / folder).rglob("*.py")
        if MOVES.search(file.read_text(encoding="utf-8"))
    ]
    assert [file for file in ours if not MAY_MOVE.fullmatch(file)] == []
