"""Entries and tree verified, against reading the same bytes and hashing each once.

What is verified here is the tree: each entry's bytes, its leaf, the tiles, the roots
and the signed heads. The floor reads what that reads, entries with their leaves in the
order of the log, and hashes each entry. How much memory it takes is measured from a
small log to a large one.
"""

from __future__ import annotations

import os
import re
import secrets
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO
from typing import Any

from django.db import connection, transaction

from audit import sequencer
from audit.models import Entry
from audit.verification import Run, numbered, reading
from benchmarks.measure import Ratio, seconds
from benchmarks.village import Hamlet

SMALL, LARGE = 10_000, 1_000_000
BATCHES = 15
FLOOR = 0.4
MEMORY = 1.5  # the most that the large log may take, as a multiple of the small one
AT_ONCE = 10_000


def ratio(hamlet: Hamlet) -> Ratio:
    """Ours per second over the floor's; medians of interleaved runs."""
    grow(SMALL)
    many = Entry.objects.count()
    ours, floor = [], []
    for _batch in range(BATCHES):
        ours.append(seconds(_verify))
        floor.append(seconds(_read_and_hash))
    return Ratio.of("verify", floor, ours, FLOOR, per_batch=many)


def memory(hamlet: Hamlet) -> list[str]:
    """Lines of a table: the most memory that whole verifications took."""
    small = _peak()
    rows = ["verify_log 占用内存", f"{Entry.objects.count():>12,} 条 {small:>8.1f} MB"]
    if os.environ.get("FULL"):
        grow(LARGE)
        large = _peak()
        mark = "达到" if large <= small * MEMORY else "未达到"
        rows.append(f"{Entry.objects.count():>12,} 条 {large:>8.1f} MB（{mark}）")
    return rows


def grow(size: int) -> None:
    """Entries like those there are, numbered, until there are so many."""
    samples = list(Entry.objects.order_by("-id").values_list("body", flat=True)[:64])
    while (missing := size - Entry.objects.count()) > 0:
        with transaction.atomic(), connection.cursor() as cursor:
            lines = _copies(samples, min(missing, AT_ONCE))
            # A copy seals what its original sealed, and opens none of it: only the
            # tree over them is verified.
            cursor.copy_expert("COPY audit_entry (txid, body) FROM STDIN", lines)
    sequencer.sequence_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_entry, audit_leaf, audit_tile")


def _copies(samples: list[str], many: int) -> StringIO:
    written = StringIO()
    for number in range(many):
        body = re.sub(
            '"id":"[0-9a-f]{32}"',
            f'"id":"{secrets.token_hex(16)}"',
            samples[number % len(samples)],
        )
        written.write(f"0\t{body}\n")
    written.seek(0)
    return written


def _verify() -> None:
    with reading.one_moment():
        found = list(Run().of_the_tree(0))
    assert found == []


def _read_and_hash() -> None:
    with reading.one_moment():
        for _index, body, _leaf in _rows():
            sha256(body.encode()).digest()


def _rows() -> Iterator[tuple[Any, ...]]:
    for batch in reading.batches(numbered.NUMBERED):
        yield from batch


def _peak() -> float:
    """The most that Python held at once while all of it was verified, in MB."""
    tracemalloc.start()
    for _discrepancy in Run().run():
        pass
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 2**20
