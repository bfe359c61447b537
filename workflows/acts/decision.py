"""What the counts decide: the tally chooses the verb."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from workflows import permissions
from workflows.models import Ballot, Matter
from workflows.models.ballot import ELECTRONIC
from workflows.rules import forget

from . import (
    AlreadyDone,
    BadInput,
    OutOfTurn,
    allow,
    not_before,
    not_in_future,
    permit,
    rule_facts,
)
from .ballot import are_as_seen, lock, put, resolve
from .ballot_facts import agenda_facts, deciding_facts, present_facts, vote_facts
from .sitting import close_if_done
from .steps import in_its_place, verb_of
from .tallying import enter

if TYPE_CHECKING:
    from villages.models import User
    from workflows.figures import Figures

DECLARED = ("step_verb", "verb", "stage_before", "state", "declared_at")
PAST = {
    "propose": "matter.proposed",
    "review": "matter.reviewed",
    "adopt": "matter.adopted",
    "reject": "matter.rejected",
}


@transaction.atomic
def initiate(matter: Matter, *, actor: User, on: date | None = None) -> Matter:
    """The branch put the matter forward."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.initiate, actor)
    before = matter.stage
    day = not_in_future(on or clock.today(), _("提议日期"))
    if not matter.may_rest_on(day):
        not_before(day, matter.stage_since, _("提议日期"), _("起草日期"))
    matter.initiate(on=day)
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.initiated",
        matter,
        by,
        held_on=matter.stage_since,
        from_stage=before,
        stage=str(matter.stage),
        text_hash=matter.text.hash,
        text_version=matter.text.version,
        **rule_facts(matter.rules_on(matter.stage_since)),
    )
    return matter


@transaction.atomic
def declare(ballot: Ballot, *, actor: User, seen: int | None = None) -> Matter:
    """The result was announced in the room; it is what the counts say.

    `seen` is the tally that was announced; where another stands, it was not that.
    """
    ballot = lock(ballot)
    matter = ballot.matter
    can_declare(ballot)
    are_as_seen(ballot, seen, "declare")
    forget(matter)
    return decide(ballot, actor)


def can_declare(ballot: Ballot) -> None:
    """There are counts, and their outcome was not announced yet."""
    matter, state = ballot.matter, ballot.state
    if state == Ballot.State.DECLARED:
        raise AlreadyDone(matter, "declare", about=ballot)
    if state == Ballot.State.VOIDED:
        raise OutOfTurn(matter, "declare", _("这次表决已经作废。"))
    if ballot.tally is None:
        raise OutOfTurn(matter, "declare", _("先录入票数，再宣布结果。"))


@transaction.atomic
def declare_paper(
    ballot: Ballot,
    figures: Figures,
    *,
    actor: User,
    method: str = Ballot.Method.HANDS,
    witness_name: str = "",
) -> Matter:
    """What a sitting held on paper decided is entered; flawed, it has no effect."""
    ballot = lock(ballot)
    matter = ballot.matter
    if ballot.state != Ballot.State.SCHEDULED:
        raise AlreadyDone(matter, "declare", about=ballot)
    if not ballot.sitting.paper or ballot.sitting.state != ballot.sitting.State.HELD:
        raise OutOfTurn(matter, "declare", _("这次会议不能会后录入票数。"))
    if method in ELECTRONIC:
        raise BadInput(_("会后录入的是举手或者投票的票数。"), "method")
    put(ballot, method)
    enter(ballot, figures, actor, witness_name)
    verb = verb_of(ballot)
    ballot.flawed = _flaws(ballot, verb)
    if ballot.flawed:
        _keep_flawed(ballot, verb, actor)
    else:
        decide(ballot, actor)
    return matter


def _flaws(ballot: Ballot, verb: str) -> list[str]:
    """The rules of law or party that were not kept; or that it was out of turn."""
    matter = ballot.matter
    if matter.edge(verb) is None or not matter.may_rest_on(ballot.sitting.held_on):
        return ["out_of_turn"]
    unmet = [refusal.name for refusal in matter.unmet(verb)]
    return unmet or ([] if in_its_place(ballot) else ["out_of_turn"])


def _keep_flawed(ballot: Ballot, verb: str, actor: User) -> None:
    """It happened, and is kept as it was; the stage does not move."""
    by = permit(permissions.sitting_of(ballot.sitting.body), ballot, actor, verb)
    assert ballot.tally is not None
    ballot.state, ballot.declared_at = Ballot.State.DECLARED, clock.now()
    ballot.verb = verb
    ballot.save()
    close_if_done(ballot.sitting)
    record(
        "ballot.declared",
        ballot,
        by,
        wrote=[ballot.sitting, ballot.tally],
        held_on=ballot.sitting.held_on,
        flaws=ballot.flawed,
        passed=ballot.tally.passed,
        **agenda_facts(ballot),
        **vote_facts(ballot, ballot.tally),
        **present_facts(ballot.sitting),
    )


def decide(ballot: Ballot, actor: User) -> Matter:
    """Let the tally choose between the body's verb and `reject`."""
    verb = verb_of(ballot)
    step = ballot.matter.chain.step(verb)
    assert ballot.tally is not None
    opinion = step is not None and step.effect == "opinion"
    if ballot.tally.passed or opinion or not ballot.matter.in_turn(verb):
        return ACTS[verb](ballot, actor=actor)
    return reject(ballot, actor=actor)


def propose(ballot: Ballot, *, actor: User) -> Matter:
    """The joint sitting agreed."""
    return _decided(ballot, "propose", actor)


def review(ballot: Ballot, *, actor: User) -> Matter:
    """The party members' meeting agreed, or gave its opinion."""
    return _decided(ballot, "review", actor)


def adopt(ballot: Ballot, *, actor: User) -> Matter:
    """The competent body adopted the matter."""
    return _decided(ballot, "adopt", actor)


def reject(ballot: Ballot, *, actor: User) -> Matter:
    """The body decided against the matter."""
    return _decided(ballot, "reject", actor)


ACTS = {"propose": propose, "review": review, "adopt": adopt}


def _decided(ballot: Ballot, verb: str, actor: User) -> Matter:
    """Move the locked matter by what the locked ballot says, and record both."""
    matter, tally = ballot.matter, ballot.tally
    assert tally is not None
    by = allow(getattr(matter, verb), actor)
    before, day = matter.stage, ballot.sitting.held_on
    ballot.step_verb = verb_of(ballot)
    ballot.verb, ballot.stage_before = verb, before
    ballot.state, ballot.declared_at = Ballot.State.DECLARED, clock.now()
    ballot.save(update_fields=DECLARED)
    made = [resolve(ballot, tally, day)] if verb in ("adopt", "reject") else []
    close_if_done(ballot.sitting)
    getattr(matter, verb)(on=day)
    matter.save(update_fields=["stage", "stage_since"])
    record(
        PAST[verb],
        matter,
        by,
        wrote=[ballot, ballot.sitting, tally, *made],
        held_on=day,
        from_stage=before,
        stage=str(matter.stage),
        **deciding_facts(ballot, tally),
    )
    return matter
