"""The clock's share: find what has run out, and record it once. It moves no stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from celery import shared_task
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from audit import clock
from audit.log import record
from audit.models import Entry
from villages.offices import CLOCK
from workflows.models import (
    Heartbeat,
    Matter,
    Notice,
    Objection,
    Posting,
    Sitting,
)
from workflows.models.in_place import ON_SHOW

BATCH = 500
HEARTBEAT = "clock"


@shared_task
def record_what_has_run_out() -> int:
    """How many things were found to have run out since the last time."""
    return run_clock()


def run_clock() -> int:
    """Record each thing that has run out and was not recorded yet; how many.

    What cannot be recorded holds up nothing else: it is raised when all is done.
    """
    found, failed = 0, []
    for rows, tell in (
        (notices_elapsed(), _notice_elapsed),
        (objections_overdue(), _objection_overdue),
        (audits_overdue(), _audit_overdue),
        (sittings_not_held(), _sitting_not_held),
    ):
        for row in _each(rows):
            try:
                found += _once(row, tell)
            except Exception as error:  # noqa: BLE001 (raised below)
                failed.append(error)
    Heartbeat.objects.update_or_create(name=HEARTBEAT, defaults={"ran_at": clock.now()})
    if failed:
        raise ExceptionGroup("the clock could not record everything", failed)
    return found


def _each(rows: QuerySet[Any]) -> Iterator[Any]:
    """Row after row, a batch at a time, until none is left."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _once(row: Any, tell: Callable[[Any], bool]) -> bool:
    """Whether it was recorded now; another clock may have been first."""
    try:
        with transaction.atomic():
            return tell(row)
    except IntegrityError as error:
        if "the_clock_records_once" not in str(error):
            raise
        return False


def _unrecorded(kind: str, noun: str, uid: str = "uid") -> Q:
    """Rows the clock has not spoken of yet."""
    said = Entry.objects.filter(
        kind=kind, subject=Concat(Value(f"{noun}/"), OuterRef(uid))
    )
    return Q(~Exists(said))


def notices_elapsed() -> QuerySet[Posting]:
    """Postings that hung for their full time, of notices not replaced meanwhile."""
    replaced_on = "notice__superseded_by__published_at__date"
    return Posting.objects.filter(
        _unrecorded("notice.elapsed", "notice", "notice__uid"),
        Q(taken_down_on=None) | Q(taken_down_on__gt=F("last_day")),
        Q(notice__superseded_by=None) | Q(**{f"{replaced_on}__gt": F("last_day")}),
        last_day__lt=clock.today(),
    ).select_related("notice__village")


def objections_overdue() -> QuerySet[Objection]:
    """Objections whose answer is due and has not come."""
    return Objection.objects.filter(
        _unrecorded("objection.overdue", "objection"),
        state=Objection.State.OPEN,
        due_on__lt=clock.today(),
    )


def audits_overdue() -> QuerySet[Notice]:
    """Resolution and result notices the supervisors have not looked at in time."""
    return (
        Notice.objects.standing()
        .filter(
            _unrecorded("audit.overdue", "notice"),
            kind__in=(Notice.Kind.RESOLUTION, Notice.Kind.RESULT),
            audits=None,
            audit_due_on__lt=clock.today(),
            matter__stage__in=ON_SHOW,
        )
        .select_related("village")
    )


def sittings_not_held() -> QuerySet[Sitting]:
    """Sittings that were called, whose day passed, and of which nothing was entered."""
    start = clock.local(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return Sitting.objects.filter(
        _unrecorded("sitting.not_held", "sitting"),
        state=Sitting.State.CONVENED,
        held_at__lt=start,
    ).select_related("village")


def _notice_elapsed(posting: Posting) -> bool:
    record(
        "notice.elapsed",
        posting.notice,
        CLOCK,
        held_on=posting.last_day,
        first_on=posting.first_day,
        last_on=posting.last_day,
        days=posting.notice.days,
    )
    return True


def _objection_overdue(objection: Objection) -> bool:
    """The answer may be given this very moment: look again under the matter's lock."""
    objection.matter = Matter.objects.locked(objection.matter)
    still = Objection.objects.filter(pk=objection.pk, state=Objection.State.OPEN)
    if not still.exists():
        return False
    record(
        "objection.overdue",
        objection,
        CLOCK,
        held_on=objection.due_on,
        due_on=objection.due_on,
    )
    return True


def _audit_overdue(notice: Notice) -> bool:
    if notice.matter is not None:
        Matter.objects.locked(notice.matter)
    if notice.audits.exists():
        return False
    record(
        "audit.overdue",
        notice,
        CLOCK,
        held_on=notice.audit_due_on,
        due_on=notice.audit_due_on,
    )
    return True


def _sitting_not_held(sitting: Sitting) -> bool:
    sitting = Sitting.objects.locked(sitting.pk)
    if sitting.state != Sitting.State.CONVENED:
        return False
    record(
        "sitting.not_held",
        sitting,
        CLOCK,
        held_on=sitting.held_on,
        meets_on=sitting.held_on,
    )
    return True
