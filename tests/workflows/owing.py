"""What the engine says is owed, read from its own tables."""

from __future__ import annotations

from viewflow.workflow.models import Task

from workflows.models import Matter


def open_duties(matter: Matter) -> list[str]:
    """The names of the duties nobody has discharged yet, of all its proceedings."""
    tasks = Task.objects.filter(process__proceeding__matter=matter, finished=None)
    return [task.flow_task.name for task in tasks.order_by("pk")]


def running(matter: Matter) -> int:
    """How many of its proceedings have not ended."""
    return matter.proceedings.filter(running=True).count()


def owed_by(matter: Matter) -> list[str]:
    """What must be open: the verb that leaves its stage, in its own chain."""
    return [matter.owed] if matter.owed else []
