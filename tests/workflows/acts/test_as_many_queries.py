"""What an act asks of the database does not grow with what was done before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import World
from workflows.rulebook import CHAINS
from workflows.stage import Stage

STAGES = (Stage.DRAFTED, Stage.REVIEWED, Stage.ANNOUNCED, Stage.REJECTED)


def asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def all_along(world: World, chain: str) -> Iterator[tuple[str, int]]:
    """Every act that carries a matter to its end, with what prepares it."""
    matter = world.draft(chain=chain)
    while verb := matter.owed:
        yield verb, asked(lambda: world.carry_on(matter))


@pytest.mark.parametrize("chain", sorted(CHAINS))
def test_an_act_asks_as_often_with_many_matters_as_with_few(world, chain):
    world.draft(chain=chain)
    few = dict(all_along(world, chain))
    for stage in STAGES * 3:
        world.matter_at(stage)
    assert dict(all_along(world, chain)) == few


def test_so_does_a_draft(world):
    world.draft()
    few = asked(world.draft)
    for stage in STAGES * 3:
        world.matter_at(stage)
    assert asked(world.draft) == few
