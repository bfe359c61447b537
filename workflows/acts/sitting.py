"""Calling people together, and seeing who came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from villages import rosters
from villages.models import RosterEntry, Village
from workflows import bodies, permissions, rulebook
from workflows.models import Attendance, Ballot, Matter, Sitting
from workflows.rules import Refusal, Shortfall
from workflows.rules.count import voter_is_eligible

from . import (
    AlreadyDone,
    BadInput,
    OutOfTurn,
    Refused,
    permit,
    required,
    rule_facts,
)

if TYPE_CHECKING:
    from villages.models import Resident, Roster, User


@dataclass(frozen=True)
class Call:
    """What a notice of a sitting says."""

    body: str
    held_at: datetime
    matters: Sequence[Matter]
    place: str = ""
    chair: str = ""
    recorder: str = ""
    mode: str = "persons"
    group_name: str = ""
    noticed_at: datetime | None = None
    special_reason: str = ""


@dataclass(frozen=True)
class Came:
    """Who came: rows of the roster, residents, or for large bodies totals."""

    entries: Sequence[RosterEntry] | None = None
    residents: Sequence[Resident] | None = None  # whether or not they are members
    people: Sequence[str] | None = None  # the same, before the roster has rows
    in_person: int = 0
    online: int = 0
    by_proxy: int = 0
    how: dict[int, str] = field(default_factory=dict)  # by roster entry, if not there


@transaction.atomic
def convene(village: Village, call: Call, *, actor: User) -> Sitting:
    """Those entitled were told when, where and on what."""
    _once(village, call, "convene")
    for matter in call.matters:
        if matter.edge("convene") is None:
            raise OutOfTurn(matter, "convene")
    sitting = _sitting(village, call, actor)
    by = permit(
        permissions.sitting_of(call.body), sitting, actor, bodies.BODIES[call.body].verb
    )
    _put_on_agenda(sitting, call.matters, refuse=True)
    record(
        "sitting.convened",
        sitting,
        by,
        held_on=sitting.held_on,
        meets_on=sitting.held_on,
        special=sitting.special_reason or None,
        **_agenda_facts(sitting, call),
    )
    return sitting


def _once(village: Village, call: Call, verb: str) -> None:
    """A sitting is entered once, however often the button is pressed.

    The village is held without its key, so that rows that name it need not wait.
    """
    Village.objects.select_for_update(of=("self",), no_key=True).get(pk=village.pk)
    known = (
        Ballot.objects.filter(
            sitting__village=village,
            sitting__body=call.body,
            sitting__group_name=call.group_name,
            sitting__held_at=call.held_at,
            matter__in=[matter.pk for matter in call.matters],
            announced_version__version=F("matter__text_version"),
        )
        .exclude(state=Ballot.State.VOIDED)
        .select_related("sitting")
        .first()
    )
    if known is not None:
        raise AlreadyDone(None, verb, about=known.sitting)


def _sitting(
    village: Village, call: Call, actor: User, *, paper: bool = False
) -> Sitting:
    """The sitting's row, with the rules of its day."""
    if call.body not in bodies.BODIES:
        raise BadInput(_("没有这种会议。"), "body")
    if not call.matters:
        raise BadInput(_("请至少选一个议题。"), "matters")
    day = clock.local(call.held_at).date()
    try:
        rules = rulebook.in_force(day, village.overlays)
    except rulebook.NoRuleSet:
        raise BadInput(_("没有那一天的规则，请核对日期。"), "held_at") from None
    noticed_at = call.noticed_at or clock.now()
    if noticed_at > call.held_at:
        raise BadInput(_("通知时间不能晚于开会时间。"), "noticed_at")
    if noticed_at > clock.now():
        raise BadInput(_("通知时间不能晚于现在。"), "noticed_at")
    if call.held_at < clock.now() - timedelta(days=1) and not paper:
        raise BadInput(_("已经开过的会，请用“会后录入”。"), "held_at")
    return Sitting.objects.create(
        village=village,
        body=call.body,
        mode=call.mode,
        group_name=call.group_name,
        paper=paper,
        convenor=bodies.BODIES[call.body].convenor,
        chair=call.chair,
        recorder=call.recorder,
        operator=actor,
        place=call.place,
        held_at=call.held_at,
        noticed_at=noticed_at,
        special_reason=call.special_reason.strip(),
        ruleset=rules.name,
        ruleset_hash=rules.hash,
        recorded_at=clock.now(),
    )


