"""The Merkle tree of RFC 6962, section 2.1: roots, proofs and what proofs show.

Leaves are counted from 0. A tree is read through `Read`: the hash of one complete
subtree, named by its height and its number among the subtrees of that height. Nothing
here knows where hashes are kept; nothing here needs more than the standard library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from hmac import compare_digest

HASH_BYTES = 32
LONGEST_PROOF = 64  # of a tree of 2**63 leaves, one more than can be numbered

Read = Callable[[int, int], bytes]


class NotProven(Exception):
    """The proof does not show what it was given for; the message says why."""


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def parents(row: bytes) -> bytes:
    """The hashes over each two of a row of hashes, side by side as they are."""
    pairs = range(0, len(row), 2 * HASH_BYTES)
    return b"".join(
        [hashlib.sha256(b"\x01" + row[at : at + 64]).digest() for at in pairs]
    )


EMPTY_ROOT = hashlib.sha256(b"").digest()


def split(size: int) -> int:
    """The largest power of two smaller than the size, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1


def subtree(read: Read, start: int, end: int) -> bytes:
    """The hash over the leaves from `start` up to `end`, neither empty nor skewed."""
    size = end - start
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return read(height, start >> height)
    middle = start + split(size)
    return node_hash(subtree(read, start, middle), subtree(read, middle, end))


def root(read: Read, size: int) -> bytes:
    return subtree(read, 0, size) if size else EMPTY_ROOT


# -- proofs --------------------------------------------------------------------------


def inclusion_proof(read: Read, index: int, size: int) -> list[bytes]:
    """The hashes beside the path from a leaf up to the root (section 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    return _path(read, index, 0, size)


def _path(read: Read, index: int, start: int, end: int) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + split(end - start)
    if index < middle:
        return [*_path(read, index, start, middle), subtree(read, middle, end)]
    return [*_path(read, index, middle, end), subtree(read, start, middle)]


def consistency_proof(read: Read, old: int, new: int) -> list[bytes]:
    """The hashes that lead from the root of `old` leaves to that of `new` (2.1.2)."""
    if not 0 < old <= new:
        raise ValueError(f"no proof leads from {old} leaves to {new}")
    return _beside(read, old, 0, new, whole=True)


def _beside(read: Read, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    """`whole`: this subtree is the old tree itself, whose root the verifier knows."""
    if old == end - start:
        return [] if whole else [subtree(read, start, end)]
    middle = start + split(end - start)
    if old <= middle - start:
        left = _beside(read, old, start, middle, whole=whole)
        return [*left, subtree(read, middle, end)]
    right = _beside(read, old - (middle - start), middle, end, whole=False)
    return [*right, subtree(read, start, middle)]


# -- what they show ------------------------------------------------------------------


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """The leaf stands at its number in the tree; raises NotProven."""
    _well_formed([leaf, root, *proof])
    if not 0 <= index < size:
        raise NotProven(f"a tree of {size} leaves has no leaf {index}")
    inner, border = _lengths(index, size)
    if len(proof) != inner + border:
        raise NotProven(f"the proof has {len(proof)} hashes, not {inner + border}")
    found = _climb(leaf, proof[:inner], index)
    found = _climb_border(found, proof[inner:])
    if not compare_digest(found, root):
        raise NotProven("the proof leads to another root")


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """The first `old` leaves of the new tree are the old tree; raises NotProven."""
    if not 0 < old <= new:
        raise NotProven(f"no proof leads from {old} leaves to {new}")
    if old == new:
        _same_tree(proof, old_root, new_root)
        return
    _well_formed([old_root, new_root, *proof])
    # Below this height the old tree's right edge and the new tree run together.
    shift = (old & -old).bit_length() - 1
    inner, border = _lengths(old - 1, new)
    inner -= shift
    seed, rest = old_root, list(proof)
    if old != 1 << shift:
        if not rest:
            raise NotProven("the proof is empty")
        seed, rest = rest[0], rest[1:]
    if len(rest) != inner + border:
        raise NotProven(f"the proof is of {len(rest)} steps, not {inner + border}")
    mask = (old - 1) >> shift
    was = _climb_border(_climb_right(seed, rest[:inner], mask), rest[inner:])
    if not compare_digest(was, old_root):
        raise NotProven("the proof leads to another old root")
    found = _climb_border(_climb(seed, rest[:inner], mask), rest[inner:])
    if not compare_digest(found, new_root):
        raise NotProven("the proof leads to another new root")


def _same_tree(proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    if proof:
        raise NotProven("between trees of one size there is nothing to prove")
    if not compare_digest(old_root, new_root):
        raise NotProven("two roots for one size")


def _well_formed(hashes: Sequence[bytes]) -> None:
    """Checked before anything is hashed: a proof comes from anybody."""
    if len(hashes) > LONGEST_PROOF + 2:
        raise NotProven("the proof is longer than any tree is high")
    if any(len(each) != HASH_BYTES for each in hashes):
        raise NotProven(f"a hash has {HASH_BYTES} bytes")


def _lengths(index: int, size: int) -> tuple[int, int]:
    """How many steps run inside the tree, and how many up its right edge."""
    inner = (index ^ (size - 1)).bit_length()
    return inner, (index >> inner).bit_count()


def _climb(seed: bytes, proof: Iterable[bytes], index: int) -> bytes:
    for height, beside in enumerate(proof):
        left = index >> height & 1
        seed = node_hash(beside, seed) if left else node_hash(seed, beside)
    return seed


def _climb_right(seed: bytes, proof: Iterable[bytes], index: int) -> bytes:
    """Only the steps with a left neighbour: those that the old tree has as well."""
    for height, beside in enumerate(proof):
        if index >> height & 1:
            seed = node_hash(beside, seed)
    return seed


def _climb_border(seed: bytes, proof: Iterable[bytes]) -> bytes:
    for beside in proof:
        seed = node_hash(beside, seed)
    return seed


class Frontier:
    """A tree that only grows, known by the complete subtrees at its right edge.

    Takes as much memory as the tree is high, however many leaves it has.
    """

    def __init__(self) -> None:
        self.size = 0
        self.edge: list[bytes] = []  # the highest first

    def append(self, leaf: bytes) -> None:
        self.edge.append(leaf)
        self.size += 1
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self.edge.pop()
            self.edge[-1] = node_hash(self.edge[-1], right)

    @property
    def root(self) -> bytes:
        if not self.edge:
            return EMPTY_ROOT
        *lower, found = self.edge
        for beside in reversed(lower):
            found = node_hash(beside, found)
        return found
