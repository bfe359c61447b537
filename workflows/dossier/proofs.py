"""The entries of a dossier with their proofs, and the checkpoints they lead to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from audit import proofs, sequencer, tiles, tree
from audit.commitments import OF_ROWS
from audit.models import Checkpoint, Entry
from audit.prooffile import write_consistency

Files = dict[str, bytes]


def entries_of(names: Iterable[str]) -> list[Entry]:
    """What was recorded of these, with numbers and what opens the sealed facts."""
    found = Entry.objects.of(*names).select_related("leaf")
    return list(found.ready_to_open().order_by("id"))


def all_numbered(names: Iterable[str], checkpoint: Checkpoint | None) -> bool:
    """Whether every entry of these stands in the checkpoint's tree."""
    if checkpoint is None:
        return False
    entries = Entry.objects.of(*names)
    waiting = entries.filter(leaf=None) | entries.filter(
        leaf__index__gte=checkpoint.size
    )
    return not waiting.exists()


def entry_files(entries: Iterable[Entry], checkpoint: Checkpoint) -> Files:
    """The bytes of each entry and the proof of its number."""
    found: Files = {}
    read = tiles.reader(sequencer.fetch, checkpoint.size)  # each tile once for all
    for entry in entries:
        leaf = entry.leaf
        number = f"{leaf.index:012d}"
        path = tree.inclusion_proof(read, leaf.index, checkpoint.size)
        proof = proofs.Inclusion(leaf.index, bytes(leaf.hash), path, checkpoint)
        found[f"entries/{number}.json"] = entry.body.encode()
        found[f"proofs/{number}.tlog-proof"] = proof.text.encode()
    return found


def log_files(
    entries: Iterable[Entry], checkpoint: Checkpoint, kept: Iterable[int] = ()
) -> Files:
    """The checkpoint, the keys, and the heads in which the entries first appeared.

    Whoever kept one of those heads, or one of the sizes in `kept`, can compare.
    """
    keys = "".join(f"{key}\n" for key in sequencer.verifiers())
    found = {"checkpoint": checkpoint.note.encode(), "keys": keys.encode()}
    for head in _first_heads(sorted(entry.leaf.index for entry in entries)):
        if head.size < checkpoint.size:
            found[f"heads/{head.size:012d}.checkpoint"] = head.note.encode()
            found |= _growth(head.size, checkpoint)
    for size in kept:
        if 0 < size < checkpoint.size:
            found |= _growth(size, checkpoint)
    return found


def _first_heads(numbers: list[int]) -> Iterator[Checkpoint]:
    """Each checkpoint that was the first to cover one of these, once."""
    covered = 0
    for number in numbers:
        if number >= covered:
            head = Checkpoint.objects.filter(size__gt=number).order_by("size").first()
            assert head is not None
            covered = head.size
            yield head


def _growth(size: int, checkpoint: Checkpoint) -> Files:
    path = proofs.consistency(size, checkpoint)
    text = write_consistency(size, path, checkpoint.note)
    return {f"heads/{size:012d}.consistency": text.encode()}


def openings(entries: Iterable[Entry]) -> bytes:
    """Salt and value of whatever can still be opened."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        sealed = {
            f"/facts/{name}": fact["sealed"]
            for name, fact in entry.facts.items()
            if isinstance(fact, dict)
        }
        if isinstance(entry.content["person"], dict):
            sealed["/person"] = entry.content["person"]["sealed"]
        opened = {
            kept.path: {"salt": bytes(kept.salt).hex(), "value": kept.opened()}
            for kept in entry.commitments.all()
            if kept.path in sealed
            and kept.path not in OF_ROWS
            and kept.opens(sealed[kept.path])
        }
        if opened:
            found[str(entry.leaf.index)] = opened
    return written(found)


def written(value: Any) -> bytes:
    """JSON for people to read, in one way only."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()
