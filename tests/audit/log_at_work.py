"""A log at work in processes of its own, to be killed; and what must hold of it after.

python -m tests.audit.log_at_work number    numbers entries in a child, which may be
                                            killed: another for each line read
python -m tests.audit.log_at_work append    appends and numbers until the database
                                            goes; a line for each entry committed
python -m tests.audit.log_at_work check     numbers what waits, and recomputes all;
                                            a line for each entry there is
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from threading import Thread

import django

BATCH, PATIENCE = 16, 30


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    tasks = {"prepare": prepare, "number": number, "append": append, "check": check}
    tasks[sys.argv[1]]()


def tell(said: object) -> None:
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()


def prepare() -> None:
    """The record's own, and those that Django asks for after every migration."""
    from django.core.management import call_command

    for app in ("auth", "audit"):
        call_command("migrate", app, verbosity=0)


def number() -> None:
    """As a worker does it, but without a pause."""
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            number_for_ever()
        tell(child)
        _pid, status = os.waitpid(child, 0)
        tell(os.waitstatus_to_exitcode(status))


def number_for_ever() -> None:
    from audit import sequencer

    while True:
        if not sequencer.sequence(BATCH):
            time.sleep(0.001)


def append() -> None:
    from django.db import InterfaceError, OperationalError

    def until_it_goes(work: Callable[[], None]) -> None:
        try:
            work()
        except (OperationalError, InterfaceError):
            return

    works = (write_for_ever, write_for_ever, number_for_ever)
    threads = [Thread(target=until_it_goes, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def write_for_ever() -> None:
    while True:
        tell(write())


def write() -> int:
    """Record an entry in a transaction of its own; its key, once it is committed."""
    from django.db import transaction

    from audit.log import record
    from tests.audit.conftest import Somebody, Thing

    facts = {"stage": "archived", "from_stage": "reported"}
    with transaction.atomic():
        entry = record(
            "matter.archived", Thing("matter/0123456789"), Somebody(), **facts
        )
    return int(entry.pk)


def check() -> None:
    for key in recompute():
        tell(key)


def recompute() -> list[int]:
    """The keys of all entries, once each has its one number and the tree is theirs."""
    from audit import tree
    from audit.models import Checkpoint, Entry, Leaf, Tile

    number_the_rest()
    leaves = list(Leaf.objects.order_by("index").values_list("index", "entry", "hash"))
    assert [index for index, _entry, _hash in leaves] == list(range(len(leaves)))
    bodies = dict(Entry.objects.values_list("pk", "body"))
    keys = [entry for _index, entry, _hash in leaves]
    assert sorted(keys) == sorted(bodies)
    hashes = [tree.leaf_hash(bodies[key].encode()) for key in keys]
    assert [bytes(kept) for _index, _entry, kept in leaves] == hashes
    roots = roots_over(hashes)
    heads = list(Checkpoint.objects.order_by("size"))
    assert heads[-1].size == len(leaves)
    assert [bytes(head.root) for head in heads] == [roots[head.size] for head in heads]
    kept = Tile.objects.values_list("level", "number", "hashes")
    assert {(level, n): bytes(row) for level, n, row in kept} == tiles_over(hashes)
    return sorted(keys)


def number_the_rest() -> None:
    from audit import sequencer
    from audit.models import Unsequenced

    ends = time.monotonic() + PATIENCE  # what was killed holds its lock for a moment
    while Unsequenced.objects.exists():
        assert time.monotonic() < ends, "entries still wait for their numbers"
        sequencer.sequence_all()


def roots_over(hashes: list[bytes]) -> list[bytes]:
    """The root of the tree over the first of them, by how many they are."""
    from audit import tree

    edge = tree.Frontier()
    roots = [edge.root]
    for each in hashes:
        edge.append(each)
        roots.append(edge.root)
    return roots


def tiles_over(row: list[bytes]) -> dict[tuple[int, int], bytes]:
    from audit import tiles

    found, level = {}, 0
    while row:
        parts = [row[at : at + tiles.WIDTH] for at in range(0, len(row), tiles.WIDTH)]
        found |= {(level, n): b"".join(part) for n, part in enumerate(parts)}
        full = [part for part in parts if len(part) == tiles.WIDTH]
        row = [tiles.within(b"".join(part), tiles.HEIGHT, 0) for part in full]
        level += 1
    return found


if __name__ == "__main__":
    main()
