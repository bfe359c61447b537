"""Votes cast by those in the room, each by themselves.

The database casts them (sql/casting.sql), in two short statements: a whole county votes
in the same ten minutes. No entry says who chose what, and no log line: what is recorded
of a secret ballot is its end.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from audit.rows import lines_of
from villages.models import RosterEntry
from workflows import permissions
from workflows.figures import Figures
from workflows.models import Ballot, Participation, Receipt, Recusal, SecretVote, Slip
from workflows.models.casting import Choice
from workflows.models.recorded import new_uid
from workflows.rules.count import NOT_THIS_ONE, not_this_voter
from workflows.slips import hash_of, new_code

from . import AlreadyDone, BadInput, OutOfTurn, Refused, permit, required
from .ballot import lock
from .ballot_facts import agenda_facts, closing_facts
from .steps import verb_of
from .tallying import enter

if TYPE_CHECKING:
    from villages.models import User
    from workflows.models import Tally

State = Ballot.State
# What was chosen is told apart from who votes: no statement, and so no line of the
# server's log, holds both. A vote is a transaction of one statement, and the choice is
# told to the session before, under a word that is used once.
CHOSEN = "SELECT set_config('workflows.chosen', %s, false)"
BY_LINE = "SELECT workflows_cast(%s, %s, %s, %s, %s)"
BY_RESIDENT = "SELECT workflows_cast_by_resident(%s, %s, %s, %s, %s)"
BY_SLIP = "SELECT workflows_cast_by_slip(%s, %s, %s, %s)"


def _ask(choice: str, statement: str, *values: Any) -> str | None:
    """What the database says of a vote; None where there is no such ballot or slip."""
    vote, word = Choice(choice).value, secrets.token_hex(8)
    with connection.cursor() as cursor:
        cursor.execute(CHOSEN, [f"{word} {vote}"])
        cursor.execute(statement, [*values, word])
        row = cursor.fetchone()
    return None if row is None else row[0]


def cast(uid: str, user: User, choice: str) -> str:
    """Somebody signed in votes; the receipt. Raises OutOfTurn or Refused."""
    code = new_uid()
    why = _ask(choice, BY_RESIDENT, uid, user.resident_id, clock.now(), code)
    if why is None:
        raise Ballot.DoesNotExist
    if why:
        refuse(Ballot.objects.select_related("sitting").get(uid=uid), why, str(user))
    return code


def cast_line(ballot: Ballot, entry: RosterEntry, choice: str) -> str:
    """The vote of one line of the roster; the receipt."""
    code = new_uid()
    if why := _ask(choice, BY_LINE, ballot.pk, entry.pk, clock.now(), code):
        refuse(ballot, why, entry.name)
    return code


def cast_by_slip(slip_code: str, choice: str) -> str:
    """Whoever holds the slip votes with it, once; the receipt."""
    code, held = new_uid(), hash_of(slip_code)
    why = _ask(choice, BY_SLIP, held, clock.now(), code)
    if why is None:
        raise no_such_slip()
    if why:
        slip = Slip.objects.select_related("ballot__sitting", "entry").get(hash=held)
        refuse(slip.ballot, why, slip.entry.name)
    return code


def no_such_slip() -> BadInput:
    why = _("没有这个号码。重新打印过的，旧的表决条作废；表决结束以后都作废。")
    return BadInput(why, "code")


def can_vote(ballot: Ballot, entry: RosterEntry | None, name: str) -> None:
    """Whether the vote would be cast now; raises OutOfTurn or Refused."""
    asked = [ballot.pk, entry.pk if entry else None, clock.now()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT workflows_why_not(%s, %s, %s)", asked)
        (why,) = cursor.fetchone()
    if why:
        refuse(ballot, why, name)


def refuse(ballot: Ballot, why: str, name: str) -> NoReturn:
    """Say why the vote was not cast: by the ballot, or by who wanted to."""
    if why in NOT_THIS_ONE:
        raise Refused([not_this_voter(ballot.sitting, why, name)])
    if why == "closed":
        raise OutOfTurn(None, "cast", _("表决已经截止。"), about=ballot)
    raise OutOfTurn(None, "cast", _("现在不能表决：还没有开始，或者已经结束。"), ballot)


@transaction.atomic
def cast_for(
    ballot: Ballot, entry: RosterEntry, choice: str, *, actor: User, signed: bool
) -> str:
    """The clerk entered a vote in the room, and the person signed for it."""
    by = permit(permissions.sitting_of(ballot.sitting.body), ballot, actor, "cast_for")
    if not signed:
        raise BadInput(_("请本人在签到册备注栏签字，再代录。"), "signed")
    code = cast_line(ballot, entry, choice)
    record(
        "ballot.assisted",
        ballot,
        by,
        held_on=ballot.sitting.held_on,
        who=entry.name,
        signed=signed,
        **agenda_facts(ballot),
    )
    return code


# -- before: who does not vote, and who votes with a slip ----------------------------


@transaction.atomic
def recuse(ballot: Ballot, entry: RosterEntry, *, actor: User, reason: str) -> Recusal:
    """Somebody whom the question concerns does not vote on it, and stays a member."""
    ballot = lock(ballot)
    by = permit(permissions.sitting_of(ballot.sitting.body), ballot, actor, "recuse")
    can_recuse(ballot)
    why = required(reason, _("回避的原因"), "reason")
    if entry.roster_id != ballot.sitting.roster_id or entry.left_out:
        raise BadInput(_("%(name)s不在本次会议的名册上。") % {"name": entry}, "entry")
    if ballot.recusals.filter(entry=entry).exists():
        raise BadInput(_("%(name)s已经登记回避。") % {"name": entry}, "entry")
    if ballot.participations.filter(entry=entry).exists():
        why = _("%(name)s已经表决过，不能再登记回避。") % {"name": entry}
        raise BadInput(why, "entry")
    recusal = Recusal.objects.create(ballot=ballot, entry=entry, reason=why)
    record(
        "ballot.recused",
        ballot,
        by,
        wrote=[recusal],
        held_on=ballot.sitting.held_on,
        who=entry.name,
        reason=why,
        **agenda_facts(ballot),
    )
    return recusal


def can_recuse(ballot: Ballot) -> None:
    """Only before the question is answered, among those who are there.

    Where hands are raised all see how each votes, so that it is too late from then on.
    """
    if ballot.state not in (State.SCHEDULED, State.OPEN):
        raise OutOfTurn(ballot.matter, "recuse", _("本项已经表决完，不能再登记回避。"))
    if ballot.state == State.OPEN and not ballot.electronic:
        why = _("已经开始表决，不能再登记回避。漏了的，作废本次表决，登记后重新表决。")
        raise OutOfTurn(ballot.matter, "recuse", why)
    sitting = ballot.sitting
    if sitting.paper or sitting.state != sitting.State.HELD:
        raise OutOfTurn(ballot.matter, "recuse", _("先登记到会，再登记回避。"))


@transaction.atomic
def issue_slips(
    ballot: Ballot, entries: list[RosterEntry], *, actor: User
) -> list[tuple[RosterEntry, str]]:
    """Slips were printed for those without a telephone; former ones are void."""
    ballot = lock(ballot)
    by = permit(permissions.sitting_of(ballot.sitting.body), ballot, actor, "slips")
    can_issue_slips(ballot)
    if not entries:
        raise BadInput(_("请选要表决条的人。"), "people")
    ballot.slips.filter(entry__in=entries).delete()
    printed = list(zip(entries, fresh_codes(len(entries)), strict=True))
    Slip.objects.bulk_create(
        Slip(ballot=ballot, entry=entry, hash=hash_of(code)) for entry, code in printed
    )
    record(
        "ballot.slips",
        ballot,
        by,
        held_on=ballot.sitting.held_on,
        slips=len(printed),
        **agenda_facts(ballot),
    )
    return printed


def fresh_codes(number: int) -> list[str]:
    """As many codes, none of which is in anybody's hands."""
    found: set[str] = set()
    while len(found) < number:
        found |= {new_code() for _each in range(number - len(found))}
        hashes = {hash_of(code): code for code in found}
        taken = Slip.objects.filter(hash__in=hashes).values_list("hash", flat=True)
        found -= {hashes[held] for held in taken}
    return list(found)


