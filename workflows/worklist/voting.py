"""What somebody in the room is asked to vote on at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from audit import clock
from workflows.models import Attendance, Ballot, Participation, Recusal, Sitting
from workflows.models.ballot import ELECTRONIC

from .todo import LIMIT, SENTENCES, Held, Todo

if TYPE_CHECKING:
    from villages.models import User


def votes(held: Held, user: User) -> list[Todo]:
    """Open votes of sittings to which this person came."""
    villages = {pk for found in held.villages.values() for pk in found}
    rows = asked_of(user).filter(sitting__village__in=villages)
    rows = rows.select_related("sitting__village", "matter").order_by("pk")[:LIMIT]
    return [
        Todo(
            str(SENTENCES["vote"]),
            row.matter.title,
            reverse("workflows:vote", args=[row.uid]),
            row.sitting.village.name,
            since=row.sitting.held_on,
        )
        for row in rows
    ]


def asked_of(user: User) -> QuerySet[Ballot]:
    """Votes that this person may cast and has not, one by one."""
    if user.resident_id is None:
        return Ballot.objects.none()
    theirs = {"entry__resident": user.resident_id}
    there = Attendance.objects.filter(
        sitting=OuterRef("sitting"), left_at=None, entry__left_out="", **theirs
    )
    done = [
        Exists(model._default_manager.filter(ballot=OuterRef("pk"), **theirs))
        for model in (Participation, Recusal)
    ]
    return Ballot.objects.filter(
        Q(closes_at=None) | Q(closes_at__gt=clock.now()),
        Exists(there),
        *(~each for each in done),
        sitting__state=Sitting.State.HELD,
        state=Ballot.State.OPEN,
        method__in=ELECTRONIC,
    )
