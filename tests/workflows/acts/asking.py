"""What the tests of all acts ask alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from audit import clock
from tests.workflows.sitting_steps import nothing_changes
from tests.world import World
from workflows.acts import Forbidden, OutOfTurn

# One holder of each office of the village and above it, a villager, and a stranger.
EVERYBODY = (
    "clerk",
    "secretary",
    "director",
    "deputy_director",
    "recorder",
    "supervisor1",
    "party01",
    "rep01",
    "group_leader",
    "township",
    "county",
    "li",
    "zhou",
)


def may_only(
    world: World, act: Callable[..., Any], subject: Any, *offices: str, **given
):
    """Everybody else is refused, and nothing is written down."""
    with nothing_changes():
        for name in set(EVERYBODY) - set(offices):
            with pytest.raises(Forbidden):
                act(subject, actor=getattr(world, name), **given)


def an_order(**more: Any) -> dict[str, Any]:
    """What an order to correct says."""
    words = {"text": "补充补贴名单。", "basis": "order.disclosure"}
    return words | {"due_on": clock.today() + timedelta(days=7)} | more


def is_out_of_turn(act: Callable[..., Any], subject: Any, actor: Any, **given) -> None:
    """The stage does not allow it, and nothing is written down."""
    with nothing_changes(), pytest.raises(OutOfTurn):
        act(subject, actor=actor, **given)
