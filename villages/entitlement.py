"""Who is entitled in a body on a day, and who is not and why. Reads, never writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from villages.models import (
    Body,
    Household,
    Resident,
    Roster,
    RosterEntry,
    Seat,
    Village,
)
from villages.models.people import adult_if_born_by
from villages.models.roster import line_key

LeftOut = RosterEntry.LeftOut
Bodies = Roster.Body
Reason = Callable[[Resident, date], str]

# Who died or left longer ago than a term of office is not named as left out.
REMEMBERED = timedelta(days=5 * 366)
COMMITTEE = Body.Kind.COMMITTEE
SEATED_IN: dict[str, tuple[str, ...]] = {
    Bodies.BRANCH: (Body.Kind.BRANCH,),
    Bodies.JOINT: (Body.Kind.BRANCH, COMMITTEE),
    Bodies.COMMITTEE: (COMMITTEE,),
    Bodies.REPS: (COMMITTEE, Body.Kind.REPS),
    Bodies.MEMBER_REPS: (Body.Kind.MEMBER_REPS,),
    Bodies.BOARD: (Body.Kind.BOARD,),
}
WITHOUT_VOTE: dict[str, str] = {
    Resident.Party.PROBATIONARY: LeftOut.PROBATIONARY,
    Resident.Party.SUSPENDED: LeftOut.SUSPENDED,
}
# From the chair down, as they stand on a sign-in sheet.
STANDING = [Seat.Capacity.CHAIR, Seat.Capacity.COMMITTEE, Seat.Capacity.MEMBER]


@dataclass(frozen=True)
class Line:
    """What becomes a roster entry once it has its number."""

    resident: Resident | None
    household: Household | None
    name: str
    sex: str = ""
    capacity: str = ""
    left_out: str = ""

    @property
    def key(self) -> str:
        """What the row will answer to, once there is one."""
        resident = self.resident.pk if self.resident else None
        return line_key(resident, self.household.pk if self.household else None)

    def place(self) -> tuple[bool, int, tuple[int, str], tuple[int, str], int]:
        """The entitled first, officers before others, then by group and household."""
        group = self.household.group_name if self.household else ""
        number = self.household.number if self.household else ""
        return (
            bool(self.left_out),
            standing(self.capacity),
            by_size(group),
            by_size(number),
            self.resident.pk if self.resident else 0,
        )


def standing(capacity: str) -> int:
    return [*STANDING, capacity].index(capacity)


def by_size(text: str) -> tuple[int, str]:
    """Sorts 2 before 10, and does not ask the database for its collation."""
    return len(text), text


def lines_of(roster: Roster) -> Iterator[Line]:
    on = roster.compiled_on
    if roster.body in SEATED_IN:
        return lines_of_seats(roster)
    on_register = registered(roster.village, on)
    if roster.body == Bodies.MEMBERS:
        people = on_register.filter(collective_member=True)
        return lines_of_persons(people, out_of_collective, on)
    people = on_register.filter(Q(left_on=None) | Q(left_on__gt=on - REMEMBERED))
    if roster.body == Bodies.PARTY:
        people = people.exclude(party=Resident.Party.NONE)
        return lines_of_persons(people, out_of_party_meeting, on)
    if roster.body == Bodies.GROUP:
        people = people.filter(household__group_name=roster.group_name)
    if roster.mode == Roster.Mode.HOUSEHOLDS:
        return lines_of_households(people, on)
    return lines_of_persons(people, out_of_assembly, on)


def registered(village: Village, on: date) -> QuerySet[Resident]:
    """All who have come by a day, the long dead left away."""
    return (
        Resident.objects.filter(
            Q(died_on=None) | Q(died_on__gt=on - REMEMBERED),
            Q(joined_on=None) | Q(joined_on__lte=on),
            village=village,
        )
        .select_related("household")
        .order_by("pk")
    )


def lines_of_seats(roster: Roster) -> Iterator[Line]:
    """One line a person however many seats they have, by the highest of these."""
    on = roster.compiled_on
    seats = Seat.objects.current(on).filter(
        body__village=roster.village, body__kind__in=SEATED_IN[roster.body]
    )
    highest: dict[Resident, str] = {}
    for seat in seats.select_related("body", "resident__household").order_by("pk"):
        sits_as = seat.capacity
        if roster.body == Bodies.REPS and seat.body.kind == COMMITTEE:
            sits_as = Seat.Capacity.COMMITTEE
        known = highest.get(seat.resident, sits_as)
        highest[seat.resident] = min(known, sits_as, key=standing)
    for resident, capacity in highest.items():
        yield line_of(resident, gone(resident, on), capacity)


def lines_of_persons(
    people: Iterable[Resident], reason: Reason, on: date
) -> Iterator[Line]:
    for resident in people:
        yield line_of(resident, reason(resident, on))


def line_of(resident: Resident, left_out: str, capacity: str = "") -> Line:
    return Line(
        resident=resident,
        household=resident.household,
        name=resident.name,
        sex=resident.sex,
        capacity=capacity,
        left_out=left_out,
    )


def lines_of_households(people: Iterable[Resident], on: date) -> Iterator[Line]:
    """One line a household, under the name of its first who could come for it."""
    may_come: dict[Household, str] = {}
    lives_there: dict[Household, str] = {}
    for resident in people:
        left_out = out_of_assembly(resident, on)
        home = resident.household
        if home is None:
            yield line_of(resident, left_out or LeftOut.NO_HOUSEHOLD)
            continue
        lives_there.setdefault(home, resident.name)
        if not left_out:
            may_come.setdefault(home, resident.name)
    for home, name in lives_there.items():
        left_out = "" if home in may_come else LeftOut.NO_ADULT
        yield Line(None, home, may_come.get(home, name), left_out=left_out)


def gone(resident: Resident, on: date) -> str:
    if resident.died_on and resident.died_on <= on:
        return LeftOut.DECEASED
    if resident.left_on and resident.left_on <= on:
        return LeftOut.MOVED
    return ""


def out_of_assembly(resident: Resident, on: date) -> str:
    """Why somebody is not of those of eighteen and more who live here."""
    if reason := gone(resident, on):
        return reason
    if resident.born > adult_if_born_by(on):
        return LeftOut.MINOR
    return "" if resident.lives_here else LeftOut.AWAY


def out_of_party_meeting(resident: Resident, on: date) -> str:
    """Why a party member has no vote."""
    return gone(resident, on) or WITHOUT_VOTE.get(resident.party, "")


def out_of_collective(resident: Resident, on: date) -> str:
    """Why a member of the collective has no vote; who moved away still has one."""
    if resident.died_on and resident.died_on <= on:
        return LeftOut.DECEASED
    if resident.born > adult_if_born_by(on):
        return LeftOut.MINOR
    return "" if resident.capable else LeftOut.NO_CAPACITY
