"""Two hundred press at once: each votes once, and a receipt is a vote that counts."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable
from itertools import cycle, islice

import pytest
from django.db import connection

from tests.workflows.crowds import PEOPLE, Crowd, put
from tests.workflows.crowds import alone as alone  # noqa: PLC0414
from tests.workflows.crowds import village_of_200 as village_of_200  # noqa: PLC0414
from workflows.acts import OutOfTurn, Refused, casting
from workflows.models import Ballot, Receipt

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TIMES, UNTIL_TIRED = 3, 150
CHOICES = ["for"] * 110 + ["against"] * 60 + ["abstain"] * 30


def everybody_first(people: list[int]) -> list[Iterable[int]]:
    """All two hundred at the same moment, and then each again and again."""
    return [
        [people[(at + turn) % PEOPLE] for turn in range(TIMES)] for at in range(PEOPLE)
    ]


def three_telephones(people: list[int]) -> list[Iterable[int]]:
    """Each presses on three telephones at the same moment."""
    presses = [each for each in people for _time in range(TIMES)]
    return [presses[at::PEOPLE] for at in range(PEOPLE)]


def on_and_on(people: list[int], lanes: int) -> list[Iterable[int]]:
    """As many press one after the other, each three times, and begin anew."""
    each = [
        [one for one in people[at::lanes] for _time in range(TIMES)]
        for at in range(lanes)
    ]
    return [islice(cycle(presses), UNTIL_TIRED) for presses in each]


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def crowd_before(ballot: Ballot) -> Crowd:
    choices = [*CHOICES]
    random.shuffle(choices)
    return Crowd(ballot, choices)


@pytest.mark.parametrize("method", ["secret", "named"])
@pytest.mark.parametrize("orders", [everybody_first, three_telephones])
def test_two_hundred_who_press_three_times_cast_two_hundred_votes(
    village_of_200, method, orders
):
    ballot = put(village_of_200, method)
    crowd = crowd_before(ballot)
    crowd.rush(orders([*crowd.choices]), lambda: None)
    assert crowd.errors == []
    assert len(crowd.kept) == PEOPLE
    assert len(crowd.refused) == PEOPLE * (TIMES - 1)
    assert all(isinstance(no, Refused) for no in crowd.refused)
    crowd.is_what_is_counted()
    tally = casting.close_ballot(ballot, actor=village_of_200.clerk)
    counts = {"for": tally.votes_for, "against": tally.votes_against}
    assert Counter({**counts, "abstain": tally.abstain}) == Counter(CHOICES)
    crowd.is_what_is_counted()
    assert deadlocks() == 0


@pytest.mark.parametrize("lanes", [40, PEOPLE])
@pytest.mark.parametrize("after", [0, 60])
def test_a_vote_that_ends_meanwhile_counts_every_receipt_and_nothing_else(
    village_of_200, after, lanes
):
    ballot = put(village_of_200, "secret")
    crowd = crowd_before(ballot)

    def the_chair_ends_it() -> None:
        while Receipt.objects.count() < after:
            time.sleep(0.005)
        casting.close_ballot(ballot, actor=village_of_200.clerk)

    crowd.rush(on_and_on([*crowd.choices], lanes), the_chair_ends_it)
    tally = Ballot.objects.get(pk=ballot.pk).tallies.get()
    assert tally.returned == len(crowd.kept) >= after
    counts = {"for": tally.votes_for, "against": tally.votes_against}
    assert Counter({**counts, "abstain": tally.abstain}) == Counter(crowd.cast)
    assert sum(isinstance(no, OutOfTurn) for no in crowd.refused) == lanes
    crowd.is_what_is_counted()
    assert deadlocks() == 0
