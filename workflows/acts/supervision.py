"""What supervisors, township and county say, and what the village answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from villages.models import Village
from workflows import permissions, rulebook
from workflows.days import deadline
from workflows.models import (
    Advice,
    Approval,
    Authorisation,
    Explanation,
    Matter,
    Opinion,
    Rectification,
)

from . import (
    AlreadyDone,
    BadInput,
    Forbidden,
    allow,
    not_in_future,
    permit,
    required,
)
from .drafting import InVillage, void_open_ballots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from villages.models import User

State = Rectification.State


@transaction.atomic
def suggest(matter: Matter, *, actor: User, text: str) -> Opinion:
    """The supervisors gave an opinion that must be answered."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.suggest, actor)
    days = matter.rules_on().days("objection.reply_days")
    opinion = Opinion.objects.create(
        matter=matter,
        text=required(text, _("监督意见"), "text"),
        given_at=clock.now(),
        due_on=deadline(clock.today(), days),
    )
    record(
        "opinion.suggested",
        opinion,
        by,
        held_on=clock.today(),
        matter=matter.subject,
        due_on=opinion.due_on,
        text=opinion.text,
    )
    return opinion


@transaction.atomic
def reply(opinion: Opinion, *, actor: User, text: str) -> Opinion:
    """The village committee answered."""
    matter = Matter.objects.locked(opinion.matter)
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if opinion.answered_at is not None:
        raise AlreadyDone(matter, "reply")
    by = allow(matter.reply, actor)
    opinion.answer = required(text, _("答复"), "text")
    opinion.answered_at = clock.now()
    opinion.save(update_fields=["answer", "answered_at"])
    record(
        "opinion.answered",
        opinion,
        by,
        held_on=clock.today(),
        text=opinion.answer,
    )
    return opinion


@transaction.atomic
def advise(matter: Matter, *, actor: User, text: str) -> Advice:
    """Township or county pointed out a question of law; it blocks nothing."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.advise, actor)
    advice = Advice.objects.create(
        matter=matter,
        text=required(text, _("提示内容"), "text"),
        given_at=clock.now(),
    )
    record(
        "matter.advised",
        matter,
        by,
        wrote=[advice],
        held_on=clock.today(),
        text=advice.text,
    )
    return advice


@transaction.atomic
def approve(  # noqa: PLR0913
    matter: Matter,
    *,
    actor: User,
    outcome: str,
    paper: str = "",
    authority: str = "",
    on: date | None = None,
) -> Approval:
    """What the competent authority decided was registered."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.approve, actor)
    if outcome not in Approval.Outcome.values:
        raise BadInput(_("请选择批准或不批准。"), "outcome")
    asked = matter.kind.approval
    if asked is None:
        raise BadInput(_("这类事项不用报批。"))
    approval = Approval.objects.create(
        matter=matter,
        kind=asked.kind,
        authority=authority.strip() or asked.authority,
        outcome=outcome,
        paper=paper.strip(),
        decided_on=not_in_future(on or clock.today(), _("批准日期")),
    )
    record(
        "matter.approved",
        matter,
        by,
        wrote=[approval],
        held_on=approval.decided_on,
        approval=asked.kind,
        outcome=outcome,
        number=approval.paper or None,
    )
    return approval


