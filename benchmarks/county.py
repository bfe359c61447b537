"""Ten years of a county in no time: a ballot of one village, over and over.

335 villages, of which each holds twelve sittings a year; thirty people come to each and
cast a secret vote. Copied are the rows of all tables in which a vote reads or writes.
Entries are not among them: casting neither reads nor writes any.
"""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import connection, models, transaction

from benchmarks.many import copy
from villages.models import Resident, Roster, RosterEntry, User, Village
from workflows.models import (
    Attendance,
    Ballot,
    Matter,
    MatterText,
    Participation,
    Receipt,
    SecretVote,
    Sitting,
    Tally,
)

VILLAGES, YEARS, A_YEAR = 335, 10, 12
FAR = 1_000_000_000  # beyond every number there is
PEOPLE = 1000  # more than are on a roster
ONE, UID = f"{FAR} + n", f"({FAR} + n)::text"
VILLAGE = f"{FAR} + 1 + n %% {VILLAGES}"


def fill(pattern: Ballot) -> None:
    """Copy what the pattern's village, sitting and ballot are made of."""
    with transaction.atomic():
        _run("SET LOCAL session_replication_role = replica")
        _copy_villages(pattern)
        _copy_sittings(pattern, VILLAGES * YEARS * A_YEAR)
    _run("VACUUM ANALYZE")
    _run("CHECKPOINT")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _far(column: str) -> str:
    return f"{FAR} + {column} + n * {PEOPLE}"


def _copy_villages(pattern: Ballot) -> None:
    """Villages, and who in them has an account and has signed in."""
    sitting, village = pattern.sitting, pattern.sitting.village_id
    lines = RosterEntry.objects.filter(roster=sitting.roster_id)
    people = ", ".join(map(str, lines.values_list("resident_id", flat=True)))
    copy(
        Village, VILLAGES, f"id = {village}", id=ONE, slug=f"slug || {UID}", code="NULL"
    )
    copy(
        Resident,
        VILLAGES,
        f"id IN ({people})",
        id=_far("id"),
        village_id=ONE,
        household_id="NULL",
    )
    copy(
        User,
        VILLAGES,
        f"resident_id IN ({people})",
        id=_far("id"),
        username="username || n",
        resident_id=_far("resident_id"),
    )
    copy(Session, VILLAGES, "true", session_key="md5(session_key || n)")


def _copy_sittings(pattern: Ballot, many: int) -> None:
    sitting, matter = pattern.sitting, pattern.matter
    one: dict[type[models.Model], tuple[int | None, dict[str, str]]] = {
        Matter: (
            matter.pk,
            {"uid": UID, "number": f"{FAR} + n", "village_id": VILLAGE},
        ),
        MatterText: (pattern.version_id, {"matter_id": ONE}),
        Roster: (sitting.roster_id, {"village_id": VILLAGE}),
        Sitting: (
            sitting.pk,
            {"uid": UID, "village_id": VILLAGE, "roster_id": ONE},
        ),
        Ballot: (
            pattern.pk,
            {"uid": UID, "sitting_id": ONE, "matter_id": ONE, "version_id": ONE},
        ),
        Tally: (pattern.tally.pk, {"ballot_id": ONE}),
    }
    for model, (pk, changed) in one.items():
        copy(model, many, f"id = {pk}", id=ONE, **changed)
    _copy_votes(pattern, many)


def _copy_votes(pattern: Ballot, many: int) -> None:
    """Who was called, who came, who voted, what was chosen, what they keep."""
    sitting, put = pattern.sitting, f"ballot_id = {pattern.pk}"
    entry = _far("entry_id")
    copy(
        RosterEntry,
        many,
        f"roster_id = {sitting.roster_id}",
        id=_far("id"),
        roster_id=ONE,
        resident_id=f"{FAR} + resident_id + (1 + n %% {VILLAGES}) * {PEOPLE}",
    )
    copy(
        Attendance,
        many,
        f"sitting_id = {sitting.pk}",
        id=_far("id"),
        sitting_id=ONE,
        entry_id=entry,
    )
    copy(Participation, many, put, ballot_id=ONE, entry_id=entry)
    anew = {"token": "gen_random_uuid()"}
    copy(SecretVote, many, put, ballot_id=ONE, **anew)
    copy(
        Receipt,
        many,
        put,
        ballot_id=ONE,
        code="lpad(to_hex(row_number() OVER ()), 10, '0')",
    )
