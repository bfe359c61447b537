"""Proofs read from the tiles that are kept; and one as a file, by C2SP `tlog-proof`."""

from __future__ import annotations

from dataclasses import dataclass

from . import tiles, tree
from .models import Checkpoint, Leaf
from .note import tobase64
from .sequencer import fetch


@dataclass(frozen=True)
class Inclusion:
    """That an entry stands at its number in the log a checkpoint speaks of."""

    index: int
    leaf: bytes
    path: list[bytes]
    checkpoint: Checkpoint

    @property
    def text(self) -> str:
        """The proof as a file that needs nothing else to be checked."""
        steps = "".join(f"{tobase64(each)}\n" for each in self.path)
        head = f"c2sp.org/tlog-proof@v1\nindex {self.index}\n{steps}"
        return f"{head}\n{self.checkpoint.note}"


def inclusion(leaf: Leaf, checkpoint: Checkpoint) -> Inclusion:
    """The proof in that checkpoint's tree; ValueError where the leaf came later."""
    read = tiles.reader(fetch, checkpoint.size)
    path = tree.inclusion_proof(read, leaf.index, checkpoint.size)
    return Inclusion(leaf.index, bytes(leaf.hash), path, checkpoint)


def consistency(old: int, checkpoint: Checkpoint) -> list[bytes]:
    """That the first `old` entries are still the log's beginning."""
    read = tiles.reader(fetch, checkpoint.size)
    return tree.consistency_proof(read, old, checkpoint.size)


def root_at(size: int) -> bytes:
    """The root the tree had when it had so many leaves."""
    return tree.root(tiles.reader(fetch, size), size)
