"""Go's own packages for transparency logs check ours, and find its faults."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from audit import sequencer
from audit.models import Checkpoint
from audit.note import Head, Signer, sign_checkpoint
from tests.conftest import GO, GO_PACKAGES

pytestmark = [pytest.mark.go, pytest.mark.django_db(transaction=True)]

BEFORE, NOW = 7, 263  # from one tile to three
Check = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("go")
    source = Path(__file__).with_name("main.go")
    subprocess.run(
        [str(GO), "build", "-o", str(folder / "main"), str(source)],
        env=os.environ
        | {
            "GO111MODULE": "off",  # the packages are Debian's: nothing is fetched
            "GOPATH": str(GO_PACKAGES),
            "GOCACHE": str(folder / "cache"),
            "GOFLAGS": "",
        },
        check=True,
    )
    return folder / "main"


@pytest.fixture
def kept(write, tmp_path) -> Path:
    """A checkpoint somebody kept, of a log that has grown since."""
    file = tmp_path / "checkpoint"
    for size in (BEFORE, NOW):
        with transaction.atomic():
            for _ in range(size - (BEFORE if size == NOW else 0)):
                write("matter.archived")
        sequencer.sequence_all()
    file.write_text(Checkpoint.objects.get(size=BEFORE).note)
    return file


@pytest.fixture
def check(program, kept, live_server) -> Check:
    def run(key: Any = None) -> subprocess.CompletedProcess[str]:
        key = str(key or sequencer.signer().verifier)
        command = [program, f"{live_server.url}/log", key, kept]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


def tamper(sql: str, *values: Any) -> None:
    """What only whoever owns the database can do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def with_another_root(checkpoint: Checkpoint) -> str:
    head = checkpoint.head
    other = Head(head.origin, head.size, head.root[::-1])
    return sign_checkpoint(other, sequencer.signer())


def test_every_entry_and_the_continuation_are_proven(check):
    done = check()
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{NOW} entries, continuing {BEFORE}\n"


@pytest.mark.parametrize("place", [(0, 0), (0, 1), (1, 0)], ids=str)
def test_a_bit_of_a_tile_is_noticed(check, place):
    sql = "UPDATE audit_tile SET hashes = set_bit(hashes, 99, 1 - get_bit(hashes, 99))"
    tamper(f"{sql} WHERE (level, number) = (%s, %s)", *place)
    done = check()
    assert done.returncode == 1
    # tlog 0.7 does not check each full tile it reads against the one above it: then
    # the proof built of it is the one that fails.
    assert re.search("inconsistent tile|invalid transparency proof", done.stderr)


def test_another_root_is_noticed(check):
    last = sequencer.newest()
    note = with_another_root(last)
    tamper("UPDATE audit_checkpoint SET note = %s WHERE size = %s", note, last.size)
    done = check()
    assert done.returncode == 1
    assert "inconsistent tile" in done.stderr


def test_a_history_that_is_not_the_one_that_was_kept_is_noticed(check, kept):
    kept.write_text(with_another_root(Checkpoint.objects.get(size=BEFORE)))
    done = check()
    assert done.returncode == 1
    assert f"{NOW} entries do not continue {BEFORE}" in done.stderr


def test_an_entry_that_was_rewritten_is_noticed(check):
    tamper(
        "UPDATE audit_entry SET body = replace(body, 'clerk', 'clark') WHERE id = "
        "(SELECT entry_id FROM audit_leaf WHERE index = %s)",
        200,
    )
    done = check()
    assert done.returncode == 1
    assert "entry 200" in done.stderr


def test_another_key_is_noticed(check):
    done = check(Signer.generate(sequencer.signer().name).verifier)
    assert done.returncode == 1
    assert "kept checkpoint" in done.stderr
