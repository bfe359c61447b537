"""What whoever keeps a sitting does about a vote that people cast themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from audit import codes
from villages.models import RosterEntry
from workflows.acts import casting, leaving
from workflows.forms.casting import Assist, Leave, PrintSlips, Recuse
from workflows.forms.fields import ActForm
from workflows.models import Ballot, Sitting
from workflows.presenting import sitting_url
from workflows.presenting.concerned import concerned
from workflows.presenting.quorum import quorum_of
from workflows.presenting.voters import in_the_room, may_be_recused, turnout, waiting

from .desk import context_of, kept
from .doors import Visit, ask_or_perform, door, kept_by_nobody
from .items import Page, item_or_404, keeper

PAGES = "workflows/casting/"


@door("GET", "POST")
def recuse(request: Visit, uid: str, position: int) -> HttpResponse:
    """Somebody whom the question concerns does not vote on it."""
    ballot = item_or_404(request.user, uid, position)
    casting.can_recuse(ballot)
    keeper(ballot, request.user, "recuse")
    people = list(may_be_recused(ballot))
    page = Page(request, ballot, f"{PAGES}recuse.html", "recuse", _("已登记回避"))
    return page.answer(
        lambda *data: Recuse(*data, people=people),
        lambda form: casting.recuse(
            ballot,
            form.one,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        ),
        concerned=concerned(ballot, people),
    )


@door("GET", "POST")
def slips(request: Visit, uid: str, position: int) -> HttpResponse:
    """Slips for those without a telephone; the answer is the paper itself."""
    ballot = item_or_404(request.user, uid, position)
    casting.can_issue_slips(ballot)
    keeper(ballot, request.user, "slips")
    people = list(waiting(ballot))

    def printed(made: list[tuple[RosterEntry, str]]) -> HttpResponse:
        return _paper(request, ballot, made)

    page = Page(request, ballot, f"{PAGES}slips.html", "slips", "", then=printed)
    return page.answer(
        lambda *data: PrintSlips(*data, people=people),
        lambda form: casting.issue_slips(ballot, form.chosen, actor=request.user),
        had=set(ballot.slips.values_list("entry_id", flat=True)),
    )


def _paper(
    request: Visit, ballot: Ballot, made: list[tuple[RosterEntry, str]]
) -> HttpResponse:
    """Each slip once: the codes are nowhere else, and no browser keeps them."""
    address = request.build_absolute_uri(reverse("workflows:vote_slip"))
    context = {
        "ballot": ballot,
        "matter": ballot.matter,
        "sitting": ballot.sitting,
        "village": ballot.village,
        "site": address,
        "back_url": sitting_url(ballot.sitting),
        "slips": [(entry, code, f"{address}?code={code}") for entry, code in made],
    }
    return kept_by_nobody(render(request, f"{PAGES}slips_print.html", context))


@door("GET", "POST")
@sensitive_post_parameters("choice")
def assist(request: Visit, uid: str, position: int) -> HttpResponse:
    """The clerk enters a vote for somebody in the room, who signs for it."""
    ballot = item_or_404(request.user, uid, position)
    casting.can_issue_slips(ballot)
    keeper(ballot, request.user, "cast_for")
    people = list(waiting(ballot))

    def entered(receipt: str) -> HttpResponse:
        context = {
            "receipt": codes.spell(receipt),
            "next_url": request.path,
            "back_url": sitting_url(ballot.sitting),
        }
        return kept_by_nobody(render(request, f"{PAGES}assisted.html", context))

    page = Page(request, ballot, f"{PAGES}assist.html", "cast_for", "", then=entered)
    return page.answer(
        lambda *data: Assist(*data, people=people),
        lambda form: casting.cast_for(
            ballot,
            form.one,
            form.cleaned_data["choice"],
            actor=request.user,
            signed=form.cleaned_data["signed"],
        ),
    )


@door("GET", "POST")
def close_ballot(request: Visit, uid: str, position: int) -> HttpResponse:
    """The chair ends the vote."""
    ballot = item_or_404(request.user, uid, position)
    casting.can_close_ballot(ballot)
    keeper(ballot, request.user, "close_ballot")
    done = _("表决已结束，待监票人核对")
    page = Page(request, ballot, f"{PAGES}close.html", "close_ballot", done)
    return page.answer(
        ActForm,
        lambda form: casting.close_ballot(ballot, actor=request.user),
        turnout=turnout(ballot),
    )


@door("GET", "POST")
def leave(request: Visit, uid: str) -> HttpResponse:
    """Who left the room."""
    found = kept(request, uid, "leave")
    leaving.can_leave(found)
    people = list(in_the_room(found))
    return ask_or_perform(
        request,
        lambda *sent: Leave(*sent, people=people),
        lambda form: (leaving.leave(found, actor=request.user, **form.gone), form.said),
        done=lambda told: _left(request, *told),
        template=f"{PAGES}leave.html",
        context=context_of(request, found, quorum=quorum_of(found, came=True)),
        about=found,
    )


def _left(request: Visit, left: Sitting, who: str) -> HttpResponse:
    """How many are there now, and whether the quorum still stands."""
    facts: dict[str, Any] = {"n": left.present, "who": who}
    facts["quorum"] = quorum_of(left, came=True).sentence
    said = _("%(who)s离会，现在到会 %(n)s 人。%(quorum)s") % facts
    messages.success(request, said)
    return redirect(sitting_url(left))
