"""Who is entitled at a sitting, and who of them came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from audit.rows import Lines
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
    in_person: int = 0
    online: int = 0
    by_proxy: int = 0
    how: dict[int, str] = field(default_factory=dict)  # by roster entry, if not there


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


def seat(sitting: Sitting, came: Came) -> list[Any]:
    """Enter who came, anew; nobody beyond the roster, nobody from afar unlawfully.

    What was written besides the sitting is given back: its roster, and who came.
    """
    roster_of(sitting, came)
    if came.residents is not None:
        assert sitting.roster is not None
        rows = sitting.roster.entries.filter(resident__in=came.residents)
        came = replace(came, entries=list(rows))
    sitting.attendances.all().delete()
    sitting.strangers = 0
    if came.people is not None:
        came = replace(came, entries=_on_roster(sitting, came.people))
    seated = Lines(Attendance, sitting.pk, [])
    if came.entries is not None:
        seated = _tick(sitting, came)
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
    return [sitting.roster, seated]


def _on_roster(sitting: Sitting, people: Sequence[str]) -> list[RosterEntry]:
    """The rows of those people; nobody may come who has no row."""
    assert sitting.roster is not None
    rows = {row.key: row for row in sitting.roster.entries.all()}
    if missing := set(people) - set(rows):
        raise BadInput(
            _("有 %(n)s 人不在这次会议的名册上。") % {"n": len(missing)}, "people"
        )
    return [row for key, row in rows.items() if key in set(people)]


def _tick(sitting: Sitting, came: Came) -> Lines:
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
    stayed = None
    told = [
        (entry.number, how, stayed) for entry, how in zip(entries, counted, strict=True)
    ]
    return Lines(Attendance, sitting.pk, told)
