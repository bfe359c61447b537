"""Two people at once: real threads, each with a connection of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Barrier, Event, Thread
from typing import Any

from django.db import connection, connections, transaction

A_TENTH = 0.1
PATIENCE = 30  # seconds, after which a test is stuck rather than slow

Act = Callable[[], Any]


@dataclass
class Runner:
    """What came of one act, and when."""

    act: Act
    result: Any = None
    error: Exception | None = None
    ended_at: float = 0.0

    def run(self) -> None:
        try:
            self.result = self.act()
        except Exception as error:  # noqa: BLE001 (looked at by the test)
            self.error = error
        self.ended_at = time.monotonic()
        connections.close_all()


def race(*acts: Act) -> list[Runner]:
    """All let go at the same moment; what came of each, in the order given."""
    start = Barrier(len(acts))

    def after_the_start(runner: Runner) -> None:
        start.wait(PATIENCE)
        runner.run()

    runners = [Runner(act) for act in acts]
    threads = [Thread(target=after_the_start, args=(runner,)) for runner in runners]
    join(threads)
    return runners


def one_behind_the_other(first: Act, second: Act) -> tuple[Runner, Runner]:
    """The second asks while the first has acted and not yet committed."""
    acted, waited = Event(), Event()

    def hold() -> Any:
        with transaction.atomic():
            result = first()
            acted.set()
            waited.wait(PATIENCE)
        return result

    def follow() -> None:
        acted.wait(PATIENCE)
        loser.run()

    winner, loser = Runner(hold), Runner(second)
    threads = [Thread(target=winner.run), Thread(target=follow)]
    for thread in threads:
        thread.start()
    until_somebody_waits(loser)
    waited.set()
    join(threads, started=True)
    return winner, loser


def until_somebody_waits(loser: Runner) -> None:
    """Until a backend of this database stands before a lock, or it is over already."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and not loser.ended_at:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE "
                "datname = current_database() AND wait_event_type = 'Lock'"
            )
            (waiting,) = cursor.fetchone()
        if waiting:
            return
        time.sleep(0.01)


def join(threads: list[Thread], *, started: bool = False) -> None:
    for thread in threads:
        if not started:
            thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "somebody waits for ever"


def at_once(attempt: Callable[[], tuple[Runner, Runner]]) -> bool:
    """Whether the loser was answered within a tenth of a second of the commit.

    Three attempts: the machine may have other things to do.
    """
    return any(
        loser.ended_at - winner.ended_at < A_TENTH
        for winner, loser in (attempt() for _time in range(3))
    )
