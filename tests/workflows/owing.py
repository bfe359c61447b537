"""What the engine says is owed, read from its own tables."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from viewflow.workflow.models import Task

from tests.world import World
from workflows import worklist
from workflows.acts import objection
from workflows.models import Matter, Objection

RIGHT = (0, "每件事项的待办都与阶段相符。")


def check_worklist(*options: str) -> tuple[int, str]:
    """The exit code of `manage.py check_worklist`, and what it printed."""
    out = StringIO()
    try:
        call_command("check_worklist", *options, stdout=out)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue().strip()
    return 0, out.getvalue().strip()


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


def said_to(world: World, who: str) -> list[str]:
    """The sentences of what this officer owes now."""
    return sorted(todo.sentence for todo in worklist.owed(getattr(world, who)))


def lodge(world: World, matter: Matter) -> Objection:
    """A villager objects to what is on show."""
    given = {"name": "李秀英", "text": "少算了三天。"}
    notice = matter.notice_on_show
    return world.do(matter, objection.object_to, world.clerk, of=notice, **given)
