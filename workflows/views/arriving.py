"""The door of a sitting: people come one by one, are excused, or only listen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from villages.models import Office
from workflows import acts, strokes
from workflows.acts import arriving
from workflows.forms.attending import Excuse, Observe, SignByFinger
from workflows.forms.fields import ActForm
from workflows.models import Attendance, Sitting
from workflows.presenting.attending import Member, members, one_of
from workflows.presenting.quorum import quorum_now

from .desk import context_of, kept
from .doors import Visit, ask_or_perform, door

PAGES = "workflows/sittings/"
Signed = Attendance.Signed


def _door(found: Sitting) -> str:
    return reverse("workflows:arrive", args=[found.uid])


@door("GET", "POST")
def arrive(request: Visit, uid: str) -> HttpResponse:
    """Everybody on the roster, each with a button."""
    found = kept(request, uid, "arrive")
    arriving.can_arrive(found)
    everybody = members(found)
    context = context_of(
        request,
        found,
        members=everybody,
        quorum=quorum_now(found),
        missing=sum(not member.there for member in everybody),
        signed=Signed.SHEET if _by_sheet(request) else Signed.TICKED,
    )
    key = request.POST.get("came", "")

    def done(row: Attendance) -> HttpResponse:
        messages.success(request, _("%(name)s已签到") % {"name": row.entry.name})
        more = f"?signed={Signed.SHEET}" if _by_sheet(request) else ""
        return redirect(f"{_door(found)}{more}#{key}")

    return ask_or_perform(
        request,
        ActForm,
        lambda form: arriving.arrive(
            found, key, actor=request.user, signed=str(context["signed"])
        ),
        done=done,
        template=f"{PAGES}arrive.html",
        context=context,
        about=found,
    )


def _by_sheet(request: Visit) -> bool:
    """Whether the clerk reads from a sheet of paper that people signed."""
    given = request.POST if request.method == "POST" else request.GET
    return given.get("signed") == Signed.SHEET


def _member(found: Sitting, key: str) -> Member:
    member = one_of(members(found), key)
    if member is None:
        raise Http404
    return member


@door("GET", "POST")
def sign(request: Visit, uid: str, key: str) -> HttpResponse:
    """One person draws their name on the clerk's tablet."""
    found = kept(request, uid, "arrive")
    arriving.can_arrive(found)
    member = _member(found, key)
    return _of_member(
        request,
        found,
        member,
        SignByFinger,
        lambda form: arriving.arrive(
            found,
            key,
            actor=request.user,
            signed=Signed.FINGER,
            written=form.cleaned_data["written"],
        ),
        template=f"{PAGES}sign.html",
        said=_("%(name)s已签到"),
        box={"width": strokes.WIDTH, "height": strokes.HEIGHT},
    )


@door("GET", "POST")
def excuse(request: Visit, uid: str, key: str) -> HttpResponse:
    """Why one person is not there."""
    found = kept(request, uid, "excuse")
    arriving.goes_on(found, "excuse")
    member = _member(found, key)
    return _of_member(
        request,
        found,
        member,
        Excuse,
        lambda form: arriving.excuse(
            found, key, actor=request.user, **form.cleaned_data
        ),
        template=f"{PAGES}excuse.html",
        said=_("已登记%(name)s缺席"),
    )


def _of_member(  # noqa: PLR0913, PLR0917
    request: Visit,
    found: Sitting,
    member: Member,
    form: type[ActForm],
    act: Callable[[ActForm], Any],
    *,
    template: str,
    said: str,
    **more: Any,
) -> HttpResponse:
    """A page about one person of the roster, from which one returns to the door."""
    context = context_of(request, found, member=member, **more)
    context["back_url"] = f"{_door(found)}#{member.key}"

    def done(_row: Any) -> HttpResponse:
        messages.success(request, said % {"name": member.label})
        return redirect(f"{_door(found)}#{member.key}")

    return ask_or_perform(
        request,
        form,
        act,
        done=done,
        template=template,
        context=context,
        about=found,
    )


@door("GET", "POST")
def observe(request: Visit, uid: str) -> HttpResponse:
    """Who only listens: entered, and taken out again where that was wrong."""
    found = kept(request, uid, "observe")
    arriving.goes_on(found, "observe")
    if request.method == "POST" and "remove" in request.POST:
        return _unobserve(request, found)
    context = context_of(
        request,
        found,
        observers=list(found.observers.order_by("pk")),
        names=_names(found),
    )

    def done(row: Any) -> HttpResponse:
        messages.success(request, _("已登记%(name)s列席") % {"name": row.name})
        return redirect(reverse("workflows:observe", args=[found.uid]))

    return ask_or_perform(
        request,
        Observe,
        lambda form: arriving.observe(found, actor=request.user, **form.cleaned_data),
        done=done,
        template=f"{PAGES}observe.html",
        context=context,
        about=found,
    )


def _unobserve(request: Visit, found: Sitting) -> HttpResponse:
    asked = request.POST.get("remove", "")
    known = {str(row.pk): row for row in found.observers.all()}
    if asked not in known:
        raise acts.OutOfTurn(None, "unobserve", _("已经删去。"), about=found)
    arriving.unobserve(found, known[asked], actor=request.user)
    messages.success(request, _("已删去"))
    return redirect(reverse("workflows:observe", args=[found.uid]))


def _names(found: Sitting) -> list[str]:
    """Who usually listens: the supervisors here, the officers of the township."""
    listening = (Office.Role.SUPERVISOR, Office.Role.TOWNSHIP)
    held = Office.objects.current().reaching(found.village).filter(role__in=listening)
    return list(dict.fromkeys(str(o.holder) for o in held.select_related("holder")))
