"""Duty: a viewflow node that asks the matter who may act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from viewflow.workflow import flow
from viewflow.workflow.activation import Activation
from viewflow.workflow.exceptions import FlowRuntimeError
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import STATUS

from audit import clock

if TYPE_CHECKING:
    from collections.abc import Sequence


class DutyActivation(ViewActivation):  # type: ignore[misc]
    """Whoever the law empowers may act at once; there is no separate claim step."""

    @Activation.status.transition(
        source=[STATUS.NEW, STATUS.ASSIGNED],
        target=STATUS.STARTED,
        permission=lambda activation, user: activation.flow_task.can_execute(
            user, activation.task
        ),
    )
    def start(self, user: Any) -> None:
        """The person who discharges the duty, and when."""
        self.task.owner = user
        self.task.started = clock.now()


class Duty(flow.View):  # type: ignore[misc]
    """An act somebody owes now. Not a permission: that is the transition's."""

    activation_class = DutyActivation

    def __init__(self, *, verbs: Sequence[str], **kwargs: Any) -> None:
        super().__init__(view=None, **kwargs)
        self.verbs = tuple(verbs)

    def can_execute(self, user: Any, task: Any) -> bool:
        """Whether the matter's transitions let this person discharge the duty."""
        matter = task.process.coerced.matter
        edges = (matter.edge(verb) for verb in self.verbs)
        return user.is_authenticated and any(
            edge is not None and edge.permission(matter, user) for edge in edges
        )

    can_assign = can_execute


class Roster(flow.Switch):  # type: ignore[misc]
    """Leads on to the duty that is owed.

    The stock switch writes down that it was passed: a row, changed and joined to two
    others, between every two duties. Who owed what, and since when, the duties say.
    """

    def _create(
        self, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> Any:
        """The activation of the first node whose condition holds, or of the default."""
        for node, owes in self._branches:
            if owes is None or owes(prev_activation):
                return node._create(prev_activation, token, data=data, seed=seed)
        raise FlowRuntimeError(f"{self.name} leads nowhere")
