"""A vote of a whole village, all of whom press at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from threading import Barrier, Thread
from typing import Any

import fasteners
import pytest
from django.db import connections

from audit import clock
from config.settings import VAR_DIR
from tests.workflows import sitting_steps as steps
from tests.workflows.racing import PATIENCE, join
from tests.world import World, build
from villages.models import User
from workflows.acts import OutOfTurn, Refused, casting
from workflows.models import Ballot, Participation, Receipt, SecretVote
from workflows.stage import Stage

PEOPLE = 200


@pytest.fixture
def alone() -> Iterator[None]:
    """No other crowd meanwhile: the server has not connections for two."""
    with fasteners.InterProcessLock(VAR_DIR / "crowd.lock"):
        yield


@pytest.fixture
def village_of_200(alone: None) -> Iterator[World]:
    """Everybody over eighteen is called, and comes."""
    try:
        yield build(villagers={"adults": PEOPLE, "households": 70})
    finally:
        clock.move(None)


def put(world: World, method: str) -> Ballot:
    matter = world.matter_at(Stage.REVIEWED)
    return steps.voting_on(world, matter, body="villagers", method=method)


class Crowd:
    """Residents who press, several times each; what every press was answered."""

    def __init__(self, ballot: Ballot, choices: list[str]) -> None:
        residents = [line.resident_id for line in steps.lines(ballot)]
        self.ballot = ballot
        self.choices = dict(zip(residents, choices, strict=True))
        self.receipts: dict[int, list[str]] = {each: [] for each in residents}
        self.refused: list[Exception] = []
        self.errors: list[Exception] = []

    def press(self, resident: int) -> bool:
        """Whether it is worth while to press again."""
        user = User(resident_id=resident)
        try:
            receipt = casting.cast(self.ballot.uid, user, self.choices[resident])
        except (OutOfTurn, Refused) as no:
            self.refused.append(no)
            return isinstance(no, Refused)
        except Exception as error:  # noqa: BLE001 (looked at by the test)
            self.errors.append(error)
        else:
            self.receipts[resident].append(receipt)
        return True

    def rush(self, orders: list[Iterable[int]], meanwhile: Callable[[], Any]) -> None:
        """Each order is a thread of its own; all are let go at once.

        Whoever is told that the vote is over goes home.
        """
        start = Barrier(len(orders) + 1)

        def pressing(order: Iterable[int]) -> None:
            connections["default"].ensure_connection()
            start.wait(PATIENCE)
            all(self.press(resident) for resident in order)
            connections.close_all()

        def beside() -> None:
            start.wait(PATIENCE)
            meanwhile()
            connections.close_all()

        threads = [Thread(target=pressing, args=(order,)) for order in orders]
        join([*threads, Thread(target=beside)])

    @property
    def kept(self) -> list[str]:
        """The receipts that people were shown."""
        return sorted(code for codes in self.receipts.values() for code in codes)

    @property
    def cast(self) -> list[str]:
        """What was chosen by those who were shown one."""
        return sorted(self.choices[each] for each in self.voted)

    @property
    def voted(self) -> set[int]:
        return {resident for resident, codes in self.receipts.items() if codes}

    def is_what_is_counted(self) -> None:
        """Every receipt is a vote and every vote has one; none of what was refused."""
        assert self.errors == []
        assert max(map(len, self.receipts.values())) == 1
        assert sorted(Receipt.objects.values_list("code", flat=True)) == self.kept
        took_part = Participation.objects.values_list("entry__resident", flat=True)
        assert {*took_part} == self.voted
        model = SecretVote if self.ballot.method == "secret" else Participation
        assert sorted(model.objects.values_list("choice", flat=True)) == self.cast
