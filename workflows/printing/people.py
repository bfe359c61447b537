"""Who is to sign: the frozen roster where there is one, else what it would be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from villages import rosters
from villages.models import Resident, RosterEntry, Seat
from workflows.presenting.people import CAPACITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from villages.entitlement import Line
    from workflows.models import Sitting

SEXES: dict[Any, Any] = dict(Resident.Sex.choices)
SEATS: dict[Any, Any] = dict(Seat.Capacity.choices)
REASONS: dict[Any, Any] = dict(RosterEntry.LeftOut.choices)
# They may be in the room, and have no vote: the party's own rules invite them.
WITHOUT_VOTE = ("probationary", "suspended")


@dataclass(frozen=True)
class Signer:
    """One line of the sign-in sheet."""

    number: int
    name: str
    sex: str
    home: str  # group, and where households sit, which one
    capacity: str
    key: str = ""
    left_out: str = ""


def lines_of(sitting: Sitting) -> list[Signer]:
    """Everybody of the roster, those without a vote as well."""
    rows: Sequence[Line | RosterEntry]
    if sitting.roster is None:
        rows = rosters.preview(
            sitting.village,
            sitting.body,
            on=sitting.held_on,
            mode=sitting.mode,
            group_name=sitting.group_name,
        )
    else:
        rows = list(sitting.roster.entries.select_related("household"))
    households = sitting.mode == sitting.Mode.HOUSEHOLDS
    return [
        _signer(number, row, households=households)
        for number, row in enumerate(rows, 1)
    ]


def entitled(lines: Sequence[Signer]) -> list[Signer]:
    return [line for line in lines if not line.left_out]


def without_vote(lines: Sequence[Signer]) -> list[Signer]:
    """Those who are invited although they have no vote."""
    return [line for line in lines if line.left_out in WITHOUT_VOTE]


def _signer(number: int, row: Line | RosterEntry, *, households: bool) -> Signer:
    home = row.household
    place = home.group_name if home else ""
    if home and households:
        place = f"{place} {home.number}".strip()
    capacity = CAPACITIES.get(row.capacity) or SEATS.get(row.capacity) or ""
    return Signer(
        number=number,
        name=row.name,
        sex=str(SEXES.get(row.sex, "")),
        home=place,
        capacity=str(REASONS[row.left_out] if row.left_out else capacity),
        key=row.key,
        left_out=row.left_out,
    )
