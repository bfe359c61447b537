"""Who is in the room, who may vote there, and who has still to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from villages.models import RosterEntry
from workflows.models import Attendance

if TYPE_CHECKING:
    from workflows.models import Ballot, Sitting


@dataclass(frozen=True)
class Turnout:
    """How far a vote has come: how many have voted, of how many who may."""

    cast: int
    of: int

    @property
    def missing(self) -> int:
        return self.of - self.cast


def in_the_room(sitting: Sitting) -> QuerySet[RosterEntry]:
    """Those entitled who came, and have not left."""
    there = Attendance.objects.filter(
        sitting=sitting, entry=OuterRef("pk"), left_at=None
    )
    rows = RosterEntry.objects.entitled().filter(roster=sitting.roster_id)
    return rows.filter(Exists(there))


def may_vote(ballot: Ballot) -> QuerySet[RosterEntry]:
    """Those of them who are not recused."""
    recused = ballot.recusals.filter(entry=OuterRef("pk"))
    return in_the_room(ballot.sitting).exclude(Exists(recused))


def waiting(ballot: Ballot) -> QuerySet[RosterEntry]:
    """Those of them who have not voted yet."""
    voted = ballot.participations.filter(entry=OuterRef("pk"))
    return may_vote(ballot).exclude(Exists(voted))


def turnout(ballot: Ballot) -> Turnout:
    of = may_vote(ballot).count()
    return Turnout(of - waiting(ballot).count(), of)


def may_be_recused(ballot: Ballot) -> QuerySet[RosterEntry]:
    """Those entitled who have neither voted nor been recused, present or not."""
    recused = ballot.recusals.filter(entry=OuterRef("pk"))
    voted = ballot.participations.filter(entry=OuterRef("pk"))
    rows = RosterEntry.objects.entitled().filter(roster=ballot.sitting.roster_id)
    return rows.exclude(Exists(recused)).exclude(Exists(voted))
