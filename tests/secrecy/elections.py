"""Secret ballots of thirty, in which it is known who chose what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from tests.workflows import sitting_steps as steps
from tests.world import World
from villages.models import RosterEntry, User
from workflows.acts import ballot as voting
from workflows.acts import casting, correction
from workflows.models import Ballot

from .attacker import Clue, Known

COUNTS = {"for": 14, "against": 9, "abstain": 7}
VOTERS = sum(COUNTS.values())
# Nothing the service does hangs on these, and nobody can foresee them.
chance = random.SystemRandom()


def sittings(world: World, many: int, questions: int = 8) -> Iterator[Ballot]:
    """So many ballots, eight to a sitting, each opened when its turn comes."""
    for first in range(0, many, questions):
        matters = [world.draft() for _each in range(min(questions, many - first))]
        sitting = steps.held(world, *matters, ticked=True)
        yield from sitting.ballots.order_by("position")


class Election:
    """One of them: who chose what, what each was given, in which order they came."""

    def __init__(self, world: World, ballot: Ballot) -> None:
        self.world, self.ballot = world, ballot
        self.lines = steps.lines(ballot)
        self.choices = [*Counter(COUNTS).elements()]
        chance.shuffle(self.choices)
        self.queue = [*range(VOTERS)]
        chance.shuffle(self.queue)
        self.receipts = [""] * VOTERS

    def open(self) -> None:
        self._do("open_ballot", voting.open_ballot, method="secret")

    @property
    def ways(self) -> list[Callable[[int], str]]:
        """By telephone, with a slip, or with the clerk's help."""
        return [self.by_telephone, self.by_slip, self.with_help]

    def hold(self) -> None:
        """Each in their turn."""
        for voter in self.queue:
            self.receipts[voter] = chance.choice(self.ways)(voter)

    def end(self) -> None:
        """Mostly by counting; sometimes the ballot is declared void."""
        if chance.random() < 0.2:
            why = {"text": "按错了。", "witness_name": "孙建国"}
            self._do("void", correction.void, **why)
        else:
            self._do("close_ballot", casting.close_ballot)

    def _do(self, verb: str, act: Any, **given: Any) -> None:
        steps.perform(self.ballot, verb, act, self.world.clerk, **given)

    def by_telephone(self, voter: int) -> str:
        user = User(resident_id=self.lines[voter].resident_id)
        return casting.cast(self.ballot.uid, user, self.choices[voter])

    def by_slip(self, voter: int) -> str:
        line, clerk = self.lines[voter], self.world.clerk
        ((_line, code),) = casting.issue_slips(self.ballot, [line], actor=clerk)
        return casting.cast_by_slip(code, self.choices[voter])

    def with_help(self, voter: int) -> str:
        line, clerk = self.lines[voter], self.world.clerk
        return casting.cast_for(
            self.ballot, line, self.choices[voter], actor=clerk, signed=True
        )

    # -- what the attacker knows without looking at anything that was kept

    @property
    def voters(self) -> list[Known]:
        return [
            _known(line, *self.words_of(voter)) for voter, line in enumerate(self.lines)
        ]

    def words_of(self, voter: int) -> list[str]:
        """What is said of somebody: the name, and the receipt they showed."""
        return [self.lines[voter].name, self.receipts[voter]]

    @property
    def observed(self) -> list[Clue]:
        """Who sits in the room sees in which order people vote."""
        order = {voter: str(turn) for turn, voter in enumerate(self.queue)}
        return [Clue("seen in the room", order)]

    def right(self, guess: list[str]) -> int:
        return sum(a == b for a, b in zip(guess, self.choices, strict=True))


def _known(line: RosterEntry, *words: str) -> Known:
    user = User.objects.filter(resident=line.resident_id).first()
    keys = {
        "villages_rosterentry": str(line.pk),
        "villages_resident": str(line.resident_id),
    }
    if user is not None:
        keys["villages_user"] = str(user.pk)
        words = (*words, user.username)
    return Known(keys, words)
