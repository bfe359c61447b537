"""Papers of a sitting as PDF: for the room before it, for signatures after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from workflows import acts, permissions, printing
from workflows.models import Ballot, Resolution, Sitting
from workflows.presenting import Reader

from .agenda import Button, ballots_of, page_url
from .doors import Visit, door, sitting_or_404
from .items import item_or_404

if TYPE_CHECKING:
    from villages.models import User

State = Sitting.State


def prints(found: Sitting, reader: Reader, user: User) -> bool:
    """Whoever may keep the sitting, and who is named as its chair."""
    return reader.keeps(found) or bool(found.chair) and found.chair == str(user)


def reads(found: Sitting, reader: Reader, user: User) -> bool:
    """They see the votes and the names anyhow: officers, and who prints."""
    return reader.officer or prints(found, reader, user)


def buttons(
    found: Sitting, ballots: list[Ballot], reader: Reader, user: User
) -> list[Button]:
    """What this reader may print now."""
    offered = []
    if _may_be_carried_in(found) and prints(found, reader, user):
        offered.append(Button(_("会议资料袋"), _url(found, "packet")))
    if found.state != State.CONVENED and reads(found, reader, user):
        offered.append(Button(_("会议记录"), _url(found, "minutes")))
        offered.append(Button(_("会议记录粘贴页"), _url(found, "paste_in")))
        standing = Resolution.objects.filter(ballot__in=ballots)
        decided = set(standing.values_list("ballot", flat=True))
        for ballot in ballots:
            if ballot.pk in decided and ballot.moved:
                said = _("决议书：%(title)s") % {"title": ballot.matter.title}
                offered.append(Button(said, page_url(ballot, "resolution")))
    return offered


def _may_be_carried_in(found: Sitting) -> bool:
    return not found.paper and found.state in (State.CONVENED, State.HELD)


def _url(found: Sitting, name: str) -> str:
    return reverse(f"workflows:{name}", args=[found.uid])


@door("GET")
def packet(request: Visit, uid: str) -> HttpResponse:
    """会议资料袋, in one press."""
    found = sitting_or_404(request.user, uid)
    if not prints(found, Reader.of(request.user, found.village), request.user):
        raise acts.Forbidden("print", permissions.sitting_of(found.body).roles)
    if not _may_be_carried_in(found):
        why = _("会议已经结束，不用再打印资料袋。")
        raise acts.OutOfTurn(None, "print", why, about=found)
    carried = printing.Packet(found, ballots_of(found))
    named = _("%(what)s资料袋") % {"what": carried.naming.whole}
    return _printed(found, carried.sheets(), named)


@door("GET")
def minutes(request: Visit, uid: str) -> HttpResponse:
    """会议记录, as far as it is known."""
    kept = _minutes(request, uid)
    named = _("%(what)s记录") % {"what": kept.naming.whole}
    return _printed(kept.sitting, [kept.sheet()], named)


@door("GET")
def paste_in(request: Visit, uid: str) -> HttpResponse:
    """The half page for the bound book."""
    kept = _minutes(request, uid)
    named = _("%(what)s记录粘贴页") % {"what": kept.naming.whole}
    return _printed(kept.sitting, [kept.paste_in()], named)


def _minutes(request: Visit, uid: str) -> printing.Minutes:
    found = sitting_or_404(request.user, uid)
    _must_read(request, found)
    if found.state == State.CONVENED:
        why = _("会还没有开，空白的会议记录纸在资料袋里。")
        raise acts.OutOfTurn(None, "print", why, about=found)
    return printing.Minutes(found, ballots_of(found))


@door("GET")
def resolution(request: Visit, uid: str, position: int) -> HttpResponse:
    """决议书, also where the answer was no."""
    ballot = item_or_404(request.user, uid, position)
    found = ballot.sitting
    _must_read(request, found)
    made = ballot.resolutions.select_related("tally", "text").last()
    if made is None or not ballot.moved:
        why = _("这一项还没有形成决议，或者表决已经作废。")
        raise acts.OutOfTurn(None, "print", why, about=found)
    decision = printing.Decision(ballot, made)
    facts = {"body": decision.naming.body, "title": ballot.matter.title}
    named = _("%(body)s关于%(title)s的决议") % facts
    return _printed(found, [decision.sheet()], named)


def _must_read(request: Visit, found: Sitting) -> None:
    if not reads(found, Reader.of(request.user, found.village), request.user):
        why = _("打印件里有姓名和票数，由村干部、村监委和乡镇、县打印。")
        raise acts.Forbidden("print", why=why)


def _printed(
    found: Sitting, sheets: Iterable[printing.Sheet], named: str
) -> HttpResponse:
    """The PDF under its Chinese name; or why this machine prints none."""
    try:
        pdf = printing.put_to_paper(sheets)
    except printing.SwitchedOff as off:
        why = _("这台服务器不能打印：%(why)s。请联系管理员。") % {"why": off}
        raise acts.OutOfTurn(None, "print", why, about=found) from None
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = content_disposition_header(as_attachment=True, filename=f"{named}.pdf")
    answer["Content-Disposition"] = str(name)
    return answer
