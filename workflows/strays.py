"""Matters whose open duty is not the one their stage implies, and their repair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from viewflow.workflow.fields import get_task_ref
from viewflow.workflow.models import Task
from viewflow.workflow.status import PROCESS, STATUS

from workflows import rulebook
from workflows.flows import ProceedingFlow, line, reopen
from workflows.models import Matter, Proceeding
from workflows.stage import Stage

CHUNK = 500


@dataclass(frozen=True)
class Stray:
    """One such matter: what it owes, and what the engine says instead."""

    village: str
    number: int
    stage: str
    owed: str
    found: list[str]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def strays() -> Iterator[tuple[int, Stray]]:
    """Each with its key, one query for all, a chunk of rows at a time in memory."""
    rows: QuerySet[Any, Any] = (
        wrong()
        .order_by("pk")
        .values_list("pk", "village__slug", "number", "stage", "duty", "found")
    )
    for pk, slug, number, stage, owed, found in rows.iterator(chunk_size=CHUNK):
        names = [str(reference).rpartition(".")[2] for reference in found]
        yield pk, Stray(slug, number, stage, owed.rpartition(".")[2], names)


def put_right(pk: int) -> bool:
    """Rebuild what is owed, unless it has come right meanwhile."""
    matter = Matter.objects.select_related("village").get(pk=pk)
    with transaction.atomic(), line(matter):
        matter = Matter.objects.locked(matter)
        if not wrong().filter(pk=pk).exists():
            return False
        reopen(matter)
    return True


def wrong() -> QuerySet[Any]:
    """Matters that have not exactly the duty they owe, in a proceeding that runs."""
    mine = Q(process__proceeding__matter=OuterRef("pk"))
    unfinished = Task.objects.filter(mine, finished=None)
    in_order = unfinished.filter(
        process__proceeding__running=True,
        process__status=PROCESS.NEW,
        process__finished=None,
        status__in=(STATUS.NEW, STATUS.ASSIGNED),
        flow_task=OuterRef("duty"),
    )
    asked: QuerySet[Any] = Matter.objects.annotate(
        duty=_owed(),
        found=ArraySubquery(
            unfinished.order_by("pk").values(name=Cast("flow_task", TextField()))
        ),
        open=_count(unfinished, "process__proceeding__matter"),
        running=_count(
            Proceeding.objects.filter(matter=OuterRef("pk"), running=True), "matter"
        ),
    )
    idle = Q(duty="", open=0, running=0)
    busy = Q(Exists(in_order), open=1, running=1) & ~Q(duty="")
    return asked.exclude(idle | busy)


def _count(rows: QuerySet[Any], by: str) -> Any:
    """How many of them the matter has."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(counted, 0)


def _owed() -> Case:
    """What `Matter.owed` says, as the engine's name of the duty; empty for nothing."""
    works = [code for code, kind in rulebook.CATALOGUE.items() if kind.works]
    others = [code for code in rulebook.CATALOGUE if code not in works]
    cases = []
    for chain, stage in product(rulebook.CHAINS, Stage.values):
        duties = {_duty(chain, stage, types[0]) for types in (works, others)}
        for types in (works, others) if len(duties) > 1 else ((),):
            duty = _duty(chain, stage, (types or others)[0])
            where = Q(chain_name=chain, stage=stage)
            if types:
                where &= Q(type__in=types)
            cases.append(When(where, then=Value(duty)))
    return Case(*cases, output_field=CharField())


def _duty(chain: str, stage: str, code: str) -> str:
    verb = Matter(chain_name=chain, stage=stage, type=code).owed
    return get_task_ref(ProceedingFlow.instance.node(verb)) if verb else ""
