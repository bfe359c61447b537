"""Showing everyone what was decided, for as long as the law asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from workflows.bodies import BODIES
from workflows.models import Matter, Notice, NoticeAudit, Posting
from workflows.stage import Stage
from workflows.uploads import sha256_of

from . import (
    AlreadyDone,
    BadInput,
    Forbidden,
    OutOfTurn,
    allow,
    not_in_future,
    rule_facts,
)
from .publishing import Text, notice_facts, publish

if TYPE_CHECKING:
    from villages.models import User

Kind = Notice.Kind


def locked_notice(notice: Notice) -> Notice:
    """The notice with its matter locked before it."""
    assert notice.matter is not None
    matter = Matter.objects.locked(notice.matter)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    notice.matter, notice.village = matter, matter.village
    return notice


@transaction.atomic
def announce(matter: Matter, *, actor: User, text: str = "", days: int | None = None):  # type: ignore[no-untyped-def]
    """The resolution, yes or no, is shown; a "no" of joint or party is answered."""
    asked_at, matter = matter.stage, Matter.objects.locked(matter)
    by = allow(matter.announce, actor)
    _not_overtaken(asked_at, Stage.ADOPTED, matter, "announce")
    resolution = matter.resolution
    if resolution is None:
        raise OutOfTurn(matter, "announce")
    public = BODIES[resolution.ballot.sitting.body].public or resolution.passed
    kind = Kind.RESOLUTION if public else Kind.REPLY
    notice = publish(matter, Text(kind, body=text, days=days), by)
    before = matter.stage
    matter.announce(on=clock.today())
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.announced",
        matter,
        by,
        wrote=[notice],
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
        ballot=resolution.ballot.subject,
        notice=notice.subject,
        **notice_facts(notice),
    )
    return notice


def _not_overtaken(asked_at: str, before: str, matter: Matter, verb: str) -> None:
    """Who asked before it was shown at all does not mean to correct what is shown."""
    if asked_at == before != matter.stage:
        raise AlreadyDone(matter, verb)


@transaction.atomic
def report_result(
    matter: Matter, *, actor: User, text: str = "", days: int | None = None
) -> Notice:
    """What came of it is shown."""
    asked_at, matter = matter.stage, Matter.objects.locked(matter)
    by = allow(matter.report_result, actor)
    _not_overtaken(asked_at, Stage.COMPLETED, matter, "report_result")
    notice = publish(matter, Text(Kind.RESULT, body=text, days=days), by)
    before = matter.stage
    matter.report_result(on=clock.today())
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.reported",
        matter,
        by,
        wrote=[notice],
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
        notice=notice.subject,
        **notice_facts(notice),
    )
    return notice


@transaction.atomic
def disclose(
    matter: Matter, *, actor: User, item: str, text: str = "", inapplicable: str = ""
) -> Notice:
    """An item of the matter's set was published, or said not to apply."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.disclose, actor)
    try:
        found = matter.kind.item(item)
    except KeyError:
        raise BadInput(
            _("这类事项没有“%(item)s”这一项。") % {"item": item}, "item"
        ) from None
    title = _("%(title)s：%(item)s公开") % {"title": matter.title, "item": found.label}
    notice = publish(
        matter,
        Text(Kind.ITEM, text, title, found.code, inapplicable.strip()),
        by,
    )
    record(
        "notice.published",
        notice,
        by,
        held_on=clock.today(),
        matter=matter.subject,
        inapplicable=bool(notice.inapplicable),
        **notice_facts(notice),
    )
    return notice


@transaction.atomic
def post(  # noqa: PLR0913
    notice: Notice,
    *,
    actor: User,
    posted_on: date | None = None,
    place: str = "",
    photo: Any = None,
    photo_hash: str = "",
) -> Posting:
    """It hangs on the board; the days count from the later of claim and record."""
    notice = locked_notice(notice)
    assert notice.matter is not None
    by = allow(notice.matter.post, actor)
    _must_stand(notice, "post")
    running = notice.postings.filter(taken_down_on=None).exists()
    if running:
        raise AlreadyDone(notice.matter, "post")
    day = not_in_future(posted_on or clock.today(), _("张贴日期"))
    if day < notice.published_on:
        raise BadInput(_("张贴日期不能早于发布日期。"), "posted_on")
    counted_from = max(day, clock.today())
    taken = sha256_of(photo) or photo_hash
    posting = Posting.objects.create(
        notice=notice,
        place=place.strip() or notice.village.board_place,
        posted_on=day,
        first_day=counted_from + timedelta(days=1),
        last_day=counted_from + timedelta(days=max(notice.days, 1)),
        photo=photo or "",
        photo_hash=taken,
        recorded_at=clock.now(),
    )
    record(
        "notice.posted",
        notice,
        by,
        wrote=[posting],
        held_on=day,
        posted_on=day,
        first_on=posting.first_day,
        last_on=posting.last_day,
        days=notice.days,
        photo_hash=taken or None,
        **rule_facts(notice.rules),
    )
    return posting


