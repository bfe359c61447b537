"""The rows of the record, which PostgreSQL refuses to change."""

from .entry import (
    ERASED,
    LONGEST_BODY,
    Commitment,
    Entry,
    EntryQuerySet,
    Erased,
    Named,
    OctetLength,
)
from .numbered import (
    Checkpoint,
    Cosignature,
    Leaf,
    Tile,
    Unsequenced,
    Verification,
    Witness,
)

__all__ = [
    "ERASED",
    "LONGEST_BODY",
    "Checkpoint",
    "Commitment",
    "Cosignature",
    "Entry",
    "EntryQuerySet",
    "Erased",
    "Leaf",
    "Named",
    "OctetLength",
    "Tile",
    "Unsequenced",
    "Verification",
    "Witness",
]
