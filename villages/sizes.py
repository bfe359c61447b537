"""How large the bodies of a generated village are, and whether the sizes can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

# Body, its first part (which a bare number means), its other parts.
PARTS: dict[str, tuple[str, ...]] = {
    "joint": ("total",),
    "party": ("full", "probationary"),
    "reps": ("total", "committee", "women"),
    "villagers": ("adults", "households"),
    "collective": ("members", "reps"),
    "supervisors": ("total",),
    "group": ("adults", "households"),
}
LEAST_COMMITTEE = 3
LEAST_ADULTS = 200
PER_HOUSEHOLD = 3


class SizesDoNotFit(ValueError):
    """各机构的人数互相对不上。"""


@dataclass(frozen=True)
class Sizes:
    """Numbers of people, each counted as the law counts that body."""

    joint: int
    committee: int
    full: int
    probationary: int
    reps: int  # without the members of the village committee
    women: int
    supervisors: int
    adults: int
    households: int
    members: int
    member_reps: int
    group_adults: int
    group_households: int
    has_collective: bool

    @classmethod
    def of(cls, bodies: Mapping[str, Any]) -> Sizes:
        """Read what a scenario says, and fill in what it leaves out."""
        given = {f"{body}.{part}": n for body, part, n in parts_of(bodies)}
        committee = given.get("reps.committee", min(given.get("joint.total", 5), 5))
        total = given.get("reps.total", committee + 25)
        joint = given.get("joint.total", committee)
        full = given.get("party.full", joint + 10)
        probationary = given.get("party.probationary", 0)
        supervisors = given.get("supervisors.total", 3)
        reps = total - committee
        everyone = joint + full + probationary + reps + supervisors + 1
        adults = given.get("villagers.adults") or enough_adults(given, everyone)
        in_group = given.get("group.adults", 0)
        sizes = cls(
            joint=joint,
            committee=committee,
            full=full,
            probationary=probationary,
            reps=reps,
            women=given.get("reps.women", -(-total // 3)),
            supervisors=supervisors,
            adults=adults,
            households=given.get("villagers.households", -(-adults // PER_HOUSEHOLD)),
            members=given.get("collective.members", adults),
            member_reps=given.get("collective.reps", 0),
            group_adults=in_group,
            group_households=given.get(
                "group.households", -(-in_group // PER_HOUSEHOLD)
            ),
            has_collective="collective" in bodies,
        )
        sizes.refuse_what_cannot_be()
        return sizes

    @property
    def branch_only(self) -> int:
        """Those of the two committees who are in the branch's alone."""
        return self.joint - self.committee

    def refuse_what_cannot_be(self) -> None:
        outside_adults = self.adults - self.group_adults
        outside_households = self.households - self.group_households
        demands = {
            _("村民委员会至少三人。"): self.committee >= LEAST_COMMITTEE,
            _("两委成员少于村民委员会成员。"): self.branch_only >= 0,
            _("组成人员少于其中的村民委员会成员。"): self.reps >= 0,
            _("妇女多于组成人员。"): self.women <= self.reps + self.committee,
            _("正式党员太少，支部委员、书记、主任和记录人都要是党员。"): (
                self.full >= max(self.branch_only + 1, 3)
            ),
            _("成员代表多于成员。"): self.member_reps <= self.members,
            _("户数多于成年村民。"): 0 < self.households <= self.adults,
            _("小组的户数、人数与全村的对不上。"): (
                self.group_households <= self.group_adults
                and bool(self.group_adults) == bool(self.group_households)
                and outside_adults >= outside_households >= 0
                and bool(outside_adults) == bool(outside_households)
            ),
        }
        for sentence, is_met in demands.items():
            if not is_met:
                raise SizesDoNotFit(sentence)


def parts_of(bodies: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    """Body, part and number; a bare number means the body's first part."""
    found = []
    for body, value in bodies.items():
        if body not in PARTS:
            raise SizesDoNotFit(_("没有“%(body)s”这个机构。") % {"body": body})
        parts = value if isinstance(value, Mapping) else {PARTS[body][0]: value}
        for part, number in parts.items():
            whole = isinstance(number, int) and not isinstance(number, bool)
            if part not in PARTS[body] or not whole or number < 0:
                wrong = {"body": body, "part": part, "number": number}
                raise SizesDoNotFit(
                    _("%(body)s 的 %(part)s 不能是 %(number)s。") % wrong
                )
            found.append((body, part, number))
    return found


def enough_adults(given: Mapping[str, int], everyone: int) -> int:
    """As many as all bodies together need, and some who are in none."""
    return max(
        LEAST_ADULTS,
        2 * everyone,
        given.get("collective.members", 0),
        2 * given.get("villagers.households", 0),
        2 * given.get("group.adults", 0),
    )