@transaction.atomic
def order(
    matter: Matter, *, actor: User, text: str, due_on: date, basis: str
) -> Rectification:
    """Township or county ordered correction, with its legal basis and a deadline."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.order, actor)
    if basis not in Rectification.Basis.values:
        raise BadInput(_("请选定法律依据。"), "basis")
    if due_on <= clock.today():
        raise BadInput(_("改正期限要晚于今天。"), "due_on")
    rectification = Rectification.objects.create(
        matter=matter,
        stage_left=matter.stage,
        basis=basis,
        text=required(text, _("改正要求"), "text"),
        due_on=due_on,
        ordered_by_role=by.role,
        ordered_at=clock.now(),
    )
    void_open_ballots(matter, rectification.text, by)
    before = matter.stage
    matter.order(on=clock.today())
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.ordered",
        matter,
        by,
        wrote=[rectification],
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
        rectification=rectification.subject,
        basis=basis,
        due_on=due_on,
        text=rectification.text,
    )
    return rectification


def _running_order(matter: Matter) -> Rectification:
    return matter.rectifications.exclude(state=State.CLOSED).get()


@transaction.atomic
def comply(matter: Matter, *, actor: User, text: str) -> Rectification:
    """The village committee reported what it put right."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.comply, actor)
    rectification = _running_order(matter)
    if rectification.state == State.COMPLIED:
        raise AlreadyDone(matter, "comply")
    rectification.complied = required(text, _("改正情况"), "text")
    rectification.state = State.COMPLIED
    rectification.save(update_fields=["complied", "state"])
    record(
        "matter.complied",
        matter,
        by,
        wrote=[rectification],
        held_on=clock.today(),
        rectification=rectification.subject,
        late=clock.today() > rectification.due_on,
        text=rectification.complied,
    )
    return rectification


@transaction.atomic
def examine(matter: Matter, *, actor: User, outcome: str) -> Rectification:
    """Who ordered it looked: the matter goes on, or is ordered again."""
    matter = Matter.objects.locked(matter)
    if matter.stage == "rectifying":
        matter.returns_to = _running_order(matter).stage_left
    by = allow(matter.examine, actor)
    rectification = _running_order(matter)
    if rectification.ordered_by_role != by.role:
        raise Forbidden("examine", (rectification.ordered_by_role,))
    if rectification.state != State.COMPLIED:
        raise BadInput(_("村里还没有报告改正情况。"))
    if outcome not in ("pass", "again"):
        raise BadInput(_("请选择核查结果。"), "outcome")
    rectification.state = State.CLOSED if outcome == "pass" else State.ORDERED
    rectification.save(update_fields=["state"])
    before = matter.stage
    if outcome == "pass":
        matter.examine(on=clock.today())
        matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.examined",
        matter,
        by,
        wrote=[rectification],
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
        rectification=rectification.subject,
        outcome=outcome,
    )
    return rectification


@transaction.atomic
def explain(matter: Matter, *, actor: User, finding: str, text: str) -> Explanation:
    """The village said why something is irregular; it stays pointed out."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.explain, actor)
    explanation = Explanation.objects.create(
        matter=matter,
        finding=finding,
        text=required(text, _("说明"), "text"),
        given_by=actor,
        given_at=clock.now(),
    )
    record(
        "matter.explained",
        matter,
        by,
        wrote=[explanation],
        held_on=clock.today(),
        finding=finding,
        text=explanation.text,
    )
    return explanation


@transaction.atomic
def authorise(  # noqa: PLR0913
    village: Village,
    *,
    actor: User,
    types: Sequence[str],
    everything: bool = False,
    since: date | None = None,
    until: date | None = None,
    resolved_by: str = "",
) -> Authorisation:
    """What the villagers' meeting lets the representatives decide was registered."""
    village = Village.objects.locked(village.pk)
    by = permit(permissions.authorise, InVillage(village), actor, "authorise")
    if unknown := [code for code in types if code not in rulebook.CATALOGUE]:
        raise BadInput(_("没有“%(type)s”这个类别。") % {"type": unknown[0]}, "types")
    if not types and not everything:
        raise BadInput(_("请选择授权的事项。"), "types")
    first = not_in_future(since or clock.today(), _("授权之日"))
    if until and until < first:
        raise BadInput(_("到期日不能早于授权之日。"), "until")
    given = Authorisation.objects.create(
        village=village,
        types=list(types),
        everything=everything,
        since=first,
        until=until,
        resolved_by=resolved_by.strip(),
    )
    record(
        "village.authorised",
        InVillage(village),
        by,
        wrote=[given],
        held_on=given.since,
        types=list(types) or None,
        everything=everything,
        from_on=given.since,
        until=until,
        resolved_by=given.resolved_by or None,
    )
    return given
