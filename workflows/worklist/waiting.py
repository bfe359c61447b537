"""What a matter waits for beside its stage: posting, audit, answers, corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from audit import clock
from workflows import permissions
from workflows.models import Notice, Objection, Opinion, Rectification
from workflows.models.in_place import ON_SHOW
from workflows.stage import CLOSED

from .todo import LIMIT, SENTENCES, Held, Todo, act_url

if TYPE_CHECKING:
    from villages.models import User


def notices(held: Held, user: User) -> list[Todo]:
    """To be posted by the clerk; to be audited by the supervisors."""
    post, audit = held.where(["clerk"]), held.where(["supervisor"])
    live = Notice.objects.standing().filter(matter__stage__in=ON_SHOW)
    hanging = Q(kind__in=(Notice.Kind.RESOLUTION, Notice.Kind.RESULT))
    unposted = ~Q(
        pk__in=Notice.objects.filter(
            postings__taken_down_on=None, postings__isnull=False
        )
    )
    rows = (
        live.filter(
            Q(hanging, unposted, village__in=post)
            | Q(hanging, audits=None, village__in=audit)
        )
        .select_related("village", "matter__village")
        .prefetch_related("postings", "audits")
        .distinct()
        .order_by("pk")[:LIMIT]
    )
    return [todo for notice in rows for todo in _of_notice(notice, post, audit)]


def _of_notice(notice: Notice, post: set[int], audit: set[int]) -> Iterable[Todo]:
    assert notice.matter is not None
    posting = notice.posting
    gone = posting is None or posting.taken_down_on is not None
    full = posting is not None and notice.elapsed(clock.today())
    if notice.village_id in post and gone and not full:
        yield _notice_todo(notice, "post", notice.published_on)
    if notice.village_id in audit and notice.audit is None:
        yield _notice_todo(notice, "audit_notice", notice.audit_due_on)


def _notice_todo(notice: Notice, verb: str, due: date) -> Todo:
    assert notice.matter is not None
    return Todo(
        str(SENTENCES[verb]),
        notice.title,
        act_url(notice.matter, verb, "notice_act", notice.uid),
        notice.village.name,
        since=notice.published_on,
        due=due,
    )


def objections(held: Held, user: User) -> list[Todo]:
    """To be answered by the village committee."""
    rows = (
        Objection.objects.open()
        .filter(matter__village__in=held.where(permissions.answer.roles))
        .select_related("matter__village")
        .order_by("due_on")[:LIMIT]
    )
    return [
        Todo(
            str(SENTENCES["answer"]) % {"no": row.uid},
            row.matter.title,
            act_url(row.matter, "", "objection", row.uid),
            row.village.name,
            since=clock.local(row.lodged_at).date(),
            due=row.due_on,
        )
        for row in rows
    ]


def opinions(held: Held, user: User) -> list[Todo]:
    """What the supervisors said and nobody answered."""
    rows = (
        Opinion.objects.filter(
            answered_at=None, matter__village__in=held.where(permissions.answer.roles)
        )
        .exclude(matter__stage__in=CLOSED)
        .select_related("matter__village")
        .order_by("due_on")[:LIMIT]
    )
    return [
        Todo(
            str(SENTENCES["reply"]),
            row.matter.title,
            act_url(row.matter, "", "opinion", row.uid),
            row.village.name,
            since=clock.local(row.given_at).date(),
            due=row.due_on,
        )
        for row in rows
    ]


def orders(held: Held, user: User) -> list[Todo]:
    """Corrections to report by the village; to look at by who ordered them."""
    above = Q(pk=None)
    for role, codes in held.divisions.items():
        inside = Q(matter__village__division__in=codes) | Q(
            matter__village__division__parent__in=codes
        )
        above |= Q(inside, state=Rectification.State.COMPLIED, ordered_by_role=role)
    village = held.where(permissions.comply.roles)
    rows = (
        Rectification.objects.filter(
            above | Q(state=Rectification.State.ORDERED, matter__village__in=village)
        )
        .select_related("matter__village")
        .order_by("due_on")[:LIMIT]
    )
    return [_order(row) for row in rows]


def _order(row: Rectification) -> Todo:
    verb = "comply" if row.state == Rectification.State.ORDERED else "examine"
    return Todo(
        str(SENTENCES[verb]),
        row.matter.title,
        act_url(row.matter, verb),
        row.village.name,
        since=clock.local(row.ordered_at).date(),
        due=row.due_on if verb == "comply" else None,
    )
