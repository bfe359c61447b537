"""Calling people together, and seeing who came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from villages.models import Village
from workflows import bodies, permissions
from workflows.models import Ballot, Sitting
from workflows.uploads import sha256_of

from . import (
    AlreadyDone,
    BadInput,
    OutOfTurn,
    permit,
    required,
    rule_facts,
)
from .calling import Call as Call  # noqa: PLC0414 (what `convene` takes)
from .calling import agenda_facts, only_once, put_on_agenda, sitting_row
from .seating import Came as Came  # noqa: PLC0414 (what `attend` and `record_paper` take)
from .seating import roster_facts, seat

if TYPE_CHECKING:
    from villages.models import User


@transaction.atomic
def convene(village: Village, call: Call, *, actor: User) -> Sitting:
    """Those entitled were told when, where and on what."""
    only_once(village, call, "convene")
    for matter in call.matters:
        if matter.edge("convene") is None:
            raise OutOfTurn(matter, "convene")
    sitting = sitting_row(village, call, actor)
    by = permit(
        permissions.sitting_of(call.body), sitting, actor, bodies.BODIES[call.body].verb
    )
    ballots = put_on_agenda(sitting, call.matters, refuse=True)
    record(
        "sitting.convened",
        sitting,
        by,
        wrote=ballots,
        held_on=sitting.held_on,
        meets_on=sitting.held_on,
        special=sitting.special_reason or None,
        **agenda_facts(sitting, call),
    )
    return sitting


@transaction.atomic
def serve(  # noqa: PLR0913
    sitting: Sitting,
    *,
    actor: User,
    means: Sequence[str],
    reached: int,
    unreached: int = 0,
    who: str = "",
    again: bool = False,
) -> Sitting:
    """How people were told, and whom the notice did not reach."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "serve")
    if sitting.state != Sitting.State.CONVENED:
        raise OutOfTurn(None, "serve", _("会议已经开过，不能再登记通知情况。"))
    if sitting.reached is not None and not again:
        raise AlreadyDone(None, "serve", about=sitting)
    if unreached and not who.strip():
        raise BadInput(_("请写明没有通知到的人和原因。"), "who")
    sitting.means, sitting.reached = list(means), reached
    sitting.unreached, sitting.unreached_who = unreached, who.strip()
    sitting.save(update_fields=["means", "reached", "unreached", "unreached_who"])
    record(
        "sitting.served",
        sitting,
        by,
        held_on=clock.today(),
        means=list(means),
        reached=reached,
        unreached=unreached,
    )
    return sitting


@transaction.atomic
def attend(
    sitting: Sitting, came: Came, *, actor: User, again: bool = False
) -> Sitting:
    """The roster is frozen, and who came is entered; `again` corrects it."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "attend")
    can_attend(sitting)
    if sitting.state == Sitting.State.HELD and not again:
        raise AlreadyDone(None, "attend", about=sitting)
    seated = seat(sitting, came)
    record(
        "sitting.attended",
        sitting,
        by,
        wrote=seated,
        held_on=sitting.held_on,
        body=sitting.body,
        present=sitting.present,
        online=sitting.online,
        proxies=sitting.by_proxy,
        **roster_facts(sitting),
    )
    return sitting


def can_attend(sitting: Sitting) -> None:
    """Whether who came can still be entered; raises OutOfTurn."""
    why = ""
    if sitting.paper or sitting.state not in ("convened", "held"):
        why = _("会议已经结束。")
    elif sitting.ballots.exclude(state__in=("scheduled", "voided")).exists():
        why = _("已经开始表决，到会人数不能再改。")
    elif sitting.held_on > clock.today():
        why = _("还没到开会的日子，请到那天再登记到会。")
    if why:
        raise OutOfTurn(None, "attend", why)


@transaction.atomic
def lapse(sitting: Sitting, *, actor: User) -> Sitting:
    """Too few came: nothing was decided, and that is recorded."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "lapse")
    can_lapse(sitting)
    sitting.state = Sitting.State.LAPSED
    sitting.save(update_fields=["state"])
    record(
        "sitting.lapsed",
        sitting,
        by,
        held_on=sitting.held_on,
        body=sitting.body,
        present=sitting.present,
        quorum_key=sitting.quorum_key,
        quorum_need=sitting.quorum_need,
        **roster_facts(sitting),
        **rule_facts(sitting.rules),
    )
    return sitting


