"""A paper with as many states as a matter passes, moved by nothing but the library."""

from django.db import models
from django_fsm import FSMField, transition
from viewflow.workflow.models import Process

STATES = tuple(f"s{number}" for number in range(9))


class Paper(models.Model):
    """Moves on, state by state, whoever asks."""

    state = FSMField(default="s0", protected=True)

    def __str__(self) -> str:
        return str(self.state)

    @transition(state, source="s0", target="s1")
    def to_s1(self) -> None: ...

    @transition(state, source="s1", target="s2")
    def to_s2(self) -> None: ...

    @transition(state, source="s2", target="s3")
    def to_s3(self) -> None: ...

    @transition(state, source="s3", target="s4")
    def to_s4(self) -> None: ...

    @transition(state, source="s4", target="s5")
    def to_s5(self) -> None: ...

    @transition(state, source="s5", target="s6")
    def to_s6(self) -> None: ...

    @transition(state, source="s6", target="s7")
    def to_s7(self) -> None: ...

    @transition(state, source="s7", target="s8")
    def to_s8(self) -> None: ...


class Run(Process):
    """One run over a paper."""

    paper = models.ForeignKey(Paper, models.PROTECT)


class Line(models.Model):
    """A text in a table that does nothing else."""

    text = models.TextField()

    def __str__(self) -> str:
        return self.text
