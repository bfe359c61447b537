"""Sittings to be served, held and brought to their end; counts to be witnessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import clock
from villages.models import RosterEntry
from workflows import permissions
from workflows.bodies import AMONG_THEMSELVES, BODIES
from workflows.models import Ballot, Sitting
from workflows.templatetags.stages import zh_date

from .todo import LIMIT, SENTENCES, Held, Todo

if TYPE_CHECKING:
    from villages.models import User


def _kept_by(held: Held, roles_of: Callable[[str], Iterable[str]]) -> Q:
    """Sittings of bodies this person may keep, in their villages."""
    asked = Q(pk=None)
    for body in BODIES:
        if villages := held.where(roles_of(body)):
            asked |= Q(body=body, village__in=villages)
    return asked


def sittings(held: Held, user: User) -> list[Todo]:
    """Sittings to be served, held, and brought to their end."""
    rows = (
        Sitting.objects.filter(
            _kept_by(held, lambda body: BODIES[body].operated_by),
            state__in=(Sitting.State.CONVENED, Sitting.State.HELD),
        )
        .select_related("village")
        .order_by("held_at")[:LIMIT]
    )
    return [_sitting(row) for row in rows]


def _sitting(sitting: Sitting) -> Todo:
    if sitting.state == Sitting.State.HELD:
        verb = "count"
    elif sitting.held_on <= clock.today():
        verb = "hold"
    else:
        verb = "serve" if sitting.reached is None else "hold"
    sentence = str(SENTENCES[verb])
    if verb == "hold" and sitting.held_on > clock.today():
        sentence = _("等开会：%(date)s") % {"date": zh_date(sitting.held_on)}
    return Todo(
        sentence,
        _("%(body)s（%(date)s）")
        % {"body": sitting.words.name, "date": zh_date(sitting.held_on)},
        reverse("workflows:sitting", args=[sitting.uid]),
        sitting.village.name,
        since=sitting.noticed_on,
        due=sitting.held_on,
    )


def counts(held: Held, user: User) -> list[Todo]:
    """Counts that wait for a second person, where it may be this one."""
    votes_there = RosterEntry.objects.entitled().filter(
        roster=OuterRef("sitting__roster"), resident=user.resident_id or 0
    )
    rows = (
        Ballot.objects.filter(
            ~Q(sitting__body__in=AMONG_THEMSELVES) | Exists(votes_there),
            state=Ballot.State.COUNTED,
            sitting__village__in=held.where(permissions.witness.roles),
        )
        .exclude(tallies__entered_by=user)
        .exclude(sitting__chair=str(user))
        .select_related("sitting__village", "matter")
        .order_by("pk")[:LIMIT]
    )
    return [
        Todo(
            str(SENTENCES["witness"]),
            row.matter.title,
            reverse("workflows:sitting", args=[row.sitting.uid]),
            row.sitting.village.name,
            since=row.sitting.held_on,
        )
        for row in rows
    ]