def can_lapse(sitting: Sitting) -> None:
    """Whether too few came and nothing is being voted on; raises OutOfTurn."""
    if sitting.state == Sitting.State.LAPSED:
        raise AlreadyDone(None, "lapse", about=sitting)
    if sitting.state != Sitting.State.HELD:
        raise OutOfTurn(None, "lapse", _("先登记到会，才能宣布流会。"))
    if sitting.quorum_need and sitting.quorate:
        raise OutOfTurn(None, "lapse", _("到会人数已经够了，不能宣布流会。"))
    if sitting.has_decided:
        why = _("已经宣布过结果，仍然有效，不是流会。请散会，剩下的另行召集。")
        raise OutOfTurn(None, "lapse", why)
    nothing_open(sitting, "lapse")


def nothing_open(sitting: Sitting, verb: str, why: str = "") -> None:
    """Whether nothing is being voted on; raises OutOfTurn."""
    if being_voted_on(sitting):
        said = why or _("正在表决，先宣布结果或作废本次表决。")
        raise OutOfTurn(None, verb, said)


def being_voted_on(sitting: Sitting) -> bool:
    """Whether some matter was put to the vote and its result is not announced."""
    return sitting.ballots.under_way().exists()


@dataclass(frozen=True)
class Scans:
    """The photographed sheets of a sitting held on paper, as far as there are any."""

    sign_in: Any = None
    tally: Any = None

    def put_with(self, sitting: Sitting) -> None:
        sitting.sign_in_sheet = self.sign_in or ""
        sitting.sign_in_hash = sha256_of(self.sign_in)
        sitting.tally_sheet = self.tally or ""
        sitting.tally_hash = sha256_of(self.tally)


@transaction.atomic
def record_paper(
    village: Village,
    call: Call,
    came: Came,
    *,
    actor: User,
    scans: Scans = Scans(),  # noqa: B008 (frozen)
) -> Sitting:
    """A sitting held on paper was entered afterwards, as it was.

    Each matter on its agenda is then decided on its own by `declare_paper`.
    """
    required(call.chair, _("主持人"), "chair")
    if call.held_at > clock.now():
        raise BadInput(
            _("会议日期不能晚于今天。还没开的会，请用“发会议通知”。"), "held_at"
        )
    only_once(village, call, "record_paper")
    sitting = sitting_row(village, call, actor, paper=True)
    verb = bodies.BODIES[call.body].verb
    by = permit(permissions.sitting_of(call.body), sitting, actor, verb)
    ballots = put_on_agenda(sitting, call.matters, refuse=False)
    scans.put_with(sitting)
    seated = seat(sitting, came)
    record(
        "sitting.recorded",
        sitting,
        by,
        wrote=[*ballots, *seated],
        held_on=sitting.held_on,
        present=sitting.present,
        special=sitting.special_reason or None,
        sign_in_sheet=sitting.sign_in_hash or None,
        tally_sheet=sitting.tally_hash or None,
        **agenda_facts(sitting, call),
        **roster_facts(sitting),
    )
    return sitting


@transaction.atomic
def close(sitting: Sitting, *, actor: User) -> Sitting:
    """The sitting ended, and what was left on its agenda was not put to the vote."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "close")
    can_close(sitting)
    sitting.state = Sitting.State.CLOSED
    sitting.save(update_fields=["state"])
    left = sitting.ballots.filter(state=Ballot.State.SCHEDULED).count()
    record("sitting.closed", sitting, by, held_on=sitting.held_on, items=left)
    return sitting


def can_close(sitting: Sitting) -> None:
    """Whether there is nothing left that could be put to the vote; raises OutOfTurn."""
    if sitting.state == Sitting.State.CLOSED:
        raise AlreadyDone(None, "close", about=sitting)
    if sitting.state != Sitting.State.HELD:
        raise OutOfTurn(None, "close", _("先登记到会，才能散会。"))
    if not sitting.quorate and not sitting.has_decided:
        raise OutOfTurn(None, "close", _("到会人数不够，请宣布流会。"))
    nothing_open(sitting, "close")


def close_if_done(sitting: Sitting) -> None:
    """A sitting, which is locked, is over when all its agenda has been answered."""
    put = Ballot.objects.filter(sitting=sitting)
    if not put.exclude(state__in=("declared", "voided")).exists():
        sitting.state = Sitting.State.CLOSED
        sitting.save(update_fields=["state"])