def can_issue_slips(ballot: Ballot) -> None:
    if ballot.state != State.OPEN or not ballot.electronic:
        raise OutOfTurn(ballot.matter, "slips", _("电子表决开始以后才能打印表决条。"))


# -- and the end ---------------------------------------------------------------------


@transaction.atomic
def close_ballot(ballot: Ballot, *, actor: User) -> Tally:
    """The chair ended the vote: what was cast is counted, and nobody can undo it."""
    ballot = lock(ballot)
    can_close_ballot(ballot)
    by = permit(
        permissions.sitting_of(ballot.sitting.body), ballot, actor, verb_of(ballot)
    )
    tally = enter(ballot, counted(ballot), actor)
    cast_here = (Participation, SecretVote, Receipt)
    record(
        "ballot.closed",
        ballot,
        by,
        wrote=[tally, *(lines_of(model, ballot.pk) for model in cast_here)],
        held_on=ballot.sitting.held_on,
        **closing_facts(ballot, tally),
    )
    return tally


def can_close_ballot(ballot: Ballot) -> None:
    """Only what people cast themselves is closed; hands and slips are counted."""
    if ballot.state == State.SCHEDULED:
        why = _("本项还没有开始表决。先按“开始表决”。")
        raise OutOfTurn(ballot.matter, "close_ballot", why)
    if not ballot.electronic:
        why = _("这一项不是电子表决，请录入票数。")
        raise OutOfTurn(ballot.matter, "close_ballot", why)
    if ballot.state != State.OPEN:
        raise AlreadyDone(ballot.matter, "close_ballot", about=ballot)


def counted(ballot: Ballot) -> Figures:
    """What was cast, as the database counts it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM workflows_votes_of(%s)", [ballot.pk])
        issued, returned, votes_for, against, abstain = cursor.fetchone()
    return Figures(
        ballot.sitting.present, issued, returned, votes_for, against, abstain, invalid=0
    )
