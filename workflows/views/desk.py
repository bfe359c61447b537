"""What is done to a sitting as a whole: told, counted at the door, lapsed, closed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from workflows import acts, permissions, verdicts
from workflows.acts import sitting as keeping
from workflows.forms.attending import Attend
from workflows.forms.fields import ActForm
from workflows.forms.sittings import Serve
from workflows.models import Sitting
from workflows.presenting import sitting_url
from workflows.presenting.people import People, on_roster
from workflows.presenting.quorum import quorum_of

from .doors import Visit, ask_or_perform, door, frame, sitting_or_404

State = Sitting.State


def kept(request: Visit, uid: str, verb: str) -> Sitting:
    """The sitting, for those who may keep it; a stranger finds none."""
    found = sitting_or_404(request.user, uid)
    acts.permit(permissions.sitting_of(found.body), found, request.user, verb)
    return found


def context_of(request: Visit, found: Sitting, **more: Any) -> dict[str, Any]:
    return {
        **frame(request.user, found.village),
        "sitting": found,
        "back_url": sitting_url(found),
        **more,
    }


@door("GET", "POST")
def serve(request: Visit, uid: str) -> HttpResponse:
    """How people were told."""
    found = kept(request, uid, "serve")
    if found.state != State.CONVENED:
        raise acts.OutOfTurn(None, "serve", _("会议已经开过，不能再登记通知情况。"))
    expected = len(on_roster(found).entitled)

    def done(served: Sitting) -> HttpResponse:
        said = _("已登记，未通知到 %(n)s 人") % {"n": served.unreached}
        messages.success(request, said)
        return redirect(sitting_url(served))

    return ask_or_perform(
        request,
        partial(Serve, initial=_served(found, expected)),
        lambda form: keeping.serve(
            found,
            actor=request.user,
            again="again" in request.POST,
            **form.cleaned_data,
        ),
        done=done,
        template="workflows/sittings/serve.html",
        context=context_of(request, found, expected=expected),
        about=found,
    )


def _served(found: Sitting, expected: int) -> dict[str, Any]:
    """What was entered before, or that everybody was reached."""
    if found.reached is None:
        return {"reached": expected, "unreached": 0}
    return {
        "means": found.means,
        "reached": found.reached,
        "unreached": found.unreached,
        "who": found.unreached_who,
    }


@door("GET", "POST")
def attend(request: Visit, uid: str) -> HttpResponse:
    """Who came."""
    found = kept(request, uid, "attend")
    keeping.can_attend(found)
    people = on_roster(found)

    def done(held: Sitting) -> HttpResponse:
        facts = {"n": held.present, "quorum": quorum_of(held, came=True).sentence}
        messages.success(request, _("到会 %(n)s 人。%(quorum)s") % facts)
        return redirect(sitting_url(held))

    return ask_or_perform(
        request,
        partial(Attend, people=people, initial=_came(found, people)),
        lambda form: keeping.attend(
            found,
            keeping.Came(**form.came),
            actor=request.user,
            again="again" in request.POST,
        ),
        done=done,
        template="workflows/sittings/attend.html",
        context=context_of(request, found, people=people),
        about=found,
    )


def _came(found: Sitting, people: People) -> dict[str, Any]:
    """What was entered before, to be put right."""
    if found.state != State.HELD:
        return {}
    if people.by_totals:
        names = ("in_person", "online", "by_proxy")
        return {name: getattr(found, name) for name in names}
    came = found.attendances.filter(left_at=None).select_related("entry")
    there = [one.entry.key for one in came]
    return {"people": there, "there": ",".join(there)}


@door("GET", "POST")
def lapse(request: Visit, uid: str) -> HttpResponse:
    """Too few came."""
    found = kept(request, uid, "lapse")
    keeping.can_lapse(found)
    facts = {"n": found.present, "min": found.quorum_need}
    confirm = _("到会 %(n)s 人，至少要到 %(min)s 人。宣布流会后需另行通知。") % facts
    return _confirmed(
        request,
        found,
        keeping.lapse,
        title=_("宣布流会"),
        confirm=confirm,
        sentence=verdicts.lapsed(found),
        quorum=quorum_of(found, came=True),
        done=_("已记为流会，可以直接“再次召集”"),
    )


@door("GET", "POST")
def close(request: Visit, uid: str) -> HttpResponse:
    """What is left on the agenda is not put to the vote any more."""
    found = kept(request, uid, "close")
    keeping.can_close(found)
    left = found.ballots.filter(state="scheduled").select_related("matter")
    titles = "".join(_("《%(title)s》") % {"title": b.matter.title} for b in left)
    confirm = _("散会后，没有表决的议题要另行召集会议。")
    if titles:
        confirm = _("还没有表决：%(titles)s。散会后要另行召集会议。") % {
            "titles": titles
        }
    return _confirmed(
        request,
        found,
        keeping.close,
        title=_("散会"),
        confirm=confirm,
        done=_("已散会"),
    )


def _confirmed(
    request: Visit, found: Sitting, act: Any, *, done: str, **said: Any
) -> HttpResponse:
    """A page that says what will happen, and the one button that does it."""

    def said_done(ended: Sitting) -> HttpResponse:
        messages.success(request, done)
        return redirect(sitting_url(ended))

    return ask_or_perform(
        request,
        ActForm,
        lambda form: act(found, actor=request.user),
        done=said_done,
        template="workflows/sittings/confirm.html",
        context=context_of(request, found, **said),
        about=found,
    )
