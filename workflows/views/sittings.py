"""Sittings: the list, the notice of a new one, and the desk at which it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from audit.models import Entry
from villages.models import Office, Village
from workflows import findings, printing
from workflows.acts import Forbidden
from workflows.acts import sitting as keeping
from workflows.bodies import BODIES
from workflows.forms.sittings import Convene
from workflows.models import Ballot, Sitting
from workflows.presenting import Reader, convenor_of, sitting_url, timeline
from workflows.presenting.calling import candidates, notice_of

from . import printed, signed
from .agenda import Button
from .asked import Asked, choose
from .cures import act_url
from .doors import Visit, ask_or_perform, door, file_or_404, frame, sitting_or_404
from .now import as_it_stands

if TYPE_CHECKING:
    from django.db.models import QuerySet

PAGE = 20
COMING = 50
SCANS = {"sign_in": lazy("签到册照片"), "tally": lazy("计票单照片")}
STALE = timedelta(days=30)  # called, never held, and no longer among those that come


@door("GET")
def sittings(request: Visit) -> HttpResponse:
    """The sittings of my villages: what is coming first, then what is over."""
    villages = list(Village.objects.for_user(request.user).order_by("slug"))
    several = len(villages) > 1
    cursor = Cursor.of(request)
    mine = Sitting.objects.filter(village__in=villages).select_related("village")
    mine = mine.prefetch_related("ballots__matter")
    called = [] if cursor else list(coming(mine)[:COMING])
    over = list(past(mine, cursor)[: PAGE + 1])
    reader = Reader.of(request.user)
    context = {
        **frame(request.user, None if several or not villages else villages[0]),
        "several": several,
        "coming": called,
        "past": over[:PAGE],
        "newer_url": "?" if cursor else None,
        "older_url": Cursor.after(over[PAGE - 1]) if len(over) > PAGE else None,
        "keeps_in": _keeps_in(request.user),
        "reader": reader,
    }
    return render(request, "workflows/sittings/list.html", context)


@dataclass(frozen=True)
class Cursor:
    """The last row of the page before: rows older than it follow."""

    held_at: datetime
    pk: int

    @classmethod
    def of(cls, request: Visit) -> Cursor | None:
        asked = request.GET.get("before", "")
        if not asked:
            return None
        instant, _dash, pk = asked.partition("-")
        if not (f"{instant}{pk}".isascii() and instant.isdigit() and pk.isdigit()):
            raise Http404
        if len(instant) > 11 or len(pk) > 18:  # noqa: PLR2004
            raise Http404
        return cls(datetime.fromtimestamp(int(instant), tz=clock.ZONE), int(pk))

    @staticmethod
    def after(sitting: Sitting) -> str:
        return f"?before={int(sitting.held_at.timestamp())}-{sitting.pk}"


def coming(mine: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """Those that are called or held, the next one first."""
    return mine.filter(
        state__in=(Sitting.State.CONVENED, Sitting.State.HELD),
        held_at__gte=clock.now() - STALE,
    ).order_by("held_at", "pk")


def past(mine: QuerySet[Sitting], cursor: Cursor | None) -> QuerySet[Sitting]:
    """Those that are over, the newest first; called and never held among them."""
    over = mine.filter(
        Q(state__in=(Sitting.State.CLOSED, Sitting.State.LAPSED))
        | Q(held_at__lt=clock.now() - STALE)
    )
    if cursor is not None:
        at = cursor.held_at
        over = over.filter(Q(held_at__lt=at) | Q(held_at=at, pk__lt=cursor.pk))
    return over.order_by("-held_at", "-pk")


def _keeps_in(user: Any) -> list[Village]:
    """The villages in which the person may keep a sitting of some body."""
    roles = {role for body in BODIES.values() for role in body.operated_by}
    held = Office.objects.held_by(user).filter(role__in=roles)
    found = {o.village_id: o.village for o in held.select_related("village")}
    return [village for village in found.values() if village is not None]


@door("GET", "POST")
def convene(request: Visit, slug: str) -> HttpResponse:
    """People are called together."""
    asked = Asked.of(request, slug, "convene")
    if asked.body is None:
        return choose(request, asked)
    offered = candidates(asked.matters, asked.body)
    notice = notice_of(asked.village_rules(), asked.body)
    context = {
        **frame(request.user, asked.village),
        "body": BODIES[asked.body],
        "notice": notice,
        "names": asked.names,
        "none_waits": not any(candidate.place == 0 for candidate in offered),
        "change_url": asked.address("convene", body=None),
    }
    initial = asked.first_answers() | {
        "held_at": asked.at(notice.earliest),
        "matters": asked.chosen_keys(offered),
    }
    form = partial(Convene, body=asked.body, offered=offered, groups=asked.groups())

    def done(convened: Sitting) -> HttpResponse:
        messages.success(request, _("通知已生成，请打印资料袋并通知到人"))
        return redirect(sitting_url(convened))

    return ask_or_perform(
        request,
        partial(form, initial=initial),
        lambda filled: keeping.convene(
            asked.village, keeping.Call(**filled.call), actor=request.user
        ),
        done=done,
        template="workflows/sittings/convene.html",
        context=context,
    )


@door("GET")
def sitting(request: Visit, uid: str) -> HttpResponse:
    """The desk: from the notice to the result, one thing at a time."""
    found = sitting_or_404(request.user, uid)
    context = frame(request.user, found.village)
    reader = context["reader"]
    context |= as_it_stands(found, reader, request.user)
    ballots = context["ballots"]
    entries = Entry.objects.of(found, *ballots).order_by("id")
    if reader.officer:
        entries = entries.ready_to_open()
    context |= {
        "convenor": convenor_of(found),
        **_pointed_out(found, ballots, reader),
        "entries": timeline(entries, for_officers=reader.officer, ballots=ballots),
        "recorded_on": clock.local(found.recorded_at).date(),
        "scans": _scans(found) if reader.officer else [],
        **signed.shown(found, reader),
        "prints": printed.buttons(found, ballots, reader, request.user),
        "prints_not": printing.switched_off(),
    }
    return render(request, "workflows/sittings/sitting.html", context)


def _pointed_out(
    found: Sitting, ballots: list[Ballot], reader: Reader
) -> dict[str, Any]:
    """What is irregular about it, for officers, and where it can be explained."""
    if not reader.officer:
        return {}
    matters = [b.matter for b in ballots if b.state == Ballot.State.DECLARED]
    explained_at = (act_url(m, "explain") for m in matters if reader.may(m, "explain"))
    return {
        "findings": findings.of_sitting_and_said(found, matters),
        "explain_url": next(explained_at, ""),
    }


def _scans(found: Sitting) -> list[Button]:
    """The photographed sheets that were handed in with it."""
    return [
        Button(str(SCANS[name]), reverse("workflows:scan", args=[found.uid, name]))
        for name, file in _handed_in(found).items()
        if file
    ]


def _handed_in(found: Sitting) -> dict[str, Any]:
    return {"sign_in": found.sign_in_sheet, "tally": found.tally_sheet}


@door("GET")
def scan(request: Visit, uid: str, name: str) -> FileResponse:
    """A photographed sheet of a sitting held on paper, for officers."""
    found = sitting_or_404(request.user, uid)
    if not Reader.of(request.user, found.village).officer:
        raise Forbidden("scan")
    return file_or_404(_handed_in(found).get(name))
