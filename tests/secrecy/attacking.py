"""The village of thirty, and what an attacker finds out in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import pytest

from audit import clock
from tests.world import World, build

from . import holdings
from .attacker import Attacker, known_before
from .chance import by_chance
from .elections import COUNTS, VOTERS, Election, sittings

Found = dict[str, list[int]]


@pytest.fixture
def village_of_30() -> Iterator[World]:
    try:
        yield build(joint=VOTERS, party={"full": 40})
    finally:
        clock.move(None)


def attacked(
    elections: Iterator[Election], logs: Iterable[holdings.LogFile] = ()
) -> Found:
    """Of each way to guess, how many voters it was right about in each election."""
    found: Found = defaultdict(list)
    files = [*logs, *holdings.log_of_the_server()]
    for election in elections:
        with holdings.listening() as log:
            election.open()
            before = known_before(holdings.tables())
            for file in files:
                file.skip()
            election.hold()
            election.end()
        kept = [*holdings.tables(), *holdings.dump(), *(f.holding() for f in files)]
        kept.append(holdings.Holding.of_lines("log", log.lines))
        attacker = Attacker(election.voters, Counter(COUNTS))
        for way, guess in attacker.guesses(kept, before, election.observed):
            found[way].append(election.right(guess))
    return found


def elections(world: World, many: int) -> Iterator[Election]:
    return (Election(world, ballot) for ballot in sittings(world, many))


def better_than_chance(found: Found) -> dict[str, int]:
    """The ways that tell more, or less, than whoever knows the tally could guess."""
    counts = tuple(COUNTS.values())
    return {
        way: sum(right)
        for way, right in found.items()
        if sum(right) not in by_chance(counts, len(right), len(found))
    }
