"""A village's register is read from a table: all of it, or nothing and every error."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from villages.columns import COLUMNS, REQUIRED, Capacity, Kind, Party
from villages.models import Body, Household, Resident, Seat, Village


@dataclass(frozen=True)
class Fault:
    """What is wrong in one row, counted as a spreadsheet counts; 0 is the file."""

    row: int
    error: str

    def __str__(self) -> str:
        if not self.row:
            return self.error
        return _("第 %(row)s 行：%(error)s") % {"row": self.row, "error": self.error}


class Faulty(Exception):
    """表格有误，整份没有写入。"""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(self.__doc__)
        self.faults = faults


@dataclass
class Person:
    """One row."""

    row: int
    name: str
    sex: str
    born: date
    number: str
    group_name: str = ""
    party: str = Party.NONE
    collective_member: bool = False
    capable: bool = True
    lives_here: bool = True
    phone: str = ""
    seats: list[tuple[Kind, Capacity]] = field(default_factory=list)

    @property
    def identity(self) -> tuple[str, date, str]:
        return self.name, self.born, self.number

    def resident(self, village: Village, household: Household) -> Resident:
        return Resident(
            village=village,
            household=household,
            name=self.name,
            sex=self.sex,
            born=self.born,
            party=self.party,
            collective_member=self.collective_member,
            capable=self.capable,
            lives_here=self.lives_here,
            phone=self.phone,
        )


def read(content: bytes) -> list[Person]:
    """Every person in the table; raises Faulty with all that is wrong in it."""
    rows = rows_of(content)
    faults: list[Fault] = []
    heading = columns_of(rows)
    people = []
    for number, cells in rows:
        try:
            people.append(person_of(number, heading, cells))
        except Faulty as faulty:
            faults += faulty.faults
    faults += [*named_twice(people), *groups_at_odds(people), *chairs_taken(people)]
    if not people and not faults:
        faults = [Fault(0, _("表格里没有人。"))]
    if faults:
        raise Faulty(sorted(faults, key=lambda fault: fault.row))
    return people


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, numbered as a spreadsheet does."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            table = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Faulty([Fault(0, _("认不出文字，请另存为“CSV UTF-8”再传。"))])
    number = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(table), strict=True), 1):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells
    except csv.Error:
        wrong = _("引号或逗号有误，这一行读不下去。")
        raise Faulty([Fault(number + 1, wrong)]) from None


def columns_of(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    """The first row, which names columns, each once and none that is not known."""
    number, heading = next(rows, (1, []))
    unknown = [column for column in heading if column not in COLUMNS]
    missing = [column for column in COLUMNS if column in REQUIRED - {*heading}]
    twice = sorted({column for column in heading if heading.count(column) > 1})
    faults = [
        Fault(number, sentence % {"columns": "、".join(columns)})
        for sentence, columns in (
            (_("不认识“%(columns)s”这一列，请删去。"), unknown),
            (_("缺少“%(columns)s”这一列。"), missing),
            (_("“%(columns)s”这一列出现了两次。"), twice),
        )
        if columns
    ]
    if faults:
        raise Faulty(faults)
    return heading


def person_of(number: int, heading: list[str], cells: list[str]) -> Person:
    if len(cells) != len(heading):
        wrong = {"cells": len(cells), "columns": len(heading)}
        sentence = _("有 %(cells)s 格，表头有 %(columns)s 格。") % wrong
        raise Faulty([Fault(number, sentence)])
    values: dict[str, Any] = {}
    faults = []
    for column, cell in zip(heading, cells, strict=True):
        attribute, convert = COLUMNS[column]
        if not cell and column in REQUIRED:
            faults.append(Fault(number, _("请填写%(label)s。") % {"label": column}))
        elif cell:
            try:
                values[attribute] = convert(cell)
            except ValueError as error:
                faults.append(Fault(number, f"{column}{error}。"))
    if faults:
        raise Faulty(faults)
    return Person(row=number, **values)


# -- the whole table -------------------------------------------------------------------


def named_twice(people: list[Person]) -> Iterator[Fault]:
    first: dict[tuple[str, date, str], int] = {}
    for person in people:
        row = first.setdefault(person.identity, person.row)
        if row != person.row:
            yield Fault(
                person.row,
                _("%(name)s在第 %(row)s 行已经有了。")
                % {"name": person.name, "row": row},
            )


def groups_at_odds(people: list[Person]) -> Iterator[Fault]:
    first: dict[str, Person] = {}
    for person in people:
        known = first.setdefault(person.number, person)
        if known.group_name != person.group_name:
            yield Fault(
                person.row,
                _("户号%(number)s的小组和第 %(row)s 行不一样。")
                % {"number": person.number, "row": known.row},
            )


def chairs_taken(people: list[Person]) -> Iterator[Fault]:
    first: dict[Kind, int] = {}
    for person in people:
        for kind, capacity in person.seats:
            if capacity != Capacity.CHAIR:
                continue
            row = first.setdefault(kind, person.row)
            if row != person.row:
                yield Fault(
                    person.row,
                    _("%(body)s的负责人在第 %(row)s 行已经有了。")
                    % {"body": kind.label, "row": row},
                )


# -- writing it down -------------------------------------------------------------------


@dataclass(frozen=True)
class Enrolled:
    """How many rows were written."""

    residents: int
    households: int
    seats: int


@transaction.atomic
def enrol(village: Village, people: list[Person], since: date) -> Enrolled:
    """Add people, their households and seats; raises Faulty where some are known."""
    Village.objects.locked(village.pk)
    known = {home.number: home for home in village.households.all()}
    faults = [*already_enrolled(village, people), *moved_groups(known, people)]
    faults += chairs_held(village, people)
    if faults:
        raise Faulty(sorted(faults, key=lambda fault: fault.row))
    missing = {one.number: one.group_name for one in people if one.number not in known}
    households = Household.objects.bulk_create(
        Household(village=village, number=number, group_name=group_name)
        for number, group_name in missing.items()
    )
    known |= {home.number: home for home in households}
    residents = Resident.objects.bulk_create(
        one.resident(village, known[one.number]) for one in people
    )
    seats = Seat.objects.bulk_create(seats_of(village, people, residents, since))
    return Enrolled(len(residents), len(households), len(seats))


def already_enrolled(village: Village, people: list[Person]) -> Iterator[Fault]:
    identity = ("name", "born", "household__number")
    enrolled = set(village.residents.values_list(*identity))
    for one in people:
        if one.identity in enrolled:
            sentence = _("%(name)s已经在本村名册里了。") % {"name": one.name}
            yield Fault(one.row, sentence)


def moved_groups(known: dict[str, Household], people: list[Person]) -> Iterator[Fault]:
    for one in people:
        home = known.get(one.number)
        if home is not None and home.group_name != one.group_name:
            wrong = {"number": one.number, "group": home.group_name or _("未分组")}
            yield Fault(one.row, _("户号%(number)s已登记在%(group)s。") % wrong)


def chairs_held(village: Village, people: list[Person]) -> Iterator[Fault]:
    chairs = Seat.objects.filter(
        body__village=village, body__term_to=None, capacity=Capacity.CHAIR, until=None
    )
    held = set(chairs.values_list("body__kind", flat=True))
    for one in people:
        for kind, capacity in one.seats:
            if capacity == Capacity.CHAIR and kind in held:
                sentence = _("%(body)s现在有负责人，请先登记离任。")
                yield Fault(one.row, sentence % {"body": kind.label})


def seats_of(
    village: Village, people: list[Person], residents: list[Resident], since: date
) -> Iterator[Seat]:
    bodies: dict[Kind, Body] = {}
    for one, resident in zip(people, residents, strict=True):
        for kind, capacity in one.seats:
            if kind not in bodies:
                bodies[kind], _made = village.bodies.get_or_create(
                    kind=kind,
                    group_name="",
                    term_to=None,
                    defaults={
                        "name": f"{village.name}{kind.label}",
                        "term_from": since,
                    },
                )
            yield Seat(
                body=bodies[kind], resident=resident, capacity=capacity, since=since
            )
