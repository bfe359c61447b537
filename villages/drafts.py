"""Sketches the people of a generated village before any row is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from villages.models import Resident
from villages.sizes import Sizes, SizesDoNotFit

Party = Resident.Party
# A branch of fewer full members has no committee, only a secretary.
WITH_BRANCH_COMMITTEE = 7
LEAST_BRANCH_COMMITTEE = 3


@dataclass(eq=False)
class Draft:
    """One person: what they are, where they live, by which names they are called."""

    party: Party = Party.NONE
    female: bool = False
    home: int = 0  # which household
    turn: int = 0  # which in the household
    is_member: bool = False
    lives_here: bool = True
    names: list[str] = field(default_factory=list)


@dataclass
class Company:
    """Everybody, by what they are in. One person may be in several."""

    committee: list[Draft]
    branch: list[Draft]
    secretary: Draft
    recorder: Draft
    joint: list[Draft]
    plain: list[Draft]  # full party members without a seat in the two committees
    probationary: list[Draft]
    clerk: Draft = field(default_factory=Draft)
    supervisors: list[Draft] = field(default_factory=list)
    reps: list[Draft] = field(default_factory=list)
    register: list[Draft] = field(default_factory=list)
    members: list[Draft] = field(default_factory=list)
    member_reps: list[Draft] = field(default_factory=list)

    @property
    def party(self) -> list[Draft]:
        """Who has the vote first; the first of all holds no office."""
        full = [one for one in self.register if one.party is Party.FULL]
        return full + [x for x in self.register if x in self.probationary]


@dataclass
class Newcomers:
    """Adults who are in nothing yet."""

    free: int

    def take(self, number: int, again: Sequence[Draft] = ()) -> list[Draft]:
        """So many of them; where there are too few, others serve again."""
        new = min(number, self.free)
        if new < 0 or number - new > len(again):
            raise SizesDoNotFit(_("成年村民太少，各机构坐不满。"))
        self.free -= new
        return [*(Draft() for _one in range(new)), *again[: number - new]]


def sketch(sizes: Sizes) -> Company:
    """Everybody the sizes ask for, housed and named."""
    company = two_committees(sizes)
    house(everyone_else(company, sizes), company, sizes)
    found_collective(company, sizes)
    tell_women(company, sizes)
    give_names(company)
    return company


def two_committees(sizes: Sizes) -> Company:
    """The village committee, the branch, and the party they are taken from."""
    committee = [Draft() for _one in range(sizes.committee)]
    branch = [Draft() for _one in range(sizes.branch_only)]
    joint = [*committee, *branch]
    secretary = branch[0] if branch else committee[2]
    seconds = [one for one in [*branch[1:], *committee[2:]] if one is not secretary]
    branch = branch or [secretary]
    if sizes.full >= WITH_BRANCH_COMMITTEE:
        willing = dict.fromkeys([*seconds[:1], *committee])
        spare = [one for one in willing if one not in branch]
        branch += spare[: max(0, LEAST_BRANCH_COMMITTEE - len(branch))]
    officers = dict.fromkeys([*branch, committee[0], *seconds[:1]])
    plain = [Draft() for _one in range(sizes.full - len(officers))]
    for one in [*officers, *plain]:
        one.party = Party.FULL
    return Company(
        committee=committee,
        branch=branch,
        secretary=secretary,
        recorder=[*seconds[:1], *plain[:2][::-1]][0],
        joint=joint,
        plain=plain,
        probationary=[Draft(Party.PROBATIONARY) for _one in range(sizes.probationary)],
    )


def everyone_else(company: Company, sizes: Sizes) -> list[Draft]:
    """All adults, those with a part to play first.

    Where a village is small people serve twice, as they do; but the clerk never
    supervises, and neither of the two sits in a committee.
    """
    plain = company.plain
    party = [*plain[:1], company.secretary, *company.joint, *plain[1:]]
    party += company.probationary
    newcomers = Newcomers(sizes.adults - len(dict.fromkeys(party)))
    [company.clerk] = newcomers.take(1, plain[::-1])
    others = [one for one in plain[::-1] if one is not company.clerk]
    company.supervisors = newcomers.take(sizes.supervisors, others)
    again = [*plain[::-1], *company.probationary, *company.supervisors]
    company.reps = newcomers.take(sizes.reps, list(dict.fromkeys(again)))
    parts = [*party, *company.reps, *company.supervisors, company.clerk]
    return [*dict.fromkeys(parts), *newcomers.take(newcomers.free)]


def house(adults: list[Draft], company: Company, sizes: Sizes) -> None:
    """Spread people over households: who plays a part heads one, while they last."""
    for one, (turn, home) in zip(adults, places(sizes), strict=True):
        one.turn, one.home = turn, home
    company.register = sorted(adults, key=lambda one: (one.home, one.turn))


def places(sizes: Sizes) -> list[tuple[int, int]]:
    """Every adult's turn and household; the first households are the group's."""
    inside = sizes.group_households
    outside = sizes.households - inside
    found = [divmod(n, inside) for n in range(sizes.group_adults)]
    for n in range(sizes.adults - sizes.group_adults):
        turn, home = divmod(n, outside)
        found.append((turn, inside + home))
    return sorted(found)


def found_collective(company: Company, sizes: Sizes) -> None:
    """Members are adults of the village, and beyond them some who live elsewhere."""
    away = [
        Draft(home=n % sizes.households, turn=sizes.adults + n, lives_here=False)
        for n in range(sizes.members - sizes.adults)
    ]
    company.register = sorted(
        [*company.register, *away], key=lambda one: (one.home, one.turn)
    )
    at_home = [one for one in company.register if one.lives_here]
    for one in [*at_home[: sizes.members], *away]:
        one.is_member = True
    company.members = [one for one in company.register if one.is_member]
    here_first = sorted(company.members, key=lambda one: not one.lives_here)
    company.member_reps = here_first[: sizes.member_reps]


def tell_women(company: Company, sizes: Sizes) -> None:
    """The women asked for are representatives first, then committee members."""
    for position, one in enumerate(company.register):
        one.female = position % 2 == 1
    among_reps = min(sizes.women, len(company.reps))
    spread(company.reps, among_reps)
    spread(company.committee, sizes.women - among_reps)


def spread(people: Sequence[Draft], women: int) -> None:
    for n, one in enumerate(people):
        one.female = (n + 1) * women // len(people) > n * women // len(people)


def give_names(company: Company) -> None:
    """Who is in several bodies has a name in each; the first is on the register."""
    order = {one: position for position, one in enumerate(company.register)}
    reps = sorted(company.reps, key=order.__getitem__)
    composition = reps + sorted(company.committee, key=order.__getitem__)
    at_home = [one for one in company.register if one.lives_here]
    for pattern, people in (
        ("党员{:02}", company.party),
        ("代表{:02}", composition),
        ("村民{:04}", at_home),
        ("成员{:04}", company.members),
    ):
        for number, one in enumerate(people, start=1):
            one.names.append(pattern.format(number))
