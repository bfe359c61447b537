"""One question, put, counted and seen by a second person."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from audit.rows import Gone
from workflows import permissions
from workflows.bodies import AMONG_THEMSELVES
from workflows.figures import Figures
from workflows.models import Ballot, Matter, MatterText, Resolution, Sitting, Tally
from workflows.models.ballot import ELECTRONIC

from . import (
    AlreadyDone,
    BadInput,
    Forbidden,
    OutOfTurn,
    allow,
    permit,
    rule_facts,
)
from .ballot_facts import (
    agenda_facts,
    paper_facts,
    present_facts,
    sheet_facts,
    vote_facts,
)
from .opening import can_open, ends_at
from .steps import verb_of
from .tallying import Helpers as Helpers  # noqa: PLC0414 (what `count` takes)
from .tallying import enter, not_of_the_body

if TYPE_CHECKING:
    from villages.models import User
    from villages.offices import Acting

State = Ballot.State


def lock(ballot: Ballot) -> Ballot:
    """Matter, then sitting, then ballot, as they are now, knowing of each other.

    Votes are held whatever the method: what was known of it may be older than the vote.
    """
    matter = Matter.objects.locked(ballot.matter)
    sitting = Sitting.objects.locked(ballot.sitting_id)
    hold_votes(ballot.pk)
    ballot = Ballot.objects.locked(ballot.pk)
    ballot.matter, ballot.sitting = matter, sitting
    sitting.village = matter.village
    matter.question = ballot
    return ballot


def hold_votes(ballot: int) -> None:
    """Nobody begins to vote until the transaction ends; who has begun is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workflows_hold_votes(%s)", [ballot])


@transaction.atomic
def open_ballot(
    ballot: Ballot,
    *,
    actor: User,
    method: str = Ballot.Method.HANDS,
    closes_at: datetime | None = None,
) -> Ballot:
    """The matter is put to the vote, on the text as it stands.

    Where people cast their votes themselves, they may until the chair ends it, and no
    longer than until `closes_at`.
    """
    ballot = lock(ballot)
    can_open(ballot)
    by = allow(ballot.matter.open_ballot, actor)
    if method in ELECTRONIC:
        ballot.closes_at = ends_at(ballot.sitting, closes_at)
    put(ballot, method)
    record(
        "ballot.opened",
        ballot,
        by,
        held_on=ballot.sitting.held_on,
        body=ballot.sitting.body,
        method=method,
        closes_at=ballot.closes_at,
        text_hash=ballot.matter.text.hash,
        text_version=ballot.matter.text_version,
        **agenda_facts(ballot),
        **present_facts(ballot.sitting),
        **rule_facts(ballot.sitting.rules),
    )
    return ballot


def put(ballot: Ballot, method: str) -> None:
    """Fix the text and the method; from here the text cannot change."""
    ballot.version = ballot.matter.text
    ballot.method = method
    ballot.stage_before = ballot.matter.stage
    ballot.opened_at = clock.now()
    ballot.state = State.OPEN
    ballot.save()


@transaction.atomic
def count(  # noqa: PLR0913
    ballot: Ballot,
    figures: Figures,
    *,
    actor: User,
    witness_name: str = "",
    sheet: Any = None,
    seen: int | None = None,
    helpers: Helpers = Helpers(),  # noqa: B008 (frozen)
) -> Tally:
    """The counts were entered by hand; `seen` is the tally they put right."""
    ballot = lock(ballot)
    can_count(ballot, seen)
    by = permit(
        permissions.sitting_of(ballot.sitting.body), ballot, actor, verb_of(ballot)
    )
    _of_who_votes(ballot, figures)
    if (who := witness_name.strip()) and not_of_the_body(ballot.sitting, name=who):
        raise BadInput(str(AMONG_THEMSELVES[ballot.sitting.body]), "witness_name")
    replaced = [Gone(ballot.tally)] if ballot.tally else []
    tally = enter(ballot, figures, actor, who, sheet, helpers=helpers)
    record(
        "ballot.counted",
        ballot,
        by,
        wrote=[tally, *replaced],
        held_on=ballot.sitting.held_on,
        present=tally.present,
        witness=who if tally.witnessed else None,
        caller=tally.caller_name or None,
        teller=tally.teller_name or None,
        **sheet_facts(tally),
        **agenda_facts(ballot),
        **vote_facts(ballot, tally),
        **paper_facts(ballot, tally),
    )
    return tally


