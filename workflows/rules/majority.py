"""Enough of those who count were in favour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows import bodies

if TYPE_CHECKING:
    from workflows.models import Ballot


def pass_key(ballot: Ballot) -> str:
    """The key of the majority: the statute's for this type, else the body's own."""
    sitting = ballot.sitting
    special = sitting.rules.pass_key(ballot.matter.type, sitting.body)
    usual = bodies.pass_key(sitting.body)
    # A body the law of that day did not know yet is counted as the villagers are.
    return special or (usual if usual in sitting.rules else "vm.pass")


def votes_needed(ballot: Ballot, present: int | None = None) -> int:
    """The smallest number of votes in favour that passes, of so many present."""
    sitting = ballot.sitting
    threshold = sitting.rules.threshold(pass_key(ballot))
    came = sitting.present if present is None else present
    return threshold.need(sitting.eligible if threshold.of == "eligible" else came)
