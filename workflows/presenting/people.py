"""Who may come to a sitting: the rows of its roster, or those it would have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from villages import rosters
from villages.models import RosterEntry
from villages.models.roster import line_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from villages.entitlement import Line
    from villages.models import Resident, Village
    from workflows.models import Sitting

LARGE = 100  # beyond it, attendance is entered as totals
# Where the body alone does not say in which capacity somebody sits.
CAPACITIES = {"committee": lazy("村委会成员"), "chair": lazy("负责人")}


@dataclass(frozen=True)
class Person:
    """Somebody entitled, by a key that does not change with the roster."""

    key: str
    label: str


@dataclass(frozen=True)
class LeftOut:
    """Somebody who is not entitled, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class People:
    """Everybody of one roster, as the pages of attendance show them."""

    entitled: tuple[Person, ...]
    left_out: tuple[LeftOut, ...]
    body: str
    on: date

    @property
    def by_totals(self) -> bool:
        """Large bodies, and those of whom some come online or by proxy."""
        return len(self.entitled) > LARGE or self.body == "members"

    @property
    def keys(self) -> list[str]:
        return [person.key for person in self.entitled]


def on_roster(sitting: Sitting) -> People:
    """The frozen roster where there is one, else what it would be on that day."""
    if sitting.roster is None:
        return expected(
            sitting.village,
            sitting.body,
            on=sitting.held_on,
            mode=sitting.mode,
            group_name=sitting.group_name,
        )
    rows = sitting.roster.entries.select_related("household")
    return _people(list(rows), sitting.body, sitting.held_on)


def is_called(sitting: Sitting, resident: Resident) -> bool:
    """By the frozen roster; before there is one, by what it would be."""
    if sitting.roster is not None:
        return sitting.roster.entries.entitled().of(resident).exists()
    own = {line_key(resident.pk, None), line_key(None, resident.household_id)}
    return not own.isdisjoint(on_roster(sitting).keys)


def expected(
    village: Village,
    body: str,
    *,
    on: date,
    mode: str = "persons",
    group_name: str = "",
) -> People:
    """Who would be on the roster of that day; nothing is written down."""
    if body == "group" and not group_name:
        return People((), (), body, on)
    lines = rosters.preview(village, body, on=on, mode=mode, group_name=group_name)
    return _people(lines, body, on)


def _people(lines: Sequence[Line | RosterEntry], body: str, on: date) -> People:
    names = Counter(line.name for line in lines if not line.left_out)
    reasons = dict(RosterEntry.LeftOut.choices)
    return People(
        tuple(
            Person(line.key, _label(line, twice=names[line.name] > 1))
            for line in lines
            if not line.left_out
        ),
        tuple(
            LeftOut(line.name, str(reasons[line.left_out]))
            for line in lines
            if line.left_out
        ),
        body,
        on,
    )


def _label(line: Line | RosterEntry, *, twice: bool) -> str:
    """The name, and what tells two of the same name apart."""
    label = line.name
    if twice and line.household is not None:
        label = _("%(name)s（%(number)s户）") % {
            "name": label,
            "number": line.household.number,
        }
    capacity = CAPACITIES.get(line.capacity)
    return f"{label}　{capacity}" if capacity else label
