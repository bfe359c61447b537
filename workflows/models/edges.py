"""How an edge of the machine is written down."""

from collections.abc import Callable, Iterable
from typing import Any

from django_fsm import State, transition

from workflows.permissions import HeldBy
from workflows.rules import Rule


class Returns(State):
    """Where the facts lead: `matter.returns_to`, one of these stages or none other."""

    def __init__(self, states: Iterable[str]) -> None:
        self.allowed_states = list(states)

    def get_state(
        self,
        model: Any,
        transition: Any,
        result: Any,
        args: Any = None,
        kwargs: Any = None,
    ) -> Any:
        target = model.returns_to
        if target not in (*self.allowed_states, model.stage):
            name = transition.__name__
            raise ValueError(f"{name}: {model.stage} does not lead to {target}")
        return target


def edge(
    source: Iterable[str],
    target: Any,
    permission: HeldBy,
    conditions: Iterable[Rule] = (),
) -> Callable[[Any], Any]:
    """From these stages to that one, for these offices, if these rules are met."""
    tests: list[Any] = list(conditions)
    asked: Any = permission
    return transition(
        "stage",
        source=list(source),
        target=target,
        conditions=tests,
        permission=asked,
    )


def in_place(
    source: Iterable[str], permission: HeldBy, conditions: Iterable[Rule] = ()
) -> Callable[[Any], Any]:
    """An act at these stages that moves nothing."""
    return edge(source, None, permission, conditions)
