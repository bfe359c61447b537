"""The proof of an entry in a large log, against what the logarithm allows it to take.

A tree of a thousand times as many leaves, a million, is twice as high as one of a
thousand: its proof may take twice as long. The tiles are made up, all alike, so that
no million of entries has to be written; whatever is read and hashed of them is the same
as in a log that grew, and each root is checked once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, takewhile
from math import log2

from django.db import connection, transaction

from audit import clock, proofs, tiles, tree
from audit.models import Checkpoint, Leaf, Tile
from benchmarks.measure import Ratio, seconds

SMALL, LARGE = 1_000, 1_000_000
BATCHES, PROOFS = 40, 20
FLOOR = 1.0


def ratio() -> Ratio:
    """What the logarithm allows over what it took; medians of interleaved batches."""
    with _made_up():
        small, large = _head(SMALL), _head(LARGE)
        took, allowed = [], []
        for _batch in range(BATCHES):
            took.append(seconds(_prove, large))
            allowed.append(seconds(_prove, small) * log2(LARGE) / log2(SMALL))
    return Ratio.of("proof", allowed, took, FLOOR, per_batch=PROOFS)


def _prove(head: Checkpoint) -> None:
    for _proof in range(PROOFS):
        leaf = Leaf(index=random.randrange(head.size), hash=_leaf())
        assert proofs.inclusion(leaf, head).text


def _leaf() -> bytes:
    return tree.leaf_hash(b"")


def _head(size: int) -> Checkpoint:
    root = proofs.root_at(size)
    head = Checkpoint(size=size, root=root, note="", signed_at=clock.now())
    shown = proofs.inclusion(Leaf(index=size // 3, hash=_leaf()), head)
    tree.verify_inclusion(shown.leaf, shown.index, size, shown.path, root)
    return head


@contextmanager
def _made_up() -> Iterator[None]:
    """The tiles of the large tree instead of those there are, until the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM audit_tile")
        level, hashed = 0, _leaf()
        while LARGE >> tiles.HEIGHT * level:
            _fill(level, hashed)
            row = hashed * tiles.WIDTH
            level, hashed = level + 1, tiles.within(row, tiles.HEIGHT, 0)
        cursor.execute("ANALYZE audit_tile")
        yield
        transaction.set_rollback(True)


def _fill(level: int, hashed: bytes) -> None:
    """All tiles of that level; the last is as wide as the tree lets it be."""
    widths = (tiles.width_at(level, number, LARGE) for number in count())
    Tile.objects.bulk_create(
        Tile(level=level, number=number, hashes=hashed * width)
        for number, width in enumerate(takewhile(bool, widths))
    )
