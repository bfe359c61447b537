"""The code that people scan to sign in: on the screen of the room, and behind it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import clock
from workflows import acts, rotating
from workflows.acts import arriving
from workflows.acts.sitting import being_voted_on
from workflows.forms.fields import ActForm
from workflows.models import Attendance, Sitting
from workflows.presenting import sitting_url
from workflows.presenting.people import is_called
from workflows.presenting.quorum import quorum_now

from .arriving import PAGES
from .desk import context_of, kept
from .doors import Visit, ask_or_perform, door, sitting_or_404

SOON = 5  # seconds after which a screen asks again who is there, if not sooner


@door("GET")
def screen(request: Visit, uid: str) -> HttpResponse:
    """The code that people scan, large, for a screen in the room.

    While a vote is under way nobody comes in, and the screen says so; it hangs there
    until the sitting ends, and then says that.
    """
    found = kept(request, uid, "arrive")
    now, why_not = clock.now(), _why_not(request, found)
    code = rotating.code_at(found, now)
    address = reverse("workflows:arrive_by_code", args=[found.uid, code])
    context = context_of(
        request,
        found,
        quorum=quorum_now(found),
        address=request.build_absolute_uri(address),
        seconds=min(SOON, rotating.changes_in(now)),
        why_not=why_not,
    )
    part = "_code" if request.headers.get("HX-Request") else "code"
    return render(request, f"{PAGES}{part}.html", context)


def _why_not(request: Visit, found: Sitting) -> str:
    """Why nobody can come in this moment; raises OutOfTurn where there is no door.

    A screen that hangs already is not sent away, neither by a vote nor by the end.
    """
    try:
        arriving.can_arrive(found)
    except acts.OutOfTurn as late:
        if not request.headers.get("HX-Request") and not being_voted_on(found):
            raise
        return late.why
    return ""


@door("GET", "POST")
def arrive_by_code(request: Visit, uid: str, code: str) -> HttpResponse:
    """Whoever scanned the code says that it is them."""
    found = sitting_or_404(request.user, uid)
    arriving.can_arrive(found)
    if _is_there(found, request.user):
        messages.success(request, _("您已经签到。"))
        return redirect(sitting_url(found))
    if not rotating.holds(found, code, clock.now()):
        why = _("二维码已经换了，请重新扫屏幕上的。")
        raise acts.OutOfTurn(None, "arrive_by_code", why, about=found)
    resident = request.user.resident
    entitled = resident is not None and is_called(found, resident)

    def done(row: Attendance) -> HttpResponse:
        messages.success(request, _("%(name)s已签到") % {"name": row.entry.name})
        return redirect(sitting_url(found))

    return ask_or_perform(
        request,
        ActForm,
        lambda form: arriving.arrive_by_code(found, code, actor=request.user),
        done=done,
        template=f"{PAGES}arrive_by_code.html",
        context=context_of(request, found, entitled=entitled),
        about=found,
    )


def _is_there(found: Sitting, user: Any) -> bool:
    entry = arriving.line_of(found, user.resident)
    came = found.attendances.filter(entry=entry, left_at=None)
    return entry is not None and came.exists()
