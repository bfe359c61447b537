"""What is done to one item of a sitting, from its opening to its correction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from workflows import acts, flows, permissions, verdicts
from workflows.acts import ballot as voting
from workflows.acts import correction, decision
from workflows.acts.opening import can_open
from workflows.acts.steps import verb_of
from workflows.figures import Figures
from workflows.forms.counts import CountAgain, EnterCount, OpenBallot, Recount, Void
from workflows.forms.fields import ActForm
from workflows.models import Ballot
from workflows.presenting import matter_url, next_step, sitting_url
from workflows.presenting.quorum import quorum_of
from workflows.rules.majority import votes_needed

from .agenda import wired
from .doors import (
    Visit,
    ask_or_perform,
    door,
    file_or_404,
    frame,
    sitting_or_404,
    stand_before,
)
from .paper import count_paper

if TYPE_CHECKING:
    from villages.models import User

SHEETS = "workflows/sittings/"
NONE_SEEN = 0  # no counts have this key: whoever does not say what they saw is late


def item_or_404(user: Any, uid: str, position: int) -> Ballot:
    """The item at that place of the agenda; voted on again, the newest ballot."""
    sitting = sitting_or_404(user, uid)
    rows = sitting.ballots.filter(position=position).order_by("pk")
    found = (
        rows.select_related("matter", "version", "announced_version")
        .prefetch_related("tallies__entered_by", "matter__ballots__sitting")
        .last()
    )
    if found is None:
        raise Http404
    return wired(found, sitting)


def keeper(ballot: Ballot, user: User, verb: str) -> None:
    """Raises Forbidden for whoever does not keep this sitting."""
    roles = permissions.sitting_of(ballot.sitting.body)
    acts.permit(roles, ballot.sitting, user, verb)


@dataclass(frozen=True)
class Page:
    """The page of one act on an item, and what is said when it is done."""

    request: Visit
    ballot: Ballot
    template: str
    verb: str
    done: str
    then: Callable[[Any], HttpResponse] | None = None  # an answer of its own

    def answer(
        self, form: Callable[..., ActForm], act: Callable[[Any], Any], **more: Any
    ) -> HttpResponse:
        """The page; by POST the act, under the matter's line."""
        return ask_or_perform(
            self.request,
            form,
            lambda filled: self._perform(lambda: act(filled)),
            done=self._said,
            template=self.template,
            context={**self._context(), **more},
            about=self.ballot,
        )

    def _perform(self, act: Callable[[], Any]) -> Any:
        matter, user = self.ballot.matter, self.request.user
        return flows.perform(matter, self.verb, act, actor=user)

    def _said(self, result: Any) -> HttpResponse:
        if self.then is not None:
            return self.then(result)
        said = self.done
        if self.verb in ("declare", "void", "recount"):
            matter = self.ballot.matter
            matter.refresh_from_db()
            if step := next_step(matter):
                said = _("%(done)s。下一步：%(next)s") % {"done": said, "next": step}
        messages.success(self.request, said)
        return redirect(sitting_url(self.ballot.sitting))

    def _context(self) -> dict[str, Any]:
        ballot = self.ballot
        return {
            **frame(self.request.user, ballot.village),
            "sitting": ballot.sitting,
            "ballot": ballot,
            "matter": ballot.matter,
            "matter_url": matter_url(ballot.matter),
            "back_url": sitting_url(ballot.sitting),
            "quorum": quorum_of(ballot.sitting, came=True)
            if ballot.sitting.roster
            else None,
        }


def opening(ballot: Ballot) -> dict[str, Any]:
    """What is to be read before an item is put to the vote."""
    return {
        "unmet": ballot.matter.unmet("open_ballot"),
        "text": ballot.matter.text,
        "need": votes_needed(ballot),
    }


def counting(ballot: Ballot) -> dict[str, Any]:
    """Which counts are put right, if any; how many vote, and must be in favour."""
    seen = ballot.tally.pk if ballot.tally else ""
    return {"seen": seen, "need": votes_needed(ballot), "voting": ballot.voting_now}


def declaring(ballot: Ballot) -> dict[str, Any]:
    """The counts and what they come to; which they are."""
    return {
        "tally": ballot.tally,
        "seen": ballot.tally.pk if ballot.tally else "",
        "verdict": verdicts.verdict(ballot),
        "unmet": ballot.matter.unmet(verb_of(ballot)),
    }


@door("GET", "POST")
def open_ballot(request: Visit, uid: str, position: int) -> HttpResponse:
    """The item is put to the vote."""
    ballot = item_or_404(request.user, uid, position)
    can_open(ballot)
    keeper(ballot, request.user, "open_ballot")
    page = Page(request, ballot, f"{SHEETS}open.html", "open_ballot", _("表决已开始"))
    return page.answer(
        lambda *data: OpenBallot(*data, about=ballot),
        lambda form: voting.open_ballot(
            ballot, actor=request.user, **form.cleaned_data
        ),
        **opening(ballot),
    )


