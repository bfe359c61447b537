"""Who is entitled at a sitting, and who of them came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit import clock
from audit.rows import Gone, lines_of
from villages import rosters
from villages.models import RosterEntry
from workflows.models import Attendance, Sitting
from workflows.rules import Refusal, Shortfall
from workflows.rules.count import voter_is_eligible

from . import BadInput, Refused

if TYPE_CHECKING:
    from villages.models import Resident, Roster


@dataclass(frozen=True)
class Came:
    """Who came: rows of the roster, residents, or for large bodies totals."""

    entries: Sequence[RosterEntry] | None = None
    residents: Sequence[Resident] | None = None  # whether or not they are members
    people: Sequence[str] | None = None  # the same, before the roster has rows
    seen: Sequence[str] | None = None  # who was there then; who came since stays
    in_person: int = 0
    online: int = 0
    by_proxy: int = 0
    how: dict[int, str] = field(default_factory=dict)  # by roster entry, if not there
    signed: str = Attendance.Signed.TICKED


def roster_facts(sitting: Sitting) -> dict[str, Any]:
    """Who was entitled, by the frozen roster."""
    assert sitting.roster is not None
    return {"eligible": sitting.eligible, "roster_root": sitting.roster.root}


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


def open_roster(sitting: Sitting, came: Came = Came()) -> list[Any]:  # noqa: B008 (frozen)
    """The sitting is held, by a roster that is frozen now; which is given back."""
    known = sitting.roster_id
    roster_of(sitting, came)
    if known is not None and sitting.state == Sitting.State.HELD:
        return []
    sitting.state = Sitting.State.HELD
    sitting.save(update_fields=["roster", "state"])
    return [sitting.roster]


def seat(sitting: Sitting, came: Came) -> list[Any]:
    """Enter who came, anew; nobody beyond the roster, nobody from afar unlawfully.

    Who signed in by themselves and is still said to be there keeps their line. What was
    written besides the sitting is given back: its roster, who came, and what went.
    """
    open_roster(sitting, came)
    if came.residents is not None:
        assert sitting.roster is not None
        rows = sitting.roster.entries.filter(resident__in=came.residents)
        came = replace(came, entries=list(rows))
    sitting.strangers = 0
    if came.people is not None:
        people = {*came.people, *_came_since(sitting, came.seen)}
        came = replace(came, entries=_on_roster(sitting, people))
    gone = _tick(sitting, came)
    if came.entries is None:
        sitting.in_person, sitting.online = came.in_person, came.online
        sitting.by_proxy = came.by_proxy
    if (sitting.online or sitting.by_proxy) and sitting.body != "members":
        raise BadInput(_("只有成员大会可以在线参加或书面委托。"), "online")
    if sitting.present > sitting.eligible:
        beyond = {"n": sitting.present - sitting.eligible}
        shortfall = Shortfall(sitting.rules, "voters.on_roster", "", beyond)
        raise Refused([Refusal(voter_is_eligible, shortfall)])
    sitting.save()
    return [sitting.roster, lines_of(Attendance, sitting.pk), *gone]


def _came_since(sitting: Sitting, seen: Sequence[str] | None) -> set[str]:
    """Who signed in while the list of those who came lay open, and is not on it."""
    if seen is None:
        return set()
    there = sitting.attendances.filter(left_at=None).select_related("entry")
    return {row.entry.key for row in there} - set(seen)


def _on_roster(sitting: Sitting, people: set[str]) -> list[RosterEntry]:
    """The rows of those people; nobody may come who has no row."""
    assert sitting.roster is not None
    rows = {row.key: row for row in sitting.roster.entries.all()}
    if missing := people - set(rows):
        raise BadInput(
            _("有 %(n)s 人不在这次会议的名册上。") % {"n": len(missing)}, "people"
        )
    return [row for key, row in rows.items() if key in people]


def _tick(sitting: Sitting, came: Came) -> list[Gone]:
    """One row a person; the totals follow from the rows. What went is given back."""
    entries = list(came.entries or [])
    if any(entry.roster_id != sitting.roster_id for entry in entries):
        raise BadInput(_("到会的人不在这次会议的名册上。"), "entries")
    how = {e.pk: came.how.get(e.pk, Attendance.How.IN_PERSON) for e in entries}
    known = {row.entry_id: row for row in sitting.attendances.all()}
    # Who is counted and not named is not known to have left either.
    named = came.entries is not None
    left = {pk for pk, row in known.items() if named and row.left_at and pk not in how}
    kept = {
        pk for pk, row in known.items() if how.get(pk) == row.how and not row.left_at
    }
    sitting.attendances.exclude(entry__in=kept | left).delete()
    Attendance.objects.bulk_create(
        Attendance(
            sitting=sitting,
            entry=entry,
            how=how[entry.pk],
            signed=came.signed,
            came_at=None if sitting.paper else clock.now(),
        )
        for entry in entries
        if entry.pk not in kept
    )
    sitting.strangers = sum(bool(entry.left_out) for entry in entries)
    counted = list(how.values())
    sitting.in_person = counted.count(Attendance.How.IN_PERSON)
    sitting.online = counted.count(Attendance.How.ONLINE)
    sitting.by_proxy = counted.count(Attendance.How.PROXY)
    return _gone(sitting, set(how), kept | left)


def _gone(sitting: Sitting, there: set[int], kept: set[int]) -> list[Gone]:
    """Signatures of who is not there after all, and absences of who is."""
    unsigned = sitting.signatures.exclude(entry__in=kept)
    excused = sitting.absences.filter(entry__in=there)
    gone = [Gone(row) for row in (*unsigned, *excused)]
    unsigned.delete()
    excused.delete()
    return gone
