"""Whoever has everything that is kept learns no more than the tally tells anyway."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from django.db import connection

from audit import clock
from tests.secrecy import holdings
from tests.secrecy.attacker import Attacker, known_before
from tests.secrecy.chance import by_chance
from tests.secrecy.elections import COUNTS, VOTERS, Election, sittings
from tests.world import World, build

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ELECTIONS, WITH_A_LEAK = 20, 3
Found = dict[str, list[int]]


@pytest.fixture
def village_of_30() -> Iterator[World]:
    try:
        yield build(joint=VOTERS, party={"full": 40})
    finally:
        clock.move(None)


def attacked(world: World, elections: int) -> Found:
    """Of each way to guess, how many voters it was right about in each election."""
    found: Found = defaultdict(list)
    for ballot in sittings(world, elections):
        election = Election(world, ballot)
        with holdings.listening() as log:
            election.open()
            before = known_before(holdings.tables() + holdings.dump())
            election.hold()
            election.end()
        kept = holdings.tables() + holdings.dump()
        kept.append(holdings.Holding.of_lines("log", log.lines))
        attacker = Attacker(election.voters, Counter(COUNTS))
        for way, guess in attacker.guesses(kept, before, election.observed):
            found[way].append(election.right(guess))
    return found


def better_than_chance(found: Found) -> dict[str, int]:
    """The ways that tell more, or less, than whoever knows the tally could guess."""
    counts = tuple(COUNTS.values())
    return {
        way: sum(right)
        for way, right in found.items()
        if sum(right) not in by_chance(counts, len(right), len(found))
    }


def test_an_attacker_who_has_everything_does_no_better_than_chance(village_of_30):
    found = attacked(village_of_30, ELECTIONS)
    print(
        "WAYS",
        len(found),
        max(map(sum, found.values())),
        min(map(sum, found.values())),
        by_chance(tuple(COUNTS.values()), ELECTIONS, len(found)),
    )
    assert better_than_chance(found) == {}
    tried = " ".join(found)
    for each in (
        "seen in the room",
        "last workflows_participation by xmin",
        "last workflows_receipt by ctid",
        "last dump of workflows_participation as it lies",
        "last villages_rosterentry by number",
        "workflows_secretvote.choice by token",
        "workflows_secretvote.choice by xmin",
        "dump of workflows_secretvote.choice as it lies",
    ):
        assert each in tried


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


OFF = "ALTER TABLE workflows_ballot {} TRIGGER votes_are_scattered_when_a_ballot_ends"


@pytest.fixture
def nothing_is_scattered() -> Iterator[None]:
    run(OFF.format("DISABLE"))
    yield
    run(OFF.format("ENABLE"))


@pytest.fixture
def written_anew_in_the_same_order() -> Iterator[None]:
    """As if one transaction were enough, and no random order needed."""
    ((source,),) = holdings.ask(
        "SELECT pg_get_functiondef('workflows_scatter_votes'::regproc)"
    )
    run(source.replace("ORDER BY gen_random_uuid()", "ORDER BY ctid"))
    yield
    run(source)


@pytest.mark.parametrize(
    ("leak", "way"),
    [
        (
            "nothing_is_scattered",
            "last workflows_participation by xmin marked as "
            "workflows_secretvote.choice by xmin",
        ),
        (
            "written_anew_in_the_same_order",
            "seen in the room in the order of workflows_secretvote.choice by ctid",
        ),
    ],
)
def test_with_a_leak_the_same_attacker_knows_everybody(
    village_of_30, request, leak, way
):
    request.getfixturevalue(leak)
    found = attacked(village_of_30, WITH_A_LEAK)
    assert better_than_chance(found)[way] == WITH_A_LEAK * VOTERS
