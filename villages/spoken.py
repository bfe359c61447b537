"""What entries say of rosters, and how it is checked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from audit.discrepancy import MASKED, Discrepancy
from audit.rows import Table, register_check

from .models import (
    Body,
    Division,
    Household,
    Kinship,
    Office,
    Resident,
    Roster,
    RosterEntry,
    Seat,
    User,
    Village,
)
from .rosters import LINE, root_over

AT_ONCE = 500
COLUMNS = ", ".join(
    ["root", "salt", *(str(each.column) for each in RosterEntry._meta.concrete_fields)]
)
BY_ROOT = "the root over the lines"


def roots() -> Iterator[Discrepancy]:
    """Each frozen roster's root is the one over its lines as they are."""
    rows = RosterEntry.objects.order_by("roster_id", "number")
    lines = rows.values_list("roster_id", *LINE).iterator(chunk_size=AT_ONCE)
    grouped = groupby(lines, key=lambda line: line[0])
    owner, some = next(grouped, (None, iter(())))
    rosters = Roster.objects.exclude(frozen_at=None).select_related("village")
    for roster in rosters.order_by("pk").iterator(chunk_size=AT_ONCE):
        while owner is not None and owner < roster.pk:
            owner, some = next(grouped, (None, iter(())))
        held: list[Any] = []
        if owner == roster.pk:
            held = [line[1:] for line in some]
        if root_over(roster, held) != roster.root:
            yield Discrepancy(
                "rows",
                "villages_roster, villages_rosterentry",
                str(roster.pk),
                COLUMNS,
                MASKED,
                MASKED,
            )


register_check(
    Table(
        Roster,
        kept=(
            "village",
            "body",
            "mode",
            "group_name",
            "compiled_on",
            "eligible",
            "frozen_at",
            "root",
        ),
        elsewhere={"salt": BY_ROOT},
        due=lambda roster: roster.frozen_at is not None,
    ),
    check=roots,
    unspoken={
        RosterEntry: "its roster's root is over all lines, each with its number",
        **dict.fromkeys(
            [Division, Village, Body, Seat, Office, Household, Resident, Kinship],
            "the register, which people keep up to date; a roster freezes what it says",
        ),
        User: "an account; what somebody did with it is what entries say",
    },
)
