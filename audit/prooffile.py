"""Proofs as files, in C2SP's formats: that an entry is in a log, that a log grew.

An inclusion proof is a `tlog-proof`. A consistency proof is written as witnesses are
asked for a cosignature (`tlog-witness`): the size that is known, the hashes, and the
checkpoint to which they lead. Needs the standard library and `cryptography`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .note import BadNote, tobase64, unbase64
from .tree import HASH_BYTES, LONGEST_PROOF

LARGEST = 64 * 1024

_INCLUSION = re.compile(r"c2sp\.org/tlog-proof@v1\nindex (0|[1-9][0-9]{0,18})\n")
_CONSISTENCY = re.compile(r"old (0|[1-9][0-9]{0,18})\n")


@dataclass(frozen=True)
class ProofFile:
    """A number, the hashes, and the checkpoint they lead to."""

    number: int  # of the entry; for consistency, how many entries were known
    path: list[bytes]
    checkpoint: str


def read_inclusion(data: bytes) -> ProofFile:
    """Raises BadNote where it is not written as it must be."""
    return _read(data, _INCLUSION)


def read_consistency(data: bytes) -> ProofFile:
    """Raises BadNote where it is not written as it must be."""
    return _read(data, _CONSISTENCY)


def write_consistency(old: int, path: Iterable[bytes], checkpoint: str) -> str:
    steps = "".join(f"{tobase64(each)}\n" for each in path)
    return f"old {old}\n{steps}\n{checkpoint}"


def _read(data: bytes, first: re.Pattern[str]) -> ProofFile:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise BadNote("a proof is text in UTF-8") from None
    begun = first.match(text)
    if begun is None or len(text) > LARGEST:
        raise BadNote("not a proof")
    lines, blank, checkpoint = text[begun.end() :].partition("\n\n")
    if text[begun.end() :].startswith("\n"):
        lines, blank, checkpoint = "", "\n", text[begun.end() + 1 :]
    path = [unbase64(line) for line in lines.split("\n")] if lines else []
    if not blank or len(path) > LONGEST_PROOF:
        raise BadNote("not a proof")
    if any(len(each) != HASH_BYTES for each in path):
        raise BadNote("not the hashes of a proof")
    return ProofFile(int(begun[1]), path, checkpoint)
