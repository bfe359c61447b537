"""Putting a ballot right: two people, a reason, and never an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from workflows.models import Ballot, Matter, Resolution, Sitting, Tally

from . import AlreadyDone, BadInput, OutOfTurn, allow, required
from .ballot import lock, resolve
from .ballot_facts import deciding_facts
from .tallying import enter

if TYPE_CHECKING:
    from villages.models import User
    from workflows.figures import Figures

State = Ballot.State


@transaction.atomic
def void(ballot: Ballot, *, actor: User, text: str, witness_name: str) -> Matter:
    """The ballot is void, with the reason; the matter is voted on again."""
    ballot = lock(ballot)
    matter, before = ballot.matter, ballot.matter.stage
    matter.question = None
    can_void(ballot)
    by = allow(matter.void, actor)
    reason = required(text, _("作废的原因"), "text")
    who = _second(witness_name, actor)
    matter.returns_to = ballot.stage_before if ballot.moved else before
    ballot.state, ballot.void_reason = State.VOIDED, reason
    ballot.save(update_fields=["state", "void_reason"])
    again = _put_again(ballot)
    matter.void(on=clock.today())
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.voided",
        matter,
        by,
        wrote=[ballot, *again],
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
        ballot=ballot.subject,
        reason=reason,
        witness=who,
    )
    return matter


def can_void(ballot: Ballot) -> None:
    """Only what was put to the vote can be void, and only once."""
    if ballot.state == State.SCHEDULED:
        raise OutOfTurn(ballot.matter, "void", _("本项还没有表决。"))
    if ballot.state == State.VOIDED:
        raise AlreadyDone(ballot.matter, "void", about=ballot.matter)
    _must_be_last(ballot, "void")


def _put_again(ballot: Ballot) -> list[Ballot]:
    """While the sitting goes on, the item stands on its agenda once more."""
    if ballot.sitting.state != Sitting.State.HELD or ballot.sitting.paper:
        return []
    again = Ballot.objects.create(
        sitting=ballot.sitting,
        matter=ballot.matter,
        position=ballot.position,
        announced_version=ballot.announced_version,
    )
    return [again]


def _second(name: str, actor: User) -> str:
    """The second person, who is not the first."""
    who = required(name, _("监票人"), "witness_name")
    if who == str(actor):
        raise BadInput(_("更正票数、作废表决须两人办理。"), "witness_name")
    return who


def _must_be_last(ballot: Ballot, verb: str) -> None:
    """Only the newest ballot can be corrected: what follows rests on it."""
    if ballot.matter.ballots.under_way().exclude(pk=ballot.pk).exists():
        why = _("之后的表决正在进行。先宣布那次的结果，或者作废那次表决。")
        raise OutOfTurn(ballot.matter, verb, why)
    if ballot.declared_at is None:
        return
    later = ballot.matter.ballots.decided().filter(declared_at__gt=ballot.declared_at)
    if later.exists():
        why = _("之后还有表决以这次为前提，只能更正最近一次表决。")
        raise OutOfTurn(ballot.matter, verb, why)


@transaction.atomic
def recount(  # noqa: PLR0913
    ballot: Ballot,
    figures: Figures,
    *,
    actor: User,
    text: str,
    witness_name: str,
    sheet: Any = None,
    seen: int | None = None,
) -> Matter:
    """Two people corrected the counts, with the reason; what they were stays.

    `seen` is the tally they had before them; another one means they were late.
    """
    ballot = lock(ballot)
    matter, before, old = ballot.matter, ballot.matter.stage, ballot.tally
    can_recount(ballot, seen)
    by = allow(matter.recount, actor)
    reason = required(text, _("更正的理由"), "text")
    who = _second(witness_name, actor)
    tally = enter(ballot, figures, actor, who, sheet, supersedes=old, reason=reason)
    matter.returns_to = _corrected_stage(ballot, tally)
    matter.question = None
    matter.recount(on=clock.today())
    matter.save(update_fields=["stage", "stage_since"])
    made = _say_what_it_did(ballot, tally, before)
    record(
        "matter.recounted",
        matter,
        by,
        wrote=[ballot, tally, *made],
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
        reason=reason,
        witness=who,
        photo_hash=tally.sheet_hash or None,
        **deciding_facts(ballot, tally),
    )
    return matter


def _say_what_it_did(ballot: Ballot, tally: Tally, before: str) -> list[Resolution]:
    """The ballot bears the verb of the corrected count; so does its resolution."""
    stage = ballot.matter.stage
    ballot.state = State.DECLARED
    ballot.verb = "reject" if stage == "rejected" else ballot.step_verb
    ballot.save(update_fields=["state", "verb"])
    if ballot.step_verb == "adopt" or "rejected" in (before, stage):
        return [resolve(ballot, tally, clock.today())]
    return []


def can_recount(ballot: Ballot, seen: int | None = None) -> None:
    """Only counts that had effect, and on which nothing else rests yet."""
    if ballot.state != State.DECLARED or ballot.flawed:
        why = _("这次表决没有生效的票数可以更正。")
        raise OutOfTurn(ballot.matter, "recount", why)
    if ballot.electronic:
        why = _("电子表决的票数是投出来的，不能更正；有问题的，作废后重新表决。")
        raise OutOfTurn(ballot.matter, "recount", why)
    if seen is not None and ballot.tally is not None and ballot.tally.pk != seen:
        raise AlreadyDone(ballot.matter, "recount", about=ballot.matter)
    _must_be_last(ballot, "recount")


def _corrected_stage(ballot: Ballot, tally: Tally) -> str:
    """The stage the corrected count gives; the present one where nothing turns."""
    matter = ballot.matter
    step = next(s for s in matter.chain.steps if s.verb == ballot.step_verb)
    if step.effect == "opinion":
        return str(matter.stage)
    if not tally.passed:
        return "rejected"
    return str(step.stage) if matter.stage == "rejected" else str(matter.stage)
