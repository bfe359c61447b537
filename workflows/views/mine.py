"""What is put to me, and what became of what I voted on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render

from villages.models import RosterEntry, Village
from workflows.models import Sitting
from workflows.presenting.mine import Mine
from workflows.worklist.voting import asked_of

from .doors import Visit, door, frame
from .sittings import PAGE, Cursor, coming, past

if TYPE_CHECKING:
    from django.db.models import QuerySet

ASKED = 40  # sittings that are coming, of all bodies, of which the person's are picked


@door("GET")
def mine(request: Visit) -> HttpResponse:
    """What a representative, or anybody entitled, comes to a sitting for."""
    villages = list(Village.objects.for_user(request.user)[:2])
    only = villages[0] if len(villages) == 1 else None
    context: dict[str, Any] = frame(request.user, only)
    resident = request.user.resident
    if resident is not None:
        context |= _of(request, Mine(resident, context["reader"]))
    return render(request, "workflows/mine.html", context)


def _of(request: Visit, mine: Mine) -> dict[str, Any]:
    cursor = Cursor.of(request)
    rows = _theirs(request.user)
    called = [] if cursor else list(coming(rows)[:ASKED])
    theirs = RosterEntry.objects.entitled().of(mine.resident)
    on_rosters = theirs.filter(roster=OuterRef("roster"))
    sat = past(rows.filter(Exists(on_rosters)), cursor)
    found = list(sat.exclude(state=Sitting.State.CONVENED)[: PAGE + 1])
    votes = asked_of(request.user).values_list("pk", flat=True)
    return {
        "known": True,
        "coming": mine.coming(called, votes),
        "over": mine.over(found[:PAGE]),
        "newer_url": "?" if cursor else None,
        "older_url": Cursor.after(found[PAGE - 1]) if len(found) > PAGE else None,
    }


def _theirs(user: Any) -> QuerySet[Sitting]:
    """Sittings of their villages, each with its roster."""
    here = Sitting.objects.filter(village__in=Village.objects.for_user(user))
    return here.select_related("village", "roster")
