"""What is owed while a matter waits: approvals, items to be published, bulletins."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Q, QuerySet

from audit import clock
from workflows import rulebook
from workflows.models import Matter, Notice
from workflows.stage import Stage

from .todo import LIMIT, SENTENCES, Held, Todo, act_url

if TYPE_CHECKING:
    from villages.models import User

A_WEEK = timedelta(days=7)


def approvals(held: Held, user: User) -> list[Todo]:
    """What an authority is to be asked for, or told, after the decision."""
    asked = [code for code, kind in rulebook.CATALOGUE.items() if kind.approval]
    rows = _of_clerk(held, type__in=asked, approvals=None).filter(
        stage__in=(Stage.ADOPTED, Stage.ANNOUNCED)
    )
    return [_approval(matter) for matter in rows.order_by("pk")[:LIMIT]]


def _approval(matter: Matter) -> Todo:
    asked = matter.kind.approval
    facts = {"authority": asked.authority, "kind": asked.label} if asked else {}
    return _todo(matter, "approve", facts)


def items(held: Held, user: User) -> list[Todo]:
    """What the rulebook wants published before works begin, and is not yet."""
    gated = [code for code, kind in rulebook.CATALOGUE.items() if kind.before_begin]
    rows = _of_clerk(held, type__in=gated, stage=Stage.ANNOUNCED)
    rows = rows.prefetch_related("notices__postings", "notices__audits")
    return [
        _todo(matter, "disclose", {"items": "、".join(i.label for i in missing)})
        for matter in rows.order_by("pk")[:LIMIT]
        if (missing := matter.missing_items)
    ]


def bulletins(held: Held, user: User) -> list[Todo]:
    """Those who must be told how it goes have not been for a while."""
    told = Max("notices__published_at", filter=Q(notices__kind=Notice.Kind.BULLETIN))
    rows = (
        Matter.objects.filter(
            village__in=held.where(("clerk", "director")), stage=Stage.UNDERWAY
        )
        .select_related("village__division__parent")
        .annotate(told_at=told)
        .order_by("stage_since", "pk")[:LIMIT]
    )
    return [todo for matter in rows for todo in _bulletin(matter)]


def _bulletin(matter: Any) -> list[Todo]:
    last = clock.local(matter.told_at).date() if matter.told_at else matter.stage_since
    due = last + timedelta(days=matter.rules_on().days("report.interval_days"))
    if clock.today() < due - A_WEEK:
        return []
    return [_todo(matter, "report", {}, since=last, due=due)]


def _of_clerk(held: Held, **where: Any) -> QuerySet[Matter]:
    mine = Matter.objects.filter(village__in=held.where(["clerk"]), **where)
    return mine.select_related("village__division__parent")


def _todo(matter: Matter, verb: str, facts: dict[str, Any], **days: Any) -> Todo:
    return Todo(
        str(SENTENCES[verb]) % facts,
        matter.title,
        act_url(matter, verb),
        matter.village.name,
        **({"since": matter.stage_since} | days),
    )
