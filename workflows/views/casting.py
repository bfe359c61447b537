"""Where people vote: choose, check, done; and where a receipt is looked up.

Three plain pages at one address. What is chosen travels in the body of a POST and never
in an address, which servers keep; for the same reason the receipt is the answer itself,
and no page to which one is sent on. No browser keeps any of these pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from audit import codes
from villages.models import RosterEntry, Village
from workflows import acts
from workflows.acts import casting
from workflows.forms.casting import ReceiptCode, SlipCode, Vote
from workflows.models import Ballot, Receipt, Slip
from workflows.slips import hash_of

from .doors import Visit, door, kept_by_nobody

if TYPE_CHECKING:
    from workflows.rules import Refusal

PAGES = "workflows/casting/"
A_RECEIPT = "0000-0000-000"  # where that of the voter will stand
State = Ballot.State
ALL_OF_IT = ("sitting__village", "sitting__roster", "matter", "version")


@dataclass(frozen=True)
class Voter:
    """Who votes on what."""

    ballot: Ballot
    entry: RosterEntry | None
    name: str

    def stand(self) -> Voter:
        """The voter, if they may vote; raises OutOfTurn or Refused."""
        casting.can_vote(self.ballot, self.entry, self.name)
        return self


@dataclass(frozen=True)
class Booth:
    """One person before one question."""

    request: HttpRequest
    look: Callable[[], Voter]
    cast: Callable[[str], str]  # the receipt
    code: str = ""  # of the slip they vote with

    def answer(self) -> HttpResponse:
        """The page that comes next, or why there is none."""
        try:
            return self._next()
        except acts.OutOfTurn as late:
            said = {"title": _("现在不能表决"), "sentence": late.why}
            return self._page("refused.html", status=409, refusals=[said])
        except acts.Refused as no:
            return self._refused(no.unmet)

    def _next(self) -> HttpResponse:
        asked = self.request.POST
        if self.request.method != "POST" or (self.code and "choice" not in asked):
            return self._choose(Vote())
        form = Vote(asked)
        if not form.is_valid():
            return self._choose(form, status=400)
        if "sure" in asked:
            return self._done(form.cleaned_data["choice"])
        return self._page("check.html", form=form, voter=self.look())

    def _choose(self, form: Vote, status: int = 200) -> HttpResponse:
        return self._page("choose.html", status, form=form, voter=self.look())

    def _done(self, choice: str) -> HttpResponse:
        try:
            receipt = self.cast(choice)
        except (acts.OutOfTurn, acts.Refused, Ballot.DoesNotExist):
            self.look()  # a stranger finds nothing here, whatever was sent
            raise
        signed_in = self.request.user.is_authenticated
        page = _last_page(signed_in, settings.SOURCE_URL)
        answer = page.replace(A_RECEIPT, codes.spell(receipt))
        return kept_by_nobody(HttpResponse(answer))

    def _refused(self, unmet: list[Refusal]) -> HttpResponse:
        case = unmet[0].shortfall.case
        if case == "stranger":
            raise acts.Forbidden("vote", why=unmet[0].sentence)
        status = 409 if case == "voted" else 422
        return self._page("refused.html", status, refusals=unmet)

    def _page(self, name: str, status: int = 200, **said: Any) -> HttpResponse:
        context = {"code": self.code, **said}
        return kept_by_nobody(
            render(self.request, f"{PAGES}{name}", context, status=status)
        )


@cache
def _last_page(signed_in: bool, source_url: str) -> str:
    """The same for everybody but for the receipt, which is put in its place.

    A whole county asks for it in the same ten minutes, so it is rendered once.
    """
    context = {"receipt": A_RECEIPT, "signed_in": signed_in, "source_url": source_url}
    return render_to_string(f"{PAGES}done.html", context)


@door("GET", "POST")
@sensitive_post_parameters("choice")
def vote(request: Visit, uid: str) -> HttpResponse:
    """Who has signed in votes as the person they are on the roster."""
    user = request.user

    def look() -> Voter:
        return _voter(user, uid).stand()

    return Booth(request, look, lambda vote: casting.cast(uid, user, vote)).answer()


def _voter(user: Any, uid: str) -> Voter:
    """The reader's own line, of a vote in their village or one they are called to."""
    mine = RosterEntry.objects.filter(
        roster=OuterRef("sitting__roster"), resident=user.resident_id or 0
    )
    theirs = Q(sitting__village__in=Village.objects.for_user(user)) | Exists(mine)
    ballot = get_object_or_404(
        Ballot.objects.select_related(*ALL_OF_IT), theirs, uid=uid
    )
    entry = RosterEntry.objects.filter(
        roster=ballot.sitting.roster_id, resident=user.resident_id or 0
    )
    return Voter(ballot, entry.first(), str(user))


@door("GET", "POST", anybody=True)
@sensitive_post_parameters("choice", "code")
def vote_slip(request: HttpRequest) -> HttpResponse:
    """Who holds a slip votes with it, signed in or not. To scan it casts nothing."""
    typed = request.POST if request.method == "POST" else request.GET
    asked = request.method == "POST" or "code" in typed
    form = SlipCode(typed) if asked else SlipCode()
    if asked and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            return _with_slip(request, code)
        except acts.BadInput as wrong:
            form.add_error("code", wrong.message)
    status = 400 if asked else 200
    page = render(request, f"{PAGES}slip.html", {"form": form}, status=status)
    return kept_by_nobody(page)


def _with_slip(request: HttpRequest, code: str) -> HttpResponse:
    def look() -> Voter:
        return _holder(code).stand()

    def cast(choice: str) -> str:
        return casting.cast_by_slip(code, choice)

    return Booth(request, look, cast, code).answer()


def _holder(code: str) -> Voter:
    """Whose slip it is; raises BadInput where it is nobody's, or nobody's any more."""
    about = [f"ballot__{each}" for each in ALL_OF_IT]
    slip = (
        Slip.objects.select_related("entry", *about).filter(hash=hash_of(code)).first()
    )
    if slip is None:
        raise casting.no_such_slip()
    return Voter(slip.ballot, slip.entry, slip.entry.name)


def _became(ballot: Ballot) -> str:
    """What became of a vote, by the state of its ballot."""
    if ballot.state == State.OPEN:
        return _("这张票已经收到，表决结束时计入。")
    if ballot.state == State.VOIDED:
        return _("这张票收到过，但本次表决后来作废，所有的票都不算。")
    return _("这张票已经计入。")


@door("GET", "POST", anybody=True)
def receipt(request: HttpRequest) -> HttpResponse:
    """Whether a vote was counted; not how it was, nor whose."""
    if request.method != "POST":
        return _looked_up(request, ReceiptCode())
    form = ReceiptCode(request.POST)
    found = _found(form.cleaned_data["code"]) if form.is_valid() else None
    if found is None:
        if form.is_valid():
            form.add_error("code", _("没有这个回执号，请对照再填一遍。"))
        return _looked_up(request, form, status=400)
    return _looked_up(request, form, found=found, became=_became(found.ballot))


def _found(typed: str) -> Receipt | None:
    try:
        code = codes.read(typed)
    except codes.NoCode:
        return None
    about = [f"ballot__{each}" for each in ALL_OF_IT]
    return Receipt.objects.select_related(*about).filter(code=code).first()


def _looked_up(
    request: HttpRequest, form: ReceiptCode, status: int = 200, **said: Any
) -> HttpResponse:
    context = {"form": form, **said}
    page = render(request, f"{PAGES}receipt.html", context, status=status)
    return kept_by_nobody(page)
