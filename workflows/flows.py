"""Who owes the next act on a matter: reads the stage, never writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Task
from viewflow.workflow.status import PROCESS, STATUS

from audit import clock
from audit.models import Entry
from workflows import acts
from workflows.duties import Duty, Roster
from workflows.models import Matter, Proceeding

if TYPE_CHECKING:
    from villages.models import User

T = TypeVar("T")


def owes(verb: str) -> Callable[[Any], bool]:
    """Whether this verb leaves the matter's stage in its own chain."""
    return lambda activation: activation.process.matter.owed == verb


class ProceedingFlow(flow.Flow):  # type: ignore[misc]
    """One duty a stage: the verb that leaves it. Nothing here decides anything."""

    process_class = Proceeding
    lock_impl = lock.SelectForUpdateLock(nowait=False, attempts=1)

    open = flow.StartHandle(this.receive).Next(this.owed)
    owed = (
        Roster()
        .Case(this.initiate, owes("initiate"))
        .Case(this.propose, owes("propose"))
        .Case(this.review, owes("review"))
        .Case(this.adopt, owes("adopt"))
        .Case(this.announce, owes("announce"))
        .Case(this.begin, owes("begin"))
        .Case(this.accept, owes("accept"))
        .Case(this.done, owes("done"))
        .Case(this.report_result, owes("report_result"))
        .Case(this.archive, owes("archive"))
        .Case(this.examine, owes("examine"))
        .Default(this.close)
    )
    initiate = Duty(verbs=["initiate"]).Next(this.owed)
    propose = Duty(verbs=["propose", "reject"]).Next(this.owed)
    review = Duty(verbs=["review", "reject"]).Next(this.owed)
    adopt = Duty(verbs=["adopt", "reject"]).Next(this.owed)
    announce = Duty(verbs=["announce"]).Next(this.owed)
    begin = Duty(verbs=["begin"]).Next(this.owed)
    accept = Duty(verbs=["accept"]).Next(this.owed)
    done = Duty(verbs=["done"]).Next(this.owed)
    report_result = Duty(verbs=["report_result"]).Next(this.owed)
    archive = Duty(verbs=["archive"]).Next(this.owed)
    examine = Duty(verbs=["examine"]).Next(this.owed)
    close = flow.End()

    def receive(self, activation: Any, matter: Matter) -> Proceeding:
        activation.process.matter = matter
        return activation.process  # type: ignore[no-any-return]

    def has_manage_permission(self, user: Any, obj: Any = None) -> bool:
        """Nobody undoes, revives, cancels or reassigns: the record cannot either."""
        return False


def reopen(matter: Matter) -> None:
    """Close the matter's running proceeding and open one at its present stage."""
    close(matter)
    ProceedingFlow.open.run(matter=matter)


def close(matter: Matter) -> None:
    """Leave nothing open, whatever state it is in.

    The engine's own cancel refuses where a node is unknown or a task failed
    (viewflow 2.4.0, workflow/base.py), which is just what has to be put right.
    """
    now = clock.now()
    tasks = Task.objects.filter(process__proceeding__matter=matter, finished=None)
    tasks.update(status=STATUS.CANCELED, finished=now)
    matter.proceedings.filter(running=True).update(
        running=False, status=PROCESS.CANCELED, finished=now
    )


def draft(act: Callable[[], Matter]) -> Matter:
    """Perform the act that makes a matter, and open its first proceeding."""
    with transaction.atomic():
        matter = act()
        ProceedingFlow.open.run(matter=matter)
    return matter


@contextmanager
def line(matter: Matter) -> Iterator[Task | None]:
    """Hold the matter's proceeding: one act on a matter at a time.

    Yields the duty that is open in it, or None where nothing is owed.
    """
    with transaction.atomic():
        duty = _duty_at_hand(matter)
        if duty is None and (held := _hold(matter)):
            duty = _open_duty(held)
        yield duty


def _duty_at_hand(matter: Matter) -> Task | None:
    """The open duty, held together with its proceeding, which is locked first.

    Whoever waited for another act finds what that one left open: PostgreSQL looks at
    the rows again once it holds them, and leaves out those that no longer fit.
    """
    tasks = Task.objects.filter(process__proceeding__matter=matter.pk, finished=None)
    duties = tasks.filter(process__proceeding__running=True).order_by()
    held = duties.select_for_update(of=("process__proceeding", "self"))
    return next(iter(held.select_related("process__proceeding")), None)


def _hold(matter: Matter) -> int | None:
    """Hold a proceeding in which nothing was found open; its key.

    Whoever waited may find that the proceeding ended meanwhile; PostgreSQL then
    leaves it out, and the newer one is taken. A matter that is closed has none.
    """
    running = Proceeding.objects.filter(matter_id=matter.pk, running=True)
    keys = running.select_for_update().values_list("pk", flat=True).order_by()
    while (held := next(iter(keys.all()), None)) is None and running.exists():
        pass
    return held


def perform(matter: Matter, verb: str, act: Callable[[], T], *, actor: User) -> T:
    """Perform one act on a matter, and keep what is owed in step with its stage.

    The act that is owed discharges its duty; one that cuts across and moves the
    stage closes the proceeding and opens another. Raises what the act raises, and
    AlreadyDone where somebody else has just done the same.
    """
    matter.let_go()
    try:
        with line(matter) as duty:
            result = act()
            matter.learn()
            _follow(matter, duty, verb, actor)
    except acts.AlreadyDone:
        raise
    except acts.OutOfTurn as refused:
        if not refused.why and _was_done(matter, verb):
            raise acts.AlreadyDone(refused.matter, verb) from None
        raise
    return result


def _was_done(matter: Matter, verb: str) -> bool:
    """Whether the last move of the matter was this very verb."""
    moved = Entry.objects.of(matter).exclude(stage=None).order_by("-id").first()
    return moved is not None and moved.kind in PAST.get(verb, ())


PAST: dict[str, tuple[str, ...]] = {
    "initiate": ("matter.initiated",),
    "declare": (
        "matter.proposed",
        "matter.reviewed",
        "matter.adopted",
        "matter.rejected",
    ),
    "announce": ("matter.announced",),
    "begin": ("matter.begun",),
    "accept": ("matter.accepted",),
    "done": ("matter.completed",),
    "report_result": ("matter.reported",),
    "archive": ("matter.archived",),
    "withdraw": ("matter.withdrawn",),
    "revise": ("matter.revised",),
    "order": ("matter.ordered",),
    "examine": ("matter.examined",),
}


def _follow(matter: Matter, duty: Task | None, verb: str, actor: User) -> None:
    """Discharge the duty the verb answers; where another is owed, start afresh."""
    if duty is not None and duty.flow_task.name == matter.owed:
        return
    if duty is None and matter.owed is None:
        return
    if duty is None or not _discharges(duty, verb):
        reopen(matter)
        return
    proceeding = duty.process.proceeding
    proceeding.matter = matter
    duty.process = proceeding
    activation = duty.flow_task.activation_class(duty)
    activation.process = proceeding
    activation.start(actor)
    activation.execute()


def _open_duty(proceeding: int) -> Task | None:
    """What is owed in the proceeding with that key; there is one duty a stage."""
    tasks = Task.objects.select_related("process__proceeding")
    return next(iter(tasks.filter(process_id=proceeding, finished=None)), None)


def _discharges(duty: Task, verb: str) -> bool:
    if verb == "declare":
        return "reject" in duty.flow_task.verbs
    return verb in duty.flow_task.verbs
