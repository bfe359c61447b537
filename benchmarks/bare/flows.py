"""The same shape of flow as the project's: a switch that leads to one task a state.

The switch is the library's own, which writes down that it was passed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.activation import Activation
from viewflow.workflow.models import Task
from viewflow.workflow.nodes.view import ViewActivation
from viewflow.workflow.status import STATUS

from .models import Paper, Run


class Unassigned(ViewActivation):  # type: ignore[misc]
    @Activation.status.transition(source=STATUS.NEW, target=STATUS.STARTED)
    def start(self, user: Any) -> None:
        self.task.owner = user


class Step(flow.View):  # type: ignore[misc]
    activation_class = Unassigned

    def __init__(self) -> None:
        super().__init__(view=None)


def at(state: str) -> Callable[[Any], bool]:
    return lambda activation: activation.process.paper.state == state


class BareFlow(flow.Flow):  # type: ignore[misc]
    process_class = Run
    lock_impl = lock.SelectForUpdateLock(nowait=False, attempts=1)

    open = flow.StartHandle(this.receive).Next(this.owed)
    owed = (
        flow.Switch()
        .Case(this.t0, at("s0"))
        .Case(this.t1, at("s1"))
        .Case(this.t2, at("s2"))
        .Case(this.t3, at("s3"))
        .Case(this.t4, at("s4"))
        .Case(this.t5, at("s5"))
        .Case(this.t6, at("s6"))
        .Case(this.t7, at("s7"))
        .Default(this.close)
    )
    t0 = Step().Next(this.owed)
    t1 = Step().Next(this.owed)
    t2 = Step().Next(this.owed)
    t3 = Step().Next(this.owed)
    t4 = Step().Next(this.owed)
    t5 = Step().Next(this.owed)
    t6 = Step().Next(this.owed)
    t7 = Step().Next(this.owed)
    close = flow.End()

    def receive(self, activation: Any, paper: Paper) -> Run:
        activation.process.paper = paper
        return activation.process  # type: ignore[no-any-return]


def move(run: Run, target: str, user: Any) -> None:
    """One transition and its task, in one commit."""
    with BareFlow.lock(run.pk):
        task = Task.objects.select_related("process").get(
            process_id=run.pk, finished=None
        )
        activation = task.flow_task.activation_class(task)
        paper = Paper.objects.select_for_update().get(pk=run.paper_id)
        getattr(paper, f"to_{target}")()
        paper.save()
        activation.process.paper = paper
        activation.start(user)
        activation.execute()
