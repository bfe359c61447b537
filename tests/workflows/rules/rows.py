"""Bodies of the size the worked examples have, and matters that wait for them."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from tests.clock import at
from tests.world import World
from villages.models import Roster
from workflows import rulebook
from workflows.models import Ballot, Matter, Sitting
from workflows.rules import Rule
from workflows.stage import Stage

REPS_35 = {"reps": {"total": 35, "committee": 3, "women": 12}}
REPS_30 = {"reps": {"total": 30, "committee": 3, "women": 10}}
PARTY_24 = {"party": {"full": 24}}
ADULTS_1203 = {"villagers": {"adults": 1203, "households": 410}}
GROUP_61 = {
    "villagers": {"adults": 120, "households": 40},
    "group": {"adults": 61, "households": 21},
}
MEMBERS_900 = {
    "villagers": {"adults": 900, "households": 300},
    "collective": {"members": 900, "reps": 45},
}
HOUSEHOLDS = {"mode": "households"}
BEFORE = {"joint": Stage.DRAFTED, "party": Stage.PROPOSED, "group": Stage.DRAFTED}


class Row(NamedTuple):
    """How many of a body of that size must come."""

    body: str
    need: int
    sizes: dict[str, Any] = {}
    how: dict[str, str] = {}

    def bring(self, world: World) -> Matter:
        """A matter that waits for this body."""
        chain = "group" if self.body == "group" else "four_step"
        kind = {"members": "M13", "member_reps": "M11"}.get(self.body, "M05")
        stage = BEFORE.get(self.body, Stage.REVIEWED)
        return world.matter_at(stage, chain=chain, type=kind)

    def called(self, matter: Matter, present: int) -> dict[str, Any]:
        """How the sitting is called, to which so many came."""
        named = {"group_name": matter.group_name} if self.body == "group" else {}
        return {"body": self.body, "present": present, **self.how, **named}


DEMO = ("demo-county",)


def put_to(body: str, on: str = "2026-03-16", **given: Any) -> Matter:
    """A matter as it is judged when that body sits on that day; nothing is saved."""
    day = date.fromisoformat(on)
    rules = rulebook.in_force(day, given.pop("overlays", DEMO))
    about = {"type": "M05", "chain_name": "four_step", "stage": "reviewed"}
    matter = Matter(**{k: given.pop(k, v) for k, v in about.items()})
    roster = Roster(eligible=given.pop("of", 35))
    noticed_on = given.pop("noticed_on", on)
    sitting = Sitting(
        body=body,
        ruleset=rules.name,
        held_at=at(day),
        noticed_at=at(date.fromisoformat(noticed_on)),
        roster=roster,
        **given,
    )
    matter.question = Ballot(sitting=sitting, matter=matter)
    return matter


def answer(rule: Rule, matter: Matter) -> str:
    """How the rule answers: met, refused, or only pointed out."""
    found = rule.judge(matter)
    if found is None:
        return "met"
    return "refused" if found.stands_in_the_way else "pointed out"
