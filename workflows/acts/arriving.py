"""People come one by one, some later; some do not come; some only listen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from audit.rows import Gone, lines_of
from villages.models import RosterEntry
from workflows import permissions, rotating, strokes
from workflows.models import Absence, Attendance, Observer, Signature, Sitting

from . import BadInput, Forbidden, OutOfTurn, permit, required
from .seating import open_roster, roster_facts
from .sitting import nothing_open

if TYPE_CHECKING:
    from villages.models import Resident, User
    from villages.offices import Acting

Signed = Attendance.Signed


@transaction.atomic
def arrive(
    sitting: Sitting,
    key: str,
    *,
    actor: User,
    signed: str = Signed.TICKED,
    written: str = "",
) -> Attendance:
    """The clerk signs in one person, who may draw their name with a finger."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "arrive")
    can_arrive(sitting)
    if signed == Signed.FINGER:
        _is_a_name(written)
    opened = open_roster(sitting)
    return _enter(sitting, entry_of(sitting, key), by, signed, opened, written)


@transaction.atomic
def arrive_by_code(sitting: Sitting, code: str, *, actor: User) -> Attendance:
    """Somebody scanned the code on the screen, and signs in themselves."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.arrive_by_code, sitting, actor, "arrive_by_code")
    can_arrive(sitting)
    if not rotating.holds(sitting, code, clock.now()):
        raise OutOfTurn(None, "arrive_by_code", _("二维码已经换了，请重新扫屏幕上的。"))
    opened = open_roster(sitting)
    entry = line_of(sitting, actor.resident)
    if entry is None:
        why = _("您不在这次会议的名册上。列席的，请记录人登记。")
        raise Forbidden("arrive_by_code", why=why)
    return _enter(sitting, entry, by, Signed.CODE, opened)


def can_arrive(sitting: Sitting) -> None:
    """While it goes on, on its day, and between two votes; raises OutOfTurn."""
    goes_on(sitting, "arrive")
    if sitting.present and not sitting.attendances.exists():
        why = _("到会是按人数登记的，请在“登记到会”里改人数。")
        raise OutOfTurn(None, "arrive", why)
    nothing_open(sitting, "arrive", _("正在表决，宣布结果以后再签到。"))


def goes_on(sitting: Sitting, verb: str) -> None:
    """From the day it was called for until it ends; raises OutOfTurn."""
    why = ""
    if sitting.paper or sitting.state not in ("convened", "held"):
        why = _("会议已经结束。")
    elif sitting.held_on > clock.today():
        why = _("还没到开会的日子，请到那天再登记。")
    if why:
        raise OutOfTurn(None, verb, why)


def entry_of(sitting: Sitting, key: str) -> RosterEntry:
    """The line of somebody entitled, by the key that pages know; raises BadInput."""
    assert sitting.roster is not None
    lines = sitting.roster.entries.entitled()
    kind, number = key[:1], key[1:]
    if kind in ("r", "h") and number.isascii() and number.isdigit():
        of = {"resident": number} if kind == "r" else {"household": number}
        found = lines.filter(**of, **({} if kind == "r" else {"resident": None}))
        if entry := found.first():
            return entry
    raise BadInput(_("不在这次会议的名册上，或者没有表决权。没有表决权的请登记列席。"))


def line_of(sitting: Sitting, resident: Resident | None) -> RosterEntry | None:
    """On which line this person stands, or the household they belong to."""
    if resident is None or sitting.roster is None:
        return None
    lines = sitting.roster.entries.entitled().of(resident)
    own: RosterEntry | None = lines.order_by(F("resident").asc(nulls_last=True)).first()
    return own


def _is_a_name(written: str) -> None:
    try:
        strokes.read(written)
    except strokes.Unreadable:
        raise BadInput(_("没有看到签名，请重新签。"), "written") from None


def _enter(  # noqa: PLR0913, PLR0917
    sitting: Sitting,
    entry: RosterEntry,
    by: Acting,
    signed: str,
    wrote: list[Any],
    written: str = "",
) -> Attendance:
    """One person more is in the room, or is there again."""
    row = _row(sitting, entry)
    row.signed, row.came_at, row.left_at = signed, clock.now(), None
    row.how = Attendance.How.IN_PERSON
    row.save()
    sitting.in_person += 1
    sitting.save(update_fields=["in_person"])
    record(
        "sitting.arrived",
        sitting,
        by,
        wrote=[
            *wrote,
            lines_of(Attendance, sitting.pk),
            *_after_all(sitting, entry),
            *_signature(sitting, entry, written),
        ],
        held_on=sitting.held_on,
        body=sitting.body,
        present=sitting.present,
        signed=signed,
        who=entry.name,
        **roster_facts(sitting),
    )
    return row


def _row(sitting: Sitting, entry: RosterEntry) -> Attendance:
    """Of somebody who is not there; raises OutOfTurn."""
    known = sitting.attendances.filter(entry=entry).first()
    if known is not None and known.left_at is None:
        why = _("%(name)s已经签到。") % {"name": entry.name}
        raise OutOfTurn(None, "arrive", why)
    return known or Attendance(sitting=sitting, entry=entry)


def _after_all(sitting: Sitting, entry: RosterEntry) -> list[Gone]:
    """Who comes after all is not absent any more."""
    known = list(sitting.absences.filter(entry=entry))
    gone = [Gone(row) for row in known]
    sitting.absences.filter(pk__in=[row.pk for row in known]).delete()
    return gone


def _signature(sitting: Sitting, entry: RosterEntry, written: str) -> list[Signature]:
    if not written:
        return []
    drawn = {"strokes": written, "hash": strokes.hash_of(written)}
    kept, _made = Signature.objects.update_or_create(
        sitting=sitting, entry=entry, defaults={"name": entry.name, **drawn}
    )
    return [kept]


# -- who does not come, and who only listens -----------------------------------------


@transaction.atomic
def excuse(
    sitting: Sitting, key: str, *, actor: User, reason: str, note: str = ""
) -> Absence:
    """Why somebody entitled is not there; entered anew, it is put right."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "excuse")
    goes_on(sitting, "excuse")
    opened = open_roster(sitting)
    entry = entry_of(sitting, key)
    if sitting.attendances.filter(entry=entry).exists():
        raise BadInput(_("%(name)s已经签到。") % {"name": entry.name})
    row, _made = Absence.objects.update_or_create(
        sitting=sitting,
        entry=entry,
        defaults={"reason": reason, "name": entry.name, "note": note.strip()},
    )
    record(
        "sitting.excused",
        sitting,
        by,
        wrote=[*opened, row],
        held_on=sitting.held_on,
        reason=row.reason,
        who=entry.name,
        note=row.note or None,
    )
    return row


@transaction.atomic
def observe(
    sitting: Sitting, *, actor: User, name: str, capacity: str, post: str = ""
) -> Observer:
    """Somebody listens who has no vote; they are not 到会."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "observe")
    goes_on(sitting, "observe")
    row = Observer.objects.create(
        sitting=sitting,
        name=required(name, _("姓名"), "name"),
        capacity=capacity,
        post=post.strip(),
    )
    record(
        "sitting.observed",
        sitting,
        by,
        wrote=[row],
        held_on=sitting.held_on,
        capacity=row.capacity,
        who=row.name,
        post=row.post or None,
    )
    return row


@transaction.atomic
def unobserve(sitting: Sitting, row: Observer, *, actor: User) -> None:
    """The clerk entered somebody who was not there, or wrote the name wrongly."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "unobserve")
    goes_on(sitting, "unobserve")
    known = sitting.observers.filter(pk=row.pk).first()
    if known is None:
        raise OutOfTurn(None, "unobserve", _("已经删去。"))
    gone = Gone(known)
    record(
        "sitting.unobserved",
        sitting,
        by,
        wrote=[gone],
        held_on=sitting.held_on,
        capacity=known.capacity,
        who=known.name,
    )
    Observer.objects.filter(pk=known.pk).delete()
