"""kill -9 of the sequencer and of PostgreSQL: nothing is lost, nothing is twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psutil
import pytest
from django.db import connection, connections, transaction

from audit.models import Checkpoint, Entry
from config.settings import BASE_DIR
from tests.audit import log_at_work
from tests.served import address_of_the_database

pytestmark = pytest.mark.slow

KILLS, OF_POSTGRES = 50, 3
PATIENCE = 60


@contextmanager
def running(command: list[str], **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        cwd=BASE_DIR,
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def at_work(task: str, **environment: str) -> Any:
    return running([sys.executable, "-m", log_at_work.__name__, task], **environment)


# -- the sequencer


class Writers:
    """People who act meanwhile, each with a connection of their own."""

    def __init__(self, many: int) -> None:
        self.committed: list[int] = []
        self.stopped = Event()
        self.threads = [Thread(target=self.write) for _ in range(many)]

    def write(self) -> None:
        chance = random.Random()
        while not self.stopped.is_set():
            if chance.random() < 0.1:
                with transaction.atomic():
                    log_at_work.write()
                    transaction.set_rollback(True)
            else:
                self.committed.append(log_at_work.write())
            time.sleep(0.002)
        connections.close_all()

    def __enter__(self) -> Writers:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join(PATIENCE)


def in_a_transaction() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'numbers' "
            "AND datname = current_database() AND xact_start IS NOT NULL"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_sequencer_that_is_killed_has_lost_and_doubled_nothing():
    chance = random.Random(51)
    address = {"DATABASE_URL": address_of_the_database(), "PGAPPNAME": "numbers"}
    in_the_middle = 0
    with Writers(2) as writers, at_work("number", **address) as numbering:
        for _kill in range(KILLS):
            numbering.stdin.write("\n")
            numbering.stdin.flush()
            child = int(numbering.stdout.readline())
            time.sleep(chance.uniform(0, 0.2))
            in_the_middle += in_a_transaction()
            os.kill(child, signal.SIGKILL)
            assert numbering.stdout.readline() == f"{-signal.SIGKILL}\n"
    assert in_the_middle >= KILLS / 5
    assert Checkpoint.objects.count() >= KILLS / 5
    assert log_at_work.recompute() == sorted(writers.committed)
    assert len(writers.committed) == Entry.objects.count()


# -- PostgreSQL


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """A folder that PostgreSQL's own user can enter, unlike pytest's."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def server(of_its_own: dict[str, str]) -> Iterator[psutil.Process]:
    """An embedded server of its own; at the end all of it goes as in a power cut."""
    program = "from config import embedded; embedded.hold(); print(); input()"
    with running([sys.executable, "-c", program], **of_its_own) as holder:
        assert holder.stdout.readline() == "\n"
        lock = Path(of_its_own["VAR_DIR"]) / "postgres" / "postmaster.pid"
        postmaster = psutil.Process(int(lock.read_text().split()[0]))
        family = [*postmaster.children(recursive=True), postmaster]
        try:
            yield postmaster
        finally:
            holder.kill()
            for process in [*family, *postmaster_children(postmaster)]:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(family, PATIENCE)


def postmaster_children(postmaster: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return postmaster.children(recursive=True)
    return []


def test_a_database_that_is_killed_has_lost_nothing_that_was_committed(var_dir):
    chance = random.Random(3)
    of_its_own = {"VAR_DIR": str(var_dir), "DATABASE_URL": ""}
    committed: list[int] = []
    with server(of_its_own), at_work("prepare", **of_its_own) as preparing:
        assert preparing.wait(PATIENCE) == 0
    for _kill in range(OF_POSTGRES):
        with server(of_its_own) as postmaster, at_work("append", **of_its_own) as work:
            enough = len(committed) + chance.randrange(50, 300)
            for line in work.stdout:
                committed.append(int(line))
                if len(committed) == enough:
                    postmaster.kill()
    with server(of_its_own), at_work("check", **of_its_own) as checking:
        found = {int(line) for line in checking.stdout}
        assert checking.wait(PATIENCE) == 0
    assert found >= {*committed}
    # Of two writers each may have been killed between commit and answer.
    assert len(found) <= len(committed) + 2 * OF_POSTGRES
