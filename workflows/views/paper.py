"""会后录入: what a sitting held on paper did is entered, as it was."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from workflows import acts, flows, permissions
from workflows.acts import decision
from workflows.acts import sitting as keeping
from workflows.acts.tallying import not_the_same
from workflows.bodies import BODIES
from workflows.forms.counts import PaperCount
from workflows.forms.paper import HeldOnPaper
from workflows.models import Ballot, Sitting
from workflows.presenting import sitting_url
from workflows.presenting.calling import candidates, notice_of
from workflows.presenting.people import People, expected
from workflows.presenting.quorum import probe, quorum_of

from .asked import Asked, choose, nothing_chosen
from .desk import context_of
from .doors import Visit, ask_or_perform, door, frame, perform_or_show

if TYPE_CHECKING:
    from villages.models import User
    from workflows.figures import Figures
    from workflows.models import Matter

TEMPLATE = "workflows/sittings/paper.html"
COLUMNS = (lazy("赞成"), lazy("反对"), lazy("弃权"), lazy("无效"))
SLIPS = (lazy("发出"), lazy("收回"))


@door("GET", "POST")
def record_paper(request: Visit, slug: str) -> HttpResponse:
    """The page most clerks will use: one sitting, everything on one page."""
    asked = Asked.of(request, slug, "record_paper")
    if asked.body is None:
        return choose(request, asked, "record_paper")
    if not asked.chosen:
        return _choose_matters(request, asked)
    given: dict[str, Any] = {
        "body": asked.body,
        "matters": asked.chosen,
        "groups": asked.groups(),
        "people_on": _people_on(asked),
    }
    if request.method != "POST":
        form = HeldOnPaper(initial=_first_answers(asked), **given)
        return render(
            request, TEMPLATE, {**_context(request, asked, form), "form": form}
        )
    form = HeldOnPaper(request.POST, request.FILES, **given)
    return perform_or_show(
        request,
        form,
        lambda: _record(asked, form),
        done=lambda held: _said(request, held),
        template=TEMPLATE,
        context=_context(request, asked, form),
    )


def _people_on(asked: Asked) -> Any:
    """Who was entitled on the day that was answered, or is today."""

    def people(held_at: datetime | None, mode: str, group_name: str) -> People:
        day: date = clock.local(held_at).date() if held_at else clock.today()
        return expected(
            asked.village, str(asked.body), on=day, mode=mode, group_name=group_name
        )

    return people


def _first_answers(asked: Asked) -> dict[str, Any]:
    usual = asked.village_rules()["vote.method"].value
    method = usual if usual in ("hands", "paper") else Ballot.Method.HANDS
    return asked.first_answers() | {"method": method}


def _choose_matters(request: Visit, asked: Asked) -> HttpResponse:
    """On which matters the body sat: those that wait for it come first."""
    body = str(asked.body)
    offered = candidates(asked.matters, body)
    context = {
        **frame(request.user, asked.village),
        "body": BODIES[body],
        "offered": offered,
        "chosen": asked.chosen_keys(offered),
        "change_url": asked.address("record_paper", body=None),
    }
    return nothing_chosen(request, "workflows/sittings/agenda.html", context)


def _context(request: Visit, asked: Asked, form: HeldOnPaper) -> dict[str, Any]:
    body = str(asked.body)
    rules = asked.village_rules()
    thought = probe(asked.village, rules, body, eligible=len(form.people.entitled))
    return {
        **frame(request.user, asked.village),
        "body": BODIES[body],
        "people": form.people,
        "names": asked.names,
        "quorum": quorum_of(thought, came=False),
        "notice": notice_of(rules, body),
        "notes": [c for c in candidates(asked.chosen, body) if c.note],
        "columns": COLUMNS,
        "slips": SLIPS,
        "today": clock.today(),
        "change_url": asked.address("record_paper", body=body),
    }


def _record(asked: Asked, form: HeldOnPaper) -> Sitting:
    """First the sitting, then each matter in a line of its own.

    Never two matters in one transaction: where it breaks off, the desk goes on.
    """
    call, came = keeping.Call(**form.call), keeping.Came(**form.came)
    scans = keeping.Scans(**form.scans)
    witness = form.cleaned_data["witness_name"]
    not_the_same(witness, call.chair, asked.user)
    with transaction.atomic():
        held = keeping.record_paper(
            asked.village, call, came, actor=asked.user, scans=scans
        )
        if form.lapsed:
            return keeping.lapse(held, actor=asked.user)
    counts = form.counts
    for ballot in held.ballots.select_related("matter").order_by("position"):
        _declare(
            ballot,
            counts[ballot.matter_id],
            asked.user,
            method=form.cleaned_data["method"],
            witness_name=witness,
        )
    return held


def _declare(
    ballot: Ballot, figures: Figures, user: User, *, method: str, witness_name: str
) -> Matter:
    return flows.perform(
        ballot.matter,
        "declare",
        lambda: decision.declare_paper(
            ballot, figures, actor=user, method=method, witness_name=witness_name
        ),
        actor=user,
    )


def _said(request: Visit, held: Sitting) -> HttpResponse:
    """That it was recorded; and plainly, where it has no effect."""
    if held.state == Sitting.State.LAPSED:
        messages.warning(request, _("已录入。人数不够，已记为流会。"))
        return redirect(sitting_url(held))
    flawed = held.ballots.exclude(flawed=[]).select_related("matter")
    messages.success(request, _("已录入"))
    for ballot in flawed:
        said = _(
            "《%(title)s》程序有瑕疵，不作为推进依据，事项停在原来的一步。原因见下面。"
        )
        messages.warning(request, said % {"title": ballot.matter.title})
    return redirect(sitting_url(held))


def count_paper(request: Visit, ballot: Ballot) -> HttpResponse:
    """The counts of one item, where entering the sitting had broken off."""
    sitting = ballot.sitting
    if ballot.state != Ballot.State.SCHEDULED or sitting.state != Sitting.State.HELD:
        raise acts.AlreadyDone(ballot.matter, "declare", about=ballot)
    roles = permissions.sitting_of(sitting.body)
    acts.permit(roles, sitting, request.user, "declare")
    context = context_of(
        request, sitting, matter=ballot.matter, quorum=quorum_of(sitting, came=True)
    )
    return ask_or_perform(
        request,
        lambda *sent: PaperCount(*sent, about=ballot),
        lambda form: _declare(
            ballot,
            form.result,
            request.user,
            method=form.cleaned_data["method"],
            witness_name=form.cleaned_data["witness_name"],
        ),
        done=lambda matter: _said(request, sitting),
        template="workflows/sittings/count_paper.html",
        context=context,
        about=ballot,
    )