@door("GET", "POST")
def count(request: Visit, uid: str, position: int) -> HttpResponse:
    """The counts are entered."""
    ballot = item_or_404(request.user, uid, position)
    if ballot.sitting.paper:
        return count_paper(request, ballot)
    seen = ballot.tally.pk if ballot.tally else None
    voting.can_count(ballot, seen)
    keeper(ballot, request.user, "count")
    page = Page(
        request, ballot, f"{SHEETS}count.html", "count", _("已录入，待监票人核对")
    )
    return page.answer(
        lambda *data: EnterCount(*data, about=ballot),
        lambda form: voting.count(
            ballot,
            form.figures(ballot.voting_now, ballot.method),
            actor=request.user,
            witness_name=form.cleaned_data["witness_name"],
            sheet=form.cleaned_data["sheet"],
            seen=_seen(request),
            helpers=voting.Helpers(**form.helpers),
        ),
        **counting(ballot),
    )


def _seen(request: Visit) -> int | None:
    """Which counts the page showed when it was opened."""
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None  # noqa: PLR2004


@door("GET", "POST")
def witness(request: Visit, uid: str, position: int) -> HttpResponse:
    """A second person compares the counts with the sheet."""
    ballot = item_or_404(request.user, uid, position)
    voting.can_witness(ballot, request.user)
    page = Page(request, ballot, f"{SHEETS}witness.html", "witness", _("已确认"))
    return page.answer(
        lambda *data: CountAgain(*data, about=ballot),
        lambda form: voting.witness(
            ballot,
            actor=request.user,
            seen=_seen(request) or NONE_SEEN,
            figures=_counted_again(ballot, form),
        ),
        tally=ballot.tally,
        seen=ballot.tally.pk if ballot.tally else "",
        sheet_url=_sheet_url(ballot),
    )


@door("GET", "POST")
def declare(request: Visit, uid: str, position: int) -> HttpResponse:
    """The result is announced in the room."""
    ballot = item_or_404(request.user, uid, position)
    decision.can_declare(ballot)
    verb = verb_of(ballot)
    if ballot.matter.edge(verb) is None:
        raise acts.OutOfTurn(ballot.matter, verb)
    keeper(ballot, request.user, "declare")
    page = Page(request, ballot, f"{SHEETS}declare.html", "declare", _("已宣布"))
    return page.answer(
        ActForm,
        lambda form: decision.declare(ballot, actor=request.user, seen=_seen(request)),
        **declaring(ballot),
    )


@door("GET", "POST")
def void(request: Visit, uid: str, position: int) -> HttpResponse:
    """The ballot is void."""
    ballot = item_or_404(request.user, uid, position)
    correction.can_void(ballot)
    stand_before(ballot.matter, "void", request.user)
    page = Page(request, ballot, f"{SHEETS}void.html", "void", _("已作废"))
    return page.answer(
        Void,
        lambda form: correction.void(ballot, actor=request.user, **form.cleaned_data),
        tally=ballot.tally,
    )


@door("GET", "POST")
def recount(request: Visit, uid: str, position: int) -> HttpResponse:
    """The counts are corrected."""
    ballot = item_or_404(request.user, uid, position)
    correction.can_recount(ballot)
    stand_before(ballot.matter, "recount", request.user)
    page = Page(request, ballot, f"{SHEETS}recount.html", "recount", _("已更正"))
    return page.answer(
        lambda *data: Recount(*data, about=ballot),
        lambda form: correction.recount(
            ballot,
            form.figures(ballot.voting, ballot.method),
            actor=request.user,
            text=form.cleaned_data["text"],
            witness_name=form.cleaned_data["witness_name"],
            sheet=form.cleaned_data["sheet"],
            seen=_seen(request) or NONE_SEEN,
        ),
        tally=ballot.tally,
        seen=ballot.tally.pk if ballot.tally else "",
        need=votes_needed(ballot),
    )


def _counted_again(ballot: Ballot, form: CountAgain) -> Figures | None:
    if not ballot.counted_twice or ballot.tally is None:
        return None
    return form.figures(ballot.voting_now, ballot.method)


def _sheet_url(ballot: Ballot) -> str:
    if not ballot.tally or not ballot.tally.sheet:
        return ""
    return f"{sitting_url(ballot.sitting)}{ballot.position}/sheet/"


@door("GET")
def sheet(request: Visit, uid: str, position: int) -> FileResponse:
    """The photographed sheet of the counts that stand, for officers."""
    ballot = item_or_404(request.user, uid, position)
    reader = frame(request.user, ballot.village)["reader"]
    if not reader.sees_votes(ballot.sitting.words):
        raise acts.Forbidden("sheet")
    return file_or_404(ballot.tally.sheet if ballot.tally else None)
