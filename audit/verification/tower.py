"""The tree as it grows leaf by leaf, known by the last tile of each level."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audit import tiles, tree

FULL = tiles.WIDTH * tree.HASH_BYTES
Finished = Callable[[int, int, bytes], None]  # level, number, hashes


class Tower:
    """Takes a tile of memory for each level, however many leaves there are.

    Each tile is handed over once, when it is full; `rest` are those that are not.
    """

    def __init__(self, finished: Finished) -> None:
        self.size = 0
        self._finished = finished
        self._tops: list[bytearray] = [bytearray()]
        self._lowest = self._tops[0]

    def extend(self, leaves: bytes | memoryview) -> None:
        """Append leaf hashes, given side by side."""
        rest = memoryview(leaves)
        while rest:
            room = FULL - len(self._lowest)
            self._lowest += rest[:room]
            self.size += min(room, len(rest)) // tree.HASH_BYTES
            rest = rest[room:]
            if len(self._lowest) == FULL:
                self._carry()

    def _carry(self) -> None:
        level, size = 0, self.size
        while len(self._tops[level]) == FULL:
            hashes = bytes(self._tops[level])
            self._finished(level, size // tiles.WIDTH - 1, hashes)
            self._tops[level].clear()
            level, size = level + 1, size >> tiles.HEIGHT
            if level == len(self._tops):
                self._tops.append(bytearray())
            self._tops[level] += tiles.within(hashes, tiles.HEIGHT, 0)

    @property
    def root(self) -> bytes:
        return tree.root(tiles.reader(self._top, self.size), self.size)

    def _top(self, level: int, number: int, width: int) -> bytes:
        return bytes(self._tops[level])

    def rest(self) -> Iterator[tuple[int, int, bytes]]:
        """The tiles that are not full yet."""
        for level, top in enumerate(self._tops):
            if top:
                number = (self.size >> tiles.HEIGHT * level) // tiles.WIDTH
                yield level, number, bytes(top)
