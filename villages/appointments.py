"""Who is appointed to what, and the bar that keeps supervisors and committee apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from villages.models import (
    Body,
    Kinship,
    Office,
    Resident,
    Seat,
    Village,
)

Role = Office.Role
Relation = Kinship.Relation
CLOSE_KIN = {
    Relation.SPOUSE: _("夫妻"),
    Relation.PARENT: _("父母子女"),
    Relation.CHILD: _("父母子女"),
    Relation.SIBLING: _("兄弟姐妹"),
    Relation.GRANDPARENT: _("祖孙"),
    Relation.GRANDCHILD: _("祖孙"),
}
SAME_PERSON = _("%(a)s是村民委员会成员，不得担任村务监督机构成员。")
NEAR_KIN = _("%(a)s与村民委员会成员%(b)s是%(kin)s，不得担任村务监督机构成员。")
OTHER_KIN = _(
    "%(a)s与村民委员会成员%(b)s有亲属关系，不属于法律所说的近亲属，可以任职；"
    "涉及对方的事项请注意回避。"
)
HANDLES_AND_SUPERVISES = _(
    "%(name)s同时经办村务（账务）和监督村务，法律未作规定，一般应当分开。"
)
# Barred from supervising by provinces and by policy, so nationally pointed out only.
BETTER_NOT = frozenset({Role.CLERK, Role.ACCOUNTANT})


class Barred(ValidationError):
    """法律规定不得担任这个职务。"""


@dataclass(frozen=True)
class Appointment:
    """What was made, and what speaks against it without forbidding it."""

    made: Office | Seat
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody known by a login, by the register, or by both."""

    name: str
    user: int | None
    resident: int | None

    def is_the_same_as(self, other: Person) -> bool:
        by_login = self.user is not None and self.user == other.user
        return by_login or (
            self.resident is not None and self.resident == other.resident
        )


@dataclass(frozen=True)
class Term:
    """A place for some days, of which the last may be open."""

    village: Village
    since: date
    until: date | None

    def touched(self) -> Q:
        """What lasts on at least one of these days."""
        lasting = Q(until=None) | Q(until__gte=self.since)
        return lasting if self.until is None else lasting & Q(since__lte=self.until)


@dataclass(frozen=True)
class Side:
    """One of the two sides across which nobody may be the same, nor close kin."""

    roles: frozenset[Office.Role]
    kind: Body.Kind

    def during(self, term: Term) -> Iterator[Person]:
        """Those on this side on any day of the term."""
        yield from holders(self.roles, term)
        seats = Seat.objects.filter(
            term.touched(), body__village=term.village, body__kind=self.kind
        )
        for seat in seats.select_related("resident"):
            yield Person(seat.resident.name, None, seat.resident_id)


COMMITTEE = Side(Office.VILLAGE_COMMITTEE, Body.Kind.COMMITTEE)
SUPERVISORS = Side(frozenset({Role.SUPERVISOR}), Body.Kind.SUPERVISORS)
SIDES = (COMMITTEE, SUPERVISORS)


def holders(roles: frozenset[Office.Role], term: Term) -> Iterator[Person]:
    offices = Office.objects.filter(
        term.touched(), village=term.village, role__in=roles
    )
    for office in offices.select_related("holder"):
        yield Person(str(office.holder), office.holder_id, office.holder.resident_id)


def are_close_kin(a: Resident, b: Resident) -> bool:
    """Spouses, parents, children, siblings, grandparents and grandchildren are."""
    return Kinship.objects.filter(
        Q(a=a, b=b) | Q(a=b, b=a), relation__in=CLOSE_KIN
    ).exists()


@transaction.atomic
def appoint(office: Office) -> Appointment:
    """Save an office, unless the law bars its holder from it."""
    warnings: tuple[str, ...] = ()
    if office.division is not None and office.division.level != office.role:
        raise ValidationError(_("乡镇的职务在乡镇，县的职务在县。"))
    if office.village is not None:
        holder = office.holder
        person = Person(str(holder), holder.pk, holder.resident_id)
        term = Term(office.village, office.since, office.until)
        joining = [side for side in SIDES if office.role in side.roles]
        warnings = doubts(person, office.role, term) + bar(person, joining, term)
    office.full_clean()
    office.save()
    return Appointment(office, warnings)


@transaction.atomic
def seat(taken: Seat) -> Appointment:
    """Save a seat, unless the law bars who takes it."""
    resident, body = taken.resident, taken.body
    joining = [side for side in SIDES if body.kind == side.kind]
    term = Term(body.village, taken.since, taken.until)
    warnings = bar(Person(resident.name, None, resident.pk), joining, term)
    taken.full_clean()
    taken.save()
    return Appointment(taken, warnings)


def bar(person: Person, joining: list[Side], term: Term) -> tuple[str, ...]:
    """Refuse who is on the other side or close kin to it; warn of other kin."""
    warnings: list[str] = []
    relations = relations_of(person)
    for side in joining:
        supervising = side is SUPERVISORS
        for other in (COMMITTEE if supervising else SUPERVISORS).during(term):
            a, b = (person, other) if supervising else (other, person)
            names = {"a": a.name, "b": b.name}
            relation = relations.get(other.resident)
            if person.is_the_same_as(other):
                raise Barred(SAME_PERSON, params=names)
            if relation in CLOSE_KIN:
                raise Barred(NEAR_KIN, params=names | {"kin": CLOSE_KIN[relation]})
            if relation is not None:
                warnings.append(str(OTHER_KIN) % names)
    return tuple(dict.fromkeys(warnings))


def relations_of(person: Person) -> dict[int | None, Relation]:
    """What others on the register are to somebody, the closest where two are noted."""
    if person.resident is None:
        return {}
    found: dict[int | None, Relation] = {}
    rows = Kinship.objects.filter(Q(a=person.resident) | Q(b=person.resident))
    for row in rows:
        other = row.b_id if row.a_id == person.resident else row.a_id
        if found.get(other) not in CLOSE_KIN:
            found[other] = Relation(row.relation)
    return found


def doubts(person: Person, role: str, term: Term) -> tuple[str, ...]:
    """Clerks and accountants had better not supervise; the law leaves it open."""
    if role in SUPERVISORS.roles:
        apart = holders(BETTER_NOT, term)
    elif role in BETTER_NOT:
        apart = holders(SUPERVISORS.roles, term)
    else:
        return ()
    if any(person.is_the_same_as(other) for other in apart):
        return (str(HANDLES_AND_SUPERVISES) % {"name": person.name},)
    return ()
