"""How a sitting stands this moment: what comes next, who is there, each item.

The part of the desk that is read anew while others act. It says by `seen` what the page
shows already; where nothing happened since, the answer is empty and costs little.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import clock
from audit.models import Entry
from workflows.forms.counts import EnterCount, OpenBallot
from workflows.forms.fields import ActForm
from workflows.models import Ballot, Sitting
from workflows.models.ballot import UNDER_WAY
from workflows.presenting import Reader, frame, matter_url
from workflows.presenting.attending import after_leaving, room
from workflows.presenting.quorum import quorum_now

from .agenda import Button, ballots_of, item
from .doors import Visit, door, sitting_or_404
from .items import counting, declaring, opening
from .lead import Desk

if TYPE_CHECKING:
    from villages.models import User

NOTHING_NEW = 204
EVERY = 5  # seconds
LIVE = (Sitting.State.CONVENED, Sitting.State.HELD)
# What can be done at the desk itself: the form, and what is to be read beside it.
Beside = Callable[[Ballot], dict[str, Any]]
STEPS: dict[str, tuple[type[ActForm], Beside]] = {
    "open_ballot": (OpenBallot, opening),
    "count": (EnterCount, counting),
    "declare": (ActForm, declaring),
}


def pulse(found: Sitting) -> str:
    """Another word whenever something happened that the desk shows."""
    put = found.ballots.order_by("pk").annotate(cast=Count("participations__entry"))
    rows = list(
        put.values_list("uid", "state", "matter__stage", "matter__text_version", "cast")
    )
    subjects = [found.subject, *(f"ballot/{uid}" for uid, *_rest in rows)]
    newest = Entry.objects.of(*subjects).aggregate(Max("id"))
    told = repr((found.state, rows, newest, clock.today()))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def as_it_stands(found: Sitting, reader: Reader, user: User) -> dict[str, Any]:
    """What the desk shows of this moment; read after the pulse, so never older."""
    beat = pulse(found)
    ballots, quorum = ballots_of(found), quorum_now(found)
    lead = Desk(found, ballots, reader, user).lead(quorum)
    inside = room(found) if reader.officer else None
    return {
        "sitting": found,
        "ballots": ballots,
        "quorum": quorum,
        "lead": lead,
        "items": [item(ballot, reader) for ballot in ballots],
        "room": inside,
        "door": _door(found, ballots, reader),
        "after_leaving": after_leaving(found, inside, ballots),
        "pulse": beat,
        "every": EVERY if found.state in LIVE else None,
        **_step(lead.button),
    }


def _door(found: Sitting, ballots: list[Ballot], reader: Reader) -> list[Button]:
    """How people are entered while they come and go, for who keeps the sitting.

    Nobody is signed in while a vote is under way; the screen says so itself.
    """
    shut = found.paper or found.state not in LIVE or found.held_on > clock.today()
    if shut or not reader.keeps(found):
        return []
    pages = {"arrive": _("签到"), "screen": _("签到码"), "observe": _("列席")}
    if any(ballot.state in UNDER_WAY for ballot in ballots):
        del pages["arrive"]
    return [
        Button(label, reverse(f"workflows:{name}", args=[found.uid]))
        for name, label in pages.items()
    ]


def _step(button: Button | None) -> dict[str, Any]:
    """The form of what comes next, where it is filled in at the desk itself.

    What somebody has begun to fill in is kept while the same step of the same counts
    waits; the form is called by them.
    """
    if button is None or button.step not in STEPS or button.ballot is None:
        return {}
    ballot = button.ballot
    if ballot.sitting.paper:
        return {}
    form, beside = STEPS[button.step]
    more = beside(ballot)
    seen = f"{ballot.uid}-{more.get('seen', '')}"
    return {
        "step": {
            "url": button.url,
            "id": f"step-{button.step}-{seen}",
            "name": button.step,
        },
        "ballot": ballot,
        "matter": ballot.matter,
        "matter_url": matter_url(ballot.matter),
        "form": form(about=ballot),
        **more,
    }


@door("GET")
def sitting_now(request: Visit, uid: str) -> HttpResponse:
    """The part of the desk that changes; nothing where the page shows it already."""
    found = sitting_or_404(request.user, uid)
    if request.GET.get("seen") == pulse(found):
        return HttpResponse(status=NOTHING_NEW)
    context = frame(request.user, found.village)
    context |= as_it_stands(found, context["reader"], request.user)
    return render(request, "workflows/sittings/_now.html", context)
