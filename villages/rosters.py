"""Rosters are compiled for a day, corrected while they are open, then frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.canonical import Json, canonical
from villages.entitlement import Line, lines_of
from villages.models import Resident, Roster, RosterEntry, Village

# What the root says of a line.
LINE = (
    *("number", "resident", "household", "name", "sex", "capacity"),
    *("left_out", "note"),
)


class RosterFrozen(Exception):
    """The roster is frozen; whoever is on it stays on it."""


@transaction.atomic
def compile(
    village: Village,
    body: str,
    *,
    on: date,
    mode: str = Roster.Mode.PERSONS,
    group_name: str = "",
) -> Roster:
    """Write down who is entitled in a body on a day, and who is left out and why."""
    roster = Roster(
        village=village, body=body, mode=mode, group_name=group_name, compiled_on=on
    )
    lines = in_order(roster)
    roster.eligible = sum(not line.left_out for line in lines)
    roster.save()
    RosterEntry.objects.bulk_create(
        RosterEntry(roster=roster, number=number, **vars(line))
        for number, line in enumerate(lines, start=1)
    )
    return roster


def preview(
    village: Village,
    body: str,
    *,
    on: date,
    mode: str = Roster.Mode.PERSONS,
    group_name: str = "",
) -> list[Line]:
    """What would be written down; nothing is."""
    roster = Roster(
        village=village, body=body, mode=mode, group_name=group_name, compiled_on=on
    )
    return in_order(roster)


def in_order(roster: Roster) -> list[Line]:
    return sorted(lines_of(roster), key=Line.place)


@transaction.atomic
def correct(entry: RosterEntry, *, left_out: str, note: str) -> None:
    """Leave somebody out, or put them back (`left_out=""`), and say on what ground."""
    roster = still_open(entry.roster)
    entry.left_out, entry.note = left_out, explained(note)
    entry.save(update_fields=["left_out", "note"])
    recount(roster)


@transaction.atomic
def include(
    roster: Roster, resident: Resident, *, note: str, capacity: str = ""
) -> RosterEntry:
    """Add somebody whom the register does not yield, and say on what ground.

    So the members of a branch that spans several villages come onto one roster.
    """
    roster = still_open(roster)
    last = roster.entries.aggregate(number=Max("number"))["number"] or 0
    entry = roster.entries.create(
        number=last + 1,
        resident=resident,
        household=resident.household,
        name=resident.name,
        sex=resident.sex,
        capacity=capacity,
        note=explained(note),
    )
    recount(roster)
    return entry


@transaction.atomic
def freeze(roster: Roster) -> Roster:
    """Close the roster for good: count the entitled and seal the lines with a root."""
    roster = still_open(roster)
    roster.eligible = roster.entries.entitled().count()
    roster.root = root_of(roster)
    roster.frozen_at = clock.now()
    roster.save(update_fields=["eligible", "root", "frozen_at"])
    return roster


def still_open(roster: Roster) -> Roster:
    """The roster, locked against everybody else, or refused because it is frozen."""
    locked = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    if locked.frozen_at is not None:
        raise RosterFrozen(RosterFrozen.__doc__)
    return locked


def recount(roster: Roster) -> None:
    roster.eligible = roster.entries.entitled().count()
    roster.save(update_fields=["eligible"])


def explained(note: str) -> str:
    if not note.strip():
        raise ValidationError(_("请写明增减名册的理由。"))
    return note.strip()


def root_of(roster: Roster) -> str:
    """The hash of all lines, over bytes that can be written in one way only."""
    return root_over(roster, lines_of_roster(roster))


def root_over(roster: Roster, lines: Iterable[Sequence[Any]]) -> str:
    """The same, of lines that were read already, in the order of their numbers."""
    return hashlib.sha256(canonical(_document(roster, lines))).hexdigest()


def written_out(roster: Roster) -> dict[str, Json]:
    """What the root is the hash of: with it, anybody can find the root again."""
    return _document(roster, lines_of_roster(roster))


def lines_of_roster(roster: Roster) -> Iterable[Sequence[Any]]:
    return roster.entries.order_by("number").values_list(*LINE)


def _document(roster: Roster, lines: Iterable[Sequence[Any]]) -> dict[str, Json]:
    return {
        "v": 1,
        "village": roster.village.slug,
        "body": str(roster.body),
        "mode": str(roster.mode),
        "group": roster.group_name,
        "on": roster.compiled_on.isoformat(),
        "salt": roster.salt,
        "lines": [list(line) for line in lines],
    }
