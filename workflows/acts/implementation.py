"""Carrying out what was resolved, accepting it and closing the matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from workflows.models import Acceptance, Document, Matter, Notice, Report
from workflows.uploads import sha256_of

from . import BadInput, allow, not_before, not_in_future, required, rule_facts
from .publishing import Text, publish

if TYPE_CHECKING:
    from villages.models import User


@transaction.atomic
def begin(matter: Matter, *, actor: User) -> Matter:
    """The village committee carries the resolution out."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.begin, actor)
    before = matter.stage
    notice = matter.notice_on_show
    matter.begin(on=clock.today())
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.begun",
        matter,
        by,
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
        waits_for=matter.rules_on()["implementation.waits_for"].value,
        **rule_facts(matter.rules_on()),
        in_notice=notice is not None and not notice.elapsed(clock.today()),
    )
    return matter


@transaction.atomic
def report(
    matter: Matter, *, actor: User, progress: int, spent: Decimal, note: str = ""
) -> Report:
    """Progress, accounts and budget were told to everyone who must know."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.report, actor)
    if not 0 <= progress <= 100:  # noqa: PLR2004
        raise BadInput(_("进度填 0 到 100 的整数。"), "progress")
    if spent < 0:
        raise BadInput(_("金额写到元，最多两位小数，例如 380000.00。"), "spent")
    body = _("进度 %(p)s%%，已支出 %(s)s 元。%(note)s") % {
        "p": progress,
        "s": f"{spent:.2f}",
        "note": note.strip(),
    }
    notice = publish(matter, Text(Notice.Kind.BULLETIN, body=body), by)
    told = Report.objects.create(
        notice=notice, progress=progress, spent=spent, note=note.strip()
    )
    record(
        "report.given",
        matter,
        by,
        wrote=[told, notice],
        held_on=clock.today(),
        progress=progress,
        spent=spent,
        note=told.note or None,
        notice=notice.subject,
        text_hash=notice.text_hash,
    )
    return told


@transaction.atomic
def accept(  # noqa: PLR0913
    matter: Matter,
    *,
    actor: User,
    people: Sequence[str],
    note: str = "",
    on: date | None = None,
) -> Acceptance:
    """People who did not carry it out, a supervisor among them, accepted the works."""
    matter = Matter.objects.locked(matter)
    names = list(dict.fromkeys(name.strip() for name in people if name.strip()))
    acceptance = Acceptance(
        matter=matter,
        works=True,
        people=names,
        supervisors=len(_supervisors(matter) & set(names)),
        note=note.strip(),
        accepted_on=_claimed(matter, on, _("验收日期")),
    )
    matter.acceptance = acceptance
    by = allow(matter.accept, actor)
    acceptance.save()
    before = matter.stage
    matter.accept(on=acceptance.accepted_on)
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.accepted",
        matter,
        by,
        wrote=[acceptance],
        held_on=acceptance.accepted_on,
        from_stage=before,
        stage=str(matter.stage),
        people=len(names),
        supervisors=acceptance.supervisors,
        acceptors=names,
    )
    return acceptance


def _claimed(matter: Matter, on: date | None, label: str) -> date:
    """The day people say; nothing was carried out before it was resolved."""
    day = not_in_future(on or clock.today(), label)
    if resolution := matter.resolution:
        not_before(day, resolution.resolved_on, label, _("决议日期"))
    return day


def _supervisors(matter: Matter) -> set[str]:
    """The names of those who hold the office today."""
    held = matter.village.offices.current().filter(role="supervisor")
    return {str(office.holder) for office in held.select_related("holder")}


@transaction.atomic
def done(
    matter: Matter, *, actor: User, note: str = "", on: date | None = None
) -> Acceptance:
    """What was resolved is done; there were no works to accept."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.done, actor)
    acceptance = Acceptance.objects.create(
        matter=matter,
        works=False,
        note=note.strip(),
        accepted_on=_claimed(matter, on, _("办结日期")),
    )
    before = matter.stage
    matter.done(on=acceptance.accepted_on)
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.completed",
        matter,
        by,
        wrote=[acceptance],
        held_on=acceptance.accepted_on,
        from_stage=before,
        stage=str(matter.stage),
    )
    return acceptance


@transaction.atomic
def archive(matter: Matter, *, actor: User) -> Matter:
    """The matter is closed."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.archive, actor)
    before = matter.stage
    matter.archive(on=clock.today())
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.archived",
        matter,
        by,
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
    )
    return matter


@transaction.atomic
def attach(  # noqa: PLR0913
    matter: Matter,
    *,
    actor: User,
    name: str,
    code: str = "",
    file: Any = None,
    hash: str = "",  # noqa: A002
    absent_because: str = "",
) -> Document:
    """A paper was added, or its absence explained."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.attach, actor)
    if not (file or hash or absent_because.strip()):
        raise BadInput(_("请选择文件，或写明“无此材料”的原因。"), "file")
    known_by = sha256_of(file) or hash
    document = Document.objects.create(
        matter=matter,
        code=code,
        name=required(name, _("名称"), "name"),
        absent_because=absent_because.strip(),
        file=file or "",
        hash=known_by,
        added_by=actor,
        added_at=clock.now(),
    )
    record(
        "matter.attached",
        matter,
        by,
        wrote=[document],
        held_on=clock.today(),
        document=code or None,
        file_hash=known_by or None,
        name=document.name,
        absent_because=document.absent_because or None,
    )
    return document
