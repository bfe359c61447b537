"""Where tiles are, how wide, and what is read through them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import tiles, tree
from audit.tiles import Tile, changed, parse, width_at

ADDRESSES = {
    (0, 256): "000",
    (67, 256): "067",
    (1234067, 256): "x001/x234/067",
    (999, 3): "999.p/3",
    (1000, 255): "x001/000.p/255",
}
NOT_ADDRESSES = (
    "0",
    "0000",
    "000/000",
    "x000/067",
    "x001/x234",
    "000.p/0",
    "000.p/256",
    "000.p/01",
    "000.p/",
    "-01",
    "٠٠٠",
    "000\n",
    "../000",
)


@pytest.mark.parametrize(("place", "address"), ADDRESSES.items())
def test_each_tile_has_one_address(place, address):
    tile = Tile(3, *place)
    assert tile.address == address
    assert parse(3, address) == tile


@pytest.mark.parametrize("address", NOT_ADDRESSES)
def test_no_tile_is_found_under_another(address):
    assert parse(0, address) is None


def test_levels_end_at_sixty_three():
    assert parse(63, "000") is not None
    assert parse(64, "000") is None


@given(st.integers(0, 2**63), st.integers(1, 256))
def test_an_address_is_read_as_it_is_written(number, width):
    tile = Tile(0, number, width)
    assert parse(0, tile.address) == tile


def test_the_tiles_of_seventy_thousand_entries():
    found = changed(0, 70_000)
    widths = [(t.level, t.width) for t in found if t.width < tiles.WIDTH]
    assert widths == [(0, 112), (1, 17), (2, 1)]
    assert sum(t.level == 0 for t in found) == 274
    assert width_at(0, 274, 70_000) == width_at(2, 1, 70_000) == 0


def test_a_full_tile_is_one_hash_of_the_level_above():
    assert changed(0, 256) == [Tile(0, 0), Tile(1, 0, 1)]


@given(st.integers(0, 3000), st.integers(0, 600))
def test_nothing_but_what_changed_is_different_in_the_larger_tree(old, more):
    new, told = (
        old + more,
        {(t.level, t.number): t.width for t in changed(old, old + more)},
    )
    for level in range(3):
        for number in range(13):
            before, after = (width_at(level, number, size) for size in (old, new))
            assert told.get((level, number), before) == after


def test_the_tree_read_through_its_tiles_is_the_tree():
    size = 1000
    leaves = [tree.leaf_hash(b"%d" % n) for n in range(size)]
    edge, rows = tree.Frontier(), {0: leaves}
    for leaf in leaves:
        edge.append(leaf)
    full = [leaves[at : at + 256] for at in range(0, size - 255, 256)]
    rows[1] = [tiles.within(b"".join(row), 8, 0) for row in full]
    asked = []

    def fetch(level, number, width):
        asked.append((level, number))
        return b"".join(rows[level][number * 256 :][:width])

    read = tiles.reader(fetch, size)
    assert tree.root(read, size) == edge.root
    path = tree.inclusion_proof(read, 300, size)
    tree.verify_inclusion(leaves[300], 300, size, path, edge.root)
    assert len(asked) == len(set(asked)) == 3


def test_a_tile_too_narrow_is_not_read_beyond_its_edge():
    with pytest.raises(ValueError, match="narrower"):
        tiles.within(bytes(32 * 3), 1, 1)