def can_count(ballot: Ballot, seen: int | None = None) -> None:
    """Counts are entered while the ballot is open, and until they are witnessed."""
    if ballot.state in (State.SCHEDULED, State.VOIDED):
        raise OutOfTurn(ballot.matter, "count", _("先按“开始表决”，再录入票数。"))
    if ballot.electronic:
        why = _("电子表决不用录入票数，请按“结束表决”。")
        raise OutOfTurn(ballot.matter, "count", why)
    known = ballot.tally and ballot.tally.pk
    if ballot.state not in (State.OPEN, State.COUNTED) or known != seen:
        raise AlreadyDone(ballot.matter, "count", about=ballot)


def _of_who_votes(ballot: Ballot, figures: Figures) -> None:
    """Raises BadInput where people came, left or were recused meanwhile."""
    if figures.present != ballot.voting_now:
        why = _("参加表决的人数刚刚变了，现在是 %(n)s 人，请再核对一遍票数。")
        raise BadInput(why % {"n": ballot.voting_now})


@transaction.atomic
def witness(
    ballot: Ballot,
    *,
    actor: User,
    seen: int | None = None,
    figures: Figures | None = None,
) -> Tally:
    """A second person compared the numbers they saw with the sheet.

    Of slips of paper they entered the counts themselves, and both agree.
    """
    ballot = lock(ballot)
    by = can_witness(ballot, actor)
    tally = ballot.tally
    assert tally is not None
    are_as_seen(ballot, seen, "witness")
    if ballot.counted_twice:
        _agree(tally, figures)
    tally.witness, tally.witnessed_at = actor, clock.now()
    tally.save(update_fields=["witness", "witnessed_at"])
    ballot.state = State.WITNESSED
    ballot.save(update_fields=["state"])
    record(
        "ballot.witnessed",
        ballot,
        by,
        wrote=[tally],
        held_on=ballot.sitting.held_on,
        **agenda_facts(ballot),
        **vote_facts(ballot, tally),
        **sheet_facts(tally),
    )
    return tally


def are_as_seen(ballot: Ballot, seen: int | None, verb: str) -> None:
    """Raises OutOfTurn where other counts stand now than those that were shown."""
    if seen is not None and ballot.tally is not None and ballot.tally.pk != seen:
        why = _("票数刚刚重新录入过，请再核对一遍。")
        raise OutOfTurn(ballot.matter, verb, why)


def _agree(tally: Tally, figures: Figures | None) -> None:
    """Raises BadInput where two entries differ, and does not say in what."""
    if figures is None:
        raise BadInput(_("请自己照计票单录入一遍票数。"))
    if figures.counted != tally.figures.counted:
        why = _("和第一遍录入的票数对不上。请两人一起重新清点，录错的重新录入。")
        raise BadInput(why)


def can_witness(ballot: Ballot, actor: User) -> Acting:
    """In which office; raises where there is nothing to witness, or not by this one."""
    if ballot.state in (State.SCHEDULED, State.OPEN):
        raise OutOfTurn(ballot.matter, "witness", _("先录入票数，再请监票人核对。"))
    if ballot.state != State.COUNTED or ballot.tally is None:
        raise AlreadyDone(ballot.matter, "witness", about=ballot)
    by = permit(permissions.witness, ballot, actor, "witness")
    if why := unfit(ballot, actor):
        raise Forbidden("witness", why=why)
    return by


def unfit(ballot: Ballot, actor: User) -> str:
    """Why this person does not witness these counts, or an empty string."""
    tally, sitting = ballot.tally, ballot.sitting
    if tally is not None and tally.entered_by.is_same_person(actor):
        if ballot.electronic:
            return _("表决由您结束，监票须另一人办理。")
        return _("票数由您录入，监票须另一人办理。")
    if tally is not None and str(actor) in (tally.caller_name, tally.teller_name):
        return _("唱票人、计票人不能兼监票人，请另一人核对。")
    if sitting.chair and sitting.chair == str(actor):
        return _("主持人不能兼监票人，请另一人核对。")
    if not_of_the_body(sitting, resident=actor.resident_id or 0):
        return str(AMONG_THEMSELVES[sitting.body])
    return ""


def resolve(ballot: Ballot, tally: Tally, on: date) -> Resolution:
    """What the meeting decided, with its text and its tally."""
    return Resolution.objects.create(
        matter=ballot.matter,
        ballot=ballot,
        tally=tally,
        text=cast(MatterText, ballot.version),
        passed=tally.passed,
        resolved_on=on,
    )
