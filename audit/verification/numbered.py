"""The tree: each leaf its entry's hash, each tile, and the root at each size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Protocol

from django.utils.translation import gettext as _

from audit import tiles, tree
from audit.discrepancy import Discrepancy

from .reading import batches, one, rows
from .tower import Tower

NUMBERED = """
    SELECT l.index, e.body, l.hash
      FROM audit_leaf l LEFT JOIN audit_entry e ON e.id = l.entry_id
     ORDER BY l.index
"""
FEW = 8  # tiles at once: each is as long as eight entries


class Stops(Protocol):
    """What is to be judged by the root at certain sizes, the smallest first."""

    @property
    def due(self) -> int | None: ...

    def reached(self, root: bytes) -> Iterator[Discrepancy]: ...


class Numbered:
    """Reads the entries in the order of their numbers, and grows the tree over them.

    A leaf that is not its entry's hash is told once, and the tree goes on with the
    leaf: what stands above it is judged by what it was built of.
    """

    def __init__(self, stops: Stops) -> None:
        self.tower = Tower(self._finished)
        self._stops = stops
        self._whole = True  # no number is missing for good
        self._kept: dict[int, Iterator[tuple[Any, ...]]] = {}
        self._next: dict[int, tuple[Any, ...] | None] = {}
        self._found: list[Discrepancy] = []

    @property
    def size(self) -> int:
        return self.tower.size

    def run(self) -> Iterator[Discrepancy | None]:
        """What is wrong, as it is found; None after each batch."""
        yield from self._reached()
        for batch in batches(NUMBERED):
            indexes, bodies, leaves = zip(*batch, strict=True)
            kept = b"".join(leaves)
            if self._follow(indexes) and hashes_of(bodies) == kept:
                yield from self._grown(kept)
            else:
                yield from self._one_by_one(batch)
            yield from self._found
            self._found.clear()
            yield None
        yield from self._rest()

    def _follow(self, indexes: Sequence[int]) -> bool:
        """Whether these numbers, which rise, are the next ones."""
        first, last = self.size, self.size + len(indexes) - 1
        return self._whole and (indexes[0], indexes[-1]) == (first, last)

    def _one_by_one(self, batch: list[tuple[Any, ...]]) -> Iterator[Discrepancy]:
        """Where something in a batch is wrong: what it is."""
        for index, body, leaf in batch:
            if index != self.size or not self._whole:
                yield from self._gap(index)
            if body is None:
                yield _of_no_entry(index)
            elif (hashed := tree.leaf_hash(body.encode())) != bytes(leaf):
                yield _of_another_entry(index, bytes(leaf), hashed)
            if index == self.size and self._whole:
                yield from self._grown(bytes(leaf))

    def _gap(self, index: int) -> Iterator[Discrepancy]:
        """A number that does not follow: the tree goes on with what its tiles kept."""
        while self._whole and self.size < index:
            missing = self.size
            leaf = _leaf_in_tile(missing)
            self._whole = leaf is not None
            if leaf is not None:
                yield Discrepancy(
                    "tree", "audit_leaf", str(missing), "index", missing, None, missing
                )
                yield from self._grown(leaf)
        if not self._whole or index < self.size:
            yield Discrepancy("tree", "audit_leaf", str(index), "index", None, index)

    def _grown(self, leaves: bytes) -> Iterator[Discrepancy]:
        """The tree with these leaves, stopping wherever something is due."""
        rest = memoryview(leaves)
        while rest:
            due = self._stops.due
            some = len(rest)
            if due is not None and due > self.size:
                some = min(some, (due - self.size) * tree.HASH_BYTES)
            self.tower.extend(rest[:some])
            rest = rest[some:]
            yield from self._reached()

    def _reached(self) -> Iterator[Discrepancy]:
        while self._stops.due == self.size:
            yield from self._stops.reached(self.tower.root)

    # -- tiles

    def _finished(self, level: int, number: int, hashes: bytes) -> None:
        self._found += self._compared(level, number, hashes)

    def _rest(self) -> Iterator[Discrepancy]:
        for level, number, hashes in self.tower.rest():
            yield from self._compared(level, number, hashes)
        for level in list(self._kept):
            while row := self._following(level):
                yield not_of_the_tree(row[0], level, row[1])
        known = list(self._kept)
        others = "SELECT id, level, number FROM audit_tile WHERE NOT level = ANY(%s)"
        for pk, level, number in rows(f"{others} ORDER BY id", [known]):
            yield not_of_the_tree(pk, level, number)

    def _compared(
        self, level: int, number: int, hashes: bytes
    ) -> Iterator[Discrepancy]:
        """The tile that is kept at this place, against what belongs there."""
        while (row := self._peek(level)) and row[1] < number:
            self._following(level)
            yield not_of_the_tree(row[0], level, row[1])
        place = f"{level}/{number}"
        if row is None or row[1] != number:
            yield Discrepancy("tree", "audit_tile", place, "level, number", place, None)
            return
        self._following(level)
        kept = bytes(row[2])
        if kept != hashes:
            at = _first_difference(kept, hashes)
            yield Discrepancy(
                "tree",
                "audit_tile",
                str(row[0]),
                "hashes",
                f"[{at}] {hashes[at * 32 : at * 32 + 32].hex()}",
                f"[{at}] {kept[at * 32 : at * 32 + 32].hex()}",
                self._number_of(level, number, at),
            )

    @staticmethod
    def _number_of(level: int, number: int, at: int) -> int | None:
        return number * tiles.WIDTH + at if level == 0 else None

    def _peek(self, level: int) -> tuple[Any, ...] | None:
        if level not in self._kept:
            sql = "SELECT id, number, hashes FROM audit_tile WHERE level = %s"
            sql = f"{sql} ORDER BY number, id"
            self._kept[level] = rows(sql, [level], size=FEW)
            self._next[level] = next(self._kept[level], None)
        return self._next[level]

    def _following(self, level: int) -> tuple[Any, ...] | None:
        row = self._peek(level)
        self._next[level] = next(self._kept[level], None)
        return row


def _first_difference(kept: bytes, wanted: bytes) -> int:
    """The number of the first hash in a tile that differs."""
    width = tree.HASH_BYTES
    for at in range(0, max(len(kept), len(wanted)), width):
        if kept[at : at + width] != wanted[at : at + width]:
            return at // width
    return 0


def not_of_the_tree(pk: int, level: int, number: int) -> Discrepancy:
    place = f"{level}/{number}"
    return Discrepancy("tree", "audit_tile", str(pk), "level, number", None, place)


def hashes_of(bodies: Sequence[str | None]) -> bytes:
    """The leaf hashes of entries, side by side; of one that is missing, none."""
    return b"".join(
        [sha256(b"\0" + body.encode()).digest() for body in bodies if body is not None]
    )


def _of_no_entry(index: int) -> Discrepancy:
    entry = _entry_of(index)
    return Discrepancy(
        "tree",
        "audit_entry, audit_leaf",
        f"{entry}, {index}",
        "id, entry_id",
        _("一条记录"),
        None,
        index,
    )


def _of_another_entry(index: int, leaf: bytes, hashed: bytes) -> Discrepancy:
    """Entry or leaf was changed, or another entry given the number."""
    return Discrepancy(
        "tree",
        "audit_entry, audit_leaf",
        f"{_entry_of(index)}, {index}",
        "body, hash, entry_id",
        leaf.hex(),
        hashed.hex(),
        index,
    )


def _entry_of(index: int) -> int:
    return int(one("SELECT entry_id FROM audit_leaf WHERE index = %s", [index]))


def _leaf_in_tile(index: int) -> bytes | None:
    """The hash that a tile kept of a leaf that is not there any more."""
    number, at = divmod(index, tiles.WIDTH)
    sql = "SELECT hashes FROM audit_tile WHERE level = 0 AND number = %s"
    hashes = b"".join(bytes(row[0]) for row in rows(sql, [number]))
    leaf = hashes[at * tree.HASH_BYTES : (at + 1) * tree.HASH_BYTES]
    return leaf if len(leaf) == tree.HASH_BYTES else None