def _put_on_agenda(
    sitting: Sitting, matters: Sequence[Matter], *, refuse: bool
) -> None:
    """One ballot a matter, in the order given; refused where a rule forbids it."""
    unmet: list[Refusal] = []
    for position, matter in enumerate(matters, 1):
        if matter.village_id != sitting.village_id:
            raise BadInput(_("议题不是本村的事项。"), "matters")
        ballot = Ballot.objects.create(
            sitting=sitting,
            matter=matter,
            position=position,
            announced_version=matter.text,
        )
        matter.question = ballot
        if refuse:
            unmet += matter.unmet("convene")
    if unmet:
        raise Refused(unmet)


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
    seat(sitting, came)
    record(
        "sitting.attended",
        sitting,
        by,
        held_on=sitting.held_on,
        body=sitting.body,
        present=sitting.present,
        online=sitting.online,
        proxies=sitting.by_proxy,
        **_roster_facts(sitting),
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
        why = _("还没到开会的日子，不能登记到会。")
    if why:
        raise OutOfTurn(None, "attend", why)


def _roster_facts(sitting: Sitting) -> dict[str, object]:
    """Who was entitled, by the frozen roster."""
    assert sitting.roster is not None
    return {"eligible": sitting.eligible, "roster_root": sitting.roster.root}


def _agenda_facts(sitting: Sitting, call: Call) -> dict[str, object]:
    """What was called, when, by whom, on what and under which rules."""
    return {
        "body": sitting.body,
        "mode": sitting.mode,
        "convenor": sitting.convenor,
        "noticed_on": sitting.noticed_on,
        "matters": [matter.subject for matter in call.matters],
        **rule_facts(sitting.rules),
    }


def roster_of(sitting: Sitting, came: Came) -> None:
    """Compile and freeze the roster of the sitting's day, once."""
    if sitting.roster_id is None:
        roster = rosters.compile(
            sitting.village,
            sitting.body,
            on=sitting.held_on,
            mode=sitting.mode,
            group_name=sitting.group_name,
        )
        _add_guests(roster, came)
        sitting.roster = rosters.freeze(roster)


def _add_guests(roster: Roster, came: Came) -> None:
    """Who came and is no member stands on the roster as a guest, without a vote."""
    known = set(roster.entries.values_list("resident_id", flat=True))
    for resident in came.residents or ():
        if resident.pk not in known:
            entry = rosters.include(roster, resident, note=_("到会列席"))
            rosters.correct(
                entry, left_out=RosterEntry.LeftOut.BY_DECISION, note=_("到会列席")
            )


def seat(sitting: Sitting, came: Came) -> None:
    """Enter who came, anew; nobody beyond the roster, nobody from afar unlawfully."""
    roster_of(sitting, came)
    if came.residents is not None:
        assert sitting.roster is not None
        rows = sitting.roster.entries.filter(resident__in=came.residents)
        came = replace(came, entries=list(rows))
    sitting.attendances.all().delete()
    sitting.strangers = 0
    if came.people is not None:
        came = replace(came, entries=_on_roster(sitting, came.people))
    if came.entries is not None:
        _tick(sitting, came)
    else:
        sitting.in_person, sitting.online = came.in_person, came.online
        sitting.by_proxy = came.by_proxy
    if (sitting.online or sitting.by_proxy) and sitting.body != "members":
        raise BadInput(_("只有成员大会可以在线参加或书面委托。"), "online")
    if sitting.present > sitting.eligible:
        beyond = {"n": sitting.present - sitting.eligible}
        shortfall = Shortfall(sitting.rules, "voters.on_roster", "", beyond)
        raise Refused([Refusal(voter_is_eligible, shortfall)])
    sitting.state = Sitting.State.HELD
    sitting.save()


def _on_roster(sitting: Sitting, people: Sequence[str]) -> list[RosterEntry]:
    """The rows of those people; nobody may come who has no row."""
    assert sitting.roster is not None
    rows = {row.key: row for row in sitting.roster.entries.all()}
    if missing := set(people) - set(rows):
        raise BadInput(
            _("有 %(n)s 人不在这次会议的名册上。") % {"n": len(missing)}, "people"
        )
    return [row for key, row in rows.items() if key in set(people)]


def _tick(sitting: Sitting, came: Came) -> None:
    """One row a person; the totals follow from the rows."""
    entries = list(came.entries or [])
    if any(entry.roster_id != sitting.roster_id for entry in entries):
        raise BadInput(_("到会的人不在这次会议的名册上。"), "entries")
    rows = [
        Attendance(
            sitting=sitting,
            entry=entry,
            how=came.how.get(entry.pk, Attendance.How.IN_PERSON),
        )
        for entry in entries
    ]
    Attendance.objects.bulk_create(rows)
    sitting.strangers = sum(bool(entry.left_out) for entry in entries)
    counted = [row.how for row, entry in zip(rows, entries, strict=True)]
    sitting.in_person = counted.count(Attendance.How.IN_PERSON)
    sitting.online = counted.count(Attendance.How.ONLINE)
    sitting.by_proxy = counted.count(Attendance.How.PROXY)


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
        **_roster_facts(sitting),
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
    _nothing_open(sitting, "lapse")


def _nothing_open(sitting: Sitting, verb: str) -> None:
    if sitting.ballots.filter(state__in=("open", "counted", "witnessed")).exists():
        raise OutOfTurn(None, verb, _("正在表决，先宣布结果或作废本次表决。"))


@transaction.atomic
def record_paper(village: Village, call: Call, came: Came, *, actor: User) -> Sitting:
    """A sitting held on paper was entered afterwards, as it was.

    Each matter on its agenda is then decided on its own by `declare_paper`.
    """
    required(call.chair, _("主持人"), "chair")
    if call.held_at > clock.now():
        raise BadInput(
            _("会议日期不能晚于今天。还没开的会，请用“发会议通知”。"), "held_at"
        )
    _once(village, call, "record_paper")
    sitting = _sitting(village, call, actor, paper=True)
    verb = bodies.BODIES[call.body].verb
    by = permit(permissions.sitting_of(call.body), sitting, actor, verb)
    _put_on_agenda(sitting, call.matters, refuse=False)
    seat(sitting, came)
    record(
        "sitting.recorded",
        sitting,
        by,
        held_on=sitting.held_on,
        present=sitting.present,
        **_agenda_facts(sitting, call),
        **_roster_facts(sitting),
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
    if not sitting.quorate:
        raise OutOfTurn(None, "close", _("到会人数不够，请宣布流会。"))
    _nothing_open(sitting, "close")


def close_if_done(sitting: Sitting) -> None:
    """A sitting is over when everything on its agenda has been answered."""
    waiting = Ballot.objects.filter(sitting=sitting).exclude(
        state__in=("declared", "voided")
    )
    Sitting.objects.filter(~Exists(waiting), pk=sitting.pk).update(
        state=Sitting.State.CLOSED
    )