def _must_stand(notice: Notice, verb: str) -> None:
    """Neither replaced by a newer one nor an answer for one person only."""
    if notice.kind == Kind.REPLY:
        raise BadInput(_("书面答复不张贴。"))
    must_be_newest(notice, verb)


def must_be_newest(notice: Notice, verb: str) -> None:
    """Not replaced by a newer one."""
    if hasattr(notice, "superseded_by"):
        raise OutOfTurn(notice.matter, verb, _("这张公示已经更正，请看新的公示。"))


def _running(notice: Notice, verb: str) -> Posting:
    """The posting that hangs now."""
    posting = notice.postings.filter(taken_down_on=None).last()
    if posting is None:
        raise OutOfTurn(notice.matter, verb, _("这张公示现在没有张贴。"))
    return posting


@transaction.atomic
def repair(notice: Notice, *, actor: User, on: date | None = None) -> Posting:
    """Torn and put back: the days go on."""
    notice = locked_notice(notice)
    assert notice.matter is not None
    by = allow(notice.matter.repair, actor)
    posting = _running(notice, "repair")
    posting.repaired_on = not_in_future(on or clock.today(), _("补贴日期"))
    if posting.repaired_on < posting.posted_on:
        raise BadInput(_("补贴日期不能早于张贴日期。"), "on")
    posting.save(update_fields=["repaired_on"])
    record(
        "notice.repaired",
        notice,
        by,
        wrote=[posting],
        held_on=posting.repaired_on,
        repaired_on=posting.repaired_on,
    )
    return posting


@transaction.atomic
def take_down(notice: Notice, *, actor: User, on: date | None = None) -> Posting:
    """It was taken off the board; too early, it does not count."""
    notice = locked_notice(notice)
    assert notice.matter is not None
    by = allow(notice.matter.take_down, actor)
    posting = _running(notice, "take_down")
    day = not_in_future(on or clock.today(), _("撤下日期"))
    if day < posting.posted_on:
        raise BadInput(_("撤下日期不能早于张贴日期。"), "on")
    posting.taken_down_on = day
    posting.save(update_fields=["taken_down_on"])
    record(
        "notice.taken_down",
        notice,
        by,
        wrote=[posting],
        held_on=day,
        taken_on=day,
        early=day <= posting.last_day,
    )
    return posting


@transaction.atomic
def audit_notice(
    notice: Notice, *, actor: User, outcome: str, note: str = ""
) -> NoticeAudit:
    """The supervisors said whether it may stand."""
    notice = locked_notice(notice)
    assert notice.matter is not None
    by = allow(notice.matter.audit_notice, actor)
    if notice.published_by_id == actor.pk:
        raise Forbidden("audit_notice", why=_("公示由您发布，审核须另一人办理。"))
    must_be_newest(notice, "audit_notice")
    if outcome not in NoticeAudit.Outcome.values:
        raise BadInput(_("请选择审核意见。"), "outcome")
    if outcome == NoticeAudit.Outcome.RECTIFY and not note.strip():
        raise BadInput(_("建议更正的，请写明理由。"), "note")
    last = notice.audits.last()
    if last is not None and last.outcome == outcome and last.note == note.strip():
        raise AlreadyDone(notice.matter, "audit_notice")
    audit = NoticeAudit.objects.create(
        notice=notice,
        outcome=outcome,
        note=note.strip(),
        audited_by=actor,
        audited_at=clock.now(),
    )
    record(
        "notice.audited",
        notice,
        by,
        wrote=[audit],
        held_on=clock.today(),
        outcome=outcome,
        text=audit.note or None,
    )
    return audit
