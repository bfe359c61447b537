"""A whole village with stable names, for scenarios and for the demonstration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from villages.drafts import Company, Draft, sketch
from villages.models import (
    Body,
    Division,
    Household,
    Office,
    Resident,
    Seat,
    User,
    Village,
)
from villages.offices import Acting
from villages.sizes import Sizes

Role = Office.Role
Kind = Body.Kind
Capacity = Seat.Capacity
GROUPS = ("第一村民小组", "第二村民小组")
IN_OFFICE_BEFORE = timedelta(days=365)
YOUNGEST, SPAN = 25, 50


@dataclass
class Cast:
    """A village and its people, by name; its officers, by account."""

    village: Village
    sizes: Sizes
    people: dict[str, Resident] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)

    def acting(self, account: str) -> Acting:
        """`clerk`, `supervisor1`, `township` …, in the office they hold here."""
        office = self.offices[account]
        place = office.division_id or self.village.slug
        return Acting(self.users[account], office.role, place)


@transaction.atomic
def build(
    name: str,
    bodies: Mapping[str, Any],
    *,
    slug: str,
    division: Division,
    on: date,
) -> Cast:
    """Fill a village, made or taken by its slug, whose offices run since a year.

    Nobody can sign in until `let_in` says with which password.
    """
    sizes = Sizes.of(bodies)
    village, _made = Village.objects.get_or_create(
        slug=slug, defaults={"name": name, "division": division}
    )
    cast = Cast(village, sizes)
    company = sketch(sizes)
    since = on - IN_OFFICE_BEFORE
    residents = settle(company, cast, on)
    seat(company, residents, cast, since)
    accounts = {
        account: (role, residents[draft])
        for account, role, draft in officers(company, sizes)
    }
    install(accounts, cast, since)
    for account, office in above(division, since).items():
        cast.users[account], cast.offices[account] = office.holder, office
    return cast


def settle(company: Company, cast: Cast, on: date) -> dict[Draft, Resident]:
    """Write down households and residents."""
    in_group = cast.sizes.group_households or cast.sizes.households
    households = Household.objects.bulk_create(
        Household(
            village=cast.village,
            number=f"{home + 1:04}",
            group_name=GROUPS[home >= in_group],
        )
        for home in range(cast.sizes.households)
    )
    residents = Resident.objects.bulk_create(
        Resident(
            village=cast.village,
            household=households[one.home],
            name=one.names[0],
            sex=Resident.Sex.FEMALE if one.female else Resident.Sex.MALE,
            born=birthday(n, on),
            party=one.party,
            collective_member=one.is_member,
            lives_here=one.lives_here,
        )
        for n, one in enumerate(company.register)
    )
    settled = dict(zip(company.register, residents, strict=True))
    for one, resident in settled.items():
        cast.people.update(dict.fromkeys(one.names, resident))
    return settled


def birthday(n: int, on: date) -> date:
    return date(on.year - YOUNGEST - n % SPAN, 1 + n % 12, 1 + n % 28)


def seat(
    company: Company, residents: Mapping[Draft, Resident], cast: Cast, since: date
) -> None:
    """Write down the bodies and who sits in them."""
    sitting = who_sits_where(company, cast.sizes)
    bodies = Body.objects.bulk_create(
        Body(
            village=cast.village,
            kind=kind,
            name=f"{cast.village.name}{kind.label}",
            term_from=since,
        )
        for kind in sitting
    )
    Seat.objects.bulk_create(
        Seat(
            body=body,
            resident=residents[one],
            capacity=capacity(Kind(body.kind), position),
            since=since,
        )
        for body in bodies
        for position, one in enumerate(sitting[Kind(body.kind)])
    )


def who_sits_where(company: Company, sizes: Sizes) -> dict[Kind, list[Draft]]:
    """The bodies of the village, each with its chair first."""
    sitting = {
        Kind.BRANCH: company.branch,
        Kind.COMMITTEE: company.committee,
        Kind.REPS: company.reps,
        Kind.SUPERVISORS: company.supervisors,
    }
    if sizes.member_reps:
        sitting[Kind.MEMBER_REPS] = company.member_reps
    if sizes.has_collective:
        board = dict.fromkeys([company.secretary, *company.committee[:2]])
        sitting[Kind.BOARD] = list(board)
    return sitting


def capacity(kind: Kind, position: int) -> Capacity:
    if kind in (Kind.REPS, Kind.MEMBER_REPS):
        return Capacity.REP
    return Capacity.MEMBER if position else Capacity.CHAIR


def officers(company: Company, sizes: Sizes) -> Iterator[tuple[str, Role, Draft]]:
    """Account, office and holder; the accounts' names are a contract."""
    yield "clerk", Role.CLERK, company.clerk
    yield "secretary", Role.SECRETARY, company.secretary
    yield "recorder", Role.RECORDER, company.recorder
    yield "director", Role.DIRECTOR, company.committee[0]
    yield "deputy_director", Role.DEPUTY_DIRECTOR, company.committee[1]
    for n, one in enumerate(company.supervisors, start=1):
        yield f"supervisor{n}", Role.SUPERVISOR, one
    yield "party01", Role.PARTY, company.party[0]
    if company.reps:
        yield "rep01", Role.REP, min(company.reps, key=company.register.index)
    if sizes.group_adults:
        yield "group_leader", Role.GROUP_LEADER, leader_of_the_group(company)


def leader_of_the_group(company: Company) -> Draft:
    """The head of one of the group's households, who has no other part if possible."""
    elsewhere = {*company.joint, *company.supervisors, *company.party[:1]}
    elsewhere.add(company.clerk)
    heads = [one for one in company.register if one.turn == 0]
    return next((one for one in heads if one not in elsewhere), heads[0])


def install(
    holders: Mapping[str, tuple[Role, Resident]],
    cast: Cast,
    since: date,
) -> None:
    """Give accounts and offices; the secretary also chairs the collective's board."""
    users = User.objects.bulk_create(
        User(
            username=f"{account}@{cast.village.slug}",
            full_name=resident.name,
            resident=resident,
            password=make_password(None),
        )
        for account, (_role, resident) in holders.items()
    )
    cast.users.update(zip(holders, users, strict=True))
    held = [(account, role) for account, (role, _resident) in holders.items()]
    if cast.sizes.has_collective:
        cast.users["board_chair"] = cast.users["secretary"]
        held.append(("board_chair", Role.BOARD_CHAIR))
    offices = Office.objects.bulk_create(
        Office(holder=cast.users[account], village=cast.village, role=role, since=since)
        for account, role in held
    )
    cast.offices.update(zip((account for account, _role in held), offices, strict=True))


def above(township: Division, since: date) -> dict[str, Office]:
    """One account for the township and one for its county, made when first needed."""
    found = {}
    for division, title in ((township, "联村干部"), (township.parent, "督查人员")):
        if division is None:
            continue
        holder, _made = User.objects.get_or_create(
            username=f"{division.level}@{division.code}",
            defaults={
                "full_name": f"{division.name}{title}",
                "password": make_password(None),
            },
        )
        office, _made = Office.objects.get_or_create(
            holder=holder,
            division=division,
            role=division.level,
            defaults={"since": since},
        )
        if office.since > since:
            office.since = since
            office.save(update_fields=["since"])
        found[str(division.level)] = office
    return found


def let_in(cast: Cast, encoded: str) -> None:
    """Give every account of the cast one password, which is encoded already."""
    accounts = {user.pk for user in cast.users.values()}
    User.objects.filter(pk__in=accounts).update(password=encoded)
