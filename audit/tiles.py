"""The tree cut into tiles, as C2SP `tlog-tiles` lays them out.

A tile is up to 256 hashes side by side at one level; each hash at a level is that of a
full tile below. A narrower tile is the beginning of the wider one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .tree import HASH_BYTES, Read, parents

HEIGHT = 8
WIDTH = 1 << HEIGHT
HIGHEST_LEVEL = 63

_NUMBER = r"(?:x[0-9]{3}/){0,6}[0-9]{3}"  # no tile has a number beyond 64 bits
_ADDRESS = re.compile(
    rf"(?P<number>{_NUMBER})(?:\.p/(?P<width>[1-9][0-9]?|1[0-9]{{2}}|2[0-4][0-9]|25[0-5]))?"
)

Fetch = Callable[[int, int, int], bytes]  # level, number, width → that many hashes


@dataclass(frozen=True, order=True)
class Tile:
    """Which tile: its level, its number at that level, how many hashes wide."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def address(self) -> str:
        """What stands behind `tile/<L>/` or `tile/entries/`."""
        digits = f"{self.number:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
        return path if self.width == WIDTH else f"{path}.p/{self.width}"


def parse(level: int, address: str) -> Tile | None:
    """The tile at that address; None where it is written in any other way."""
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 <= level <= HIGHEST_LEVEL:
        return None
    number = int(found["number"].replace("x", "").replace("/", ""))
    tile = Tile(level, number, int(found["width"] or WIDTH))
    return tile if tile.address == address else None


def width_at(level: int, number: int, size: int) -> int:
    """How wide that tile is in a tree of that size; 0 where there is none."""
    hashes = size >> HEIGHT * level
    return max(0, min(WIDTH, hashes - number * WIDTH))


def changed(old: int, new: int) -> list[Tile]:
    """The tiles that are new or wider in the larger tree, the lowest level first."""
    found = []
    level = 0
    while new >> HEIGHT * level:
        before, after = old >> HEIGHT * level, new >> HEIGHT * level
        if after > before:
            numbers = range(before // WIDTH, (after - 1) // WIDTH + 1)
            found += [Tile(level, n, width_at(level, n, new)) for n in numbers]
        level += 1
    return found


def within(hashes: bytes, height: int, number: int) -> bytes:
    """The hash of a complete subtree of a tile, by its height and number in it."""
    span = HASH_BYTES << height
    row = hashes[number * span : (number + 1) * span]
    if len(row) != span:
        raise ValueError("the tile is narrower than that")
    while len(row) > HASH_BYTES:
        row = parents(row)
    return row


def reader(fetch: Fetch, size: int) -> Read:
    """Read the tree of that size through its tiles, each fetched once."""
    known: dict[tuple[int, int], bytes] = {}

    def read(height: int, number: int) -> bytes:
        level, inside = divmod(height, HEIGHT)
        tile, at = divmod(number, WIDTH >> inside)
        if (level, tile) not in known:
            width = width_at(level, tile, size)
            known[level, tile] = fetch(level, tile, width)[: width * HASH_BYTES]
        return within(known[level, tile], inside, at)

    return read
