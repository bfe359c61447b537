"""A challenge while the notice runs, and what the village committee answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from workflows.days import deadline
from workflows.models import Matter, Notice, Objection
from workflows.stage import Stage

from . import AlreadyDone, BadInput, OutOfTurn, allow, required
from .disclosure import locked_notice, must_be_newest
from .drafting import void_open_ballots

if TYPE_CHECKING:
    from villages.models import User
    from villages.offices import Acting


@transaction.atomic
def object_to(
    notice: Notice, *, actor: User, name: str, text: str, phone: str = ""
) -> Objection:
    """A villager objected, by an officer's hand."""
    notice = locked_notice(notice)
    matter = notice.matter
    assert matter is not None
    by = allow(matter.object, actor)
    if notice.kind == Notice.Kind.REPLY:
        raise BadInput(_("书面答复不受理异议。"))
    must_be_newest(notice, "object")
    if notice.elapsed(clock.today()):
        raise OutOfTurn(
            matter, "object", _("公示期已满。可以向村务监督委员会或乡镇反映。")
        )
    rules = matter.rules_on()
    objection = Objection.objects.create(
        matter=matter,
        notice=notice,
        name=name.strip(),
        phone=phone.strip(),
        text=required(text, _("意见"), "text"),
        lodged_at=clock.now(),
        due_on=deadline(clock.today(), rules.days("objection.reply_days")),
        ruleset=rules.name,
    )
    record(
        "objection.lodged",
        objection,
        by,
        held_on=clock.today(),
        matter=matter.subject,
        notice=notice.subject,
        due_on=objection.due_on,
        ruleset=rules.name,
        text=objection.text,
        name=objection.name or None,
    )
    return objection


@transaction.atomic
def answer(
    objection: Objection, *, actor: User, outcome: str, text: str, remedy: str = ""
) -> Objection:
    """Upheld or dismissed, with the answer; upheld, the matter is decided anew."""
    matter = Matter.objects.locked(objection.matter)
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.state != Objection.State.OPEN:
        raise AlreadyDone(matter, "answer")
    if outcome not in ("upheld", "dismissed"):
        raise BadInput(_("请选择异议是否成立。"), "outcome")
    redecide = outcome == "upheld" and _redecides(matter, remedy)
    if redecide:
        matter.returns_to = matter.chain.before(Stage.ADOPTED) or ""
    by = allow(matter.uphold if redecide else matter.answer, actor)
    objection.answer = required(text, _("答复"), "text")
    objection.state, objection.answered_at = outcome, clock.now()
    if outcome == "upheld":
        objection.remedy = "redecide" if redecide else "corrected_notice"
    objection.save()
    objection.matter = matter
    if redecide:
        _reopen(matter, objection, by)
    record(
        "objection.answered",
        objection,
        by,
        held_on=clock.today(),
        outcome=outcome,
        remedy=objection.remedy or None,
        late=clock.today() > objection.due_on,
        text=objection.answer,
    )
    return objection


def _reopen(matter: Matter, objection: Objection, by: Acting) -> None:
    """The matter goes back to where the deciding body found it."""
    void_open_ballots(matter, objection.answer, by)
    before = matter.stage
    matter.uphold(on=clock.today())
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.reopened",
        matter,
        by,
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
        objection=objection.subject,
    )


def _redecides(matter: Matter, remedy: str) -> bool:
    """Only while the resolution is on show can it be put to the vote again."""
    if remedy not in ("", *Objection.Remedy.values):
        raise BadInput(_("请选择怎样更正。"), "remedy")
    return matter.stage == Stage.ANNOUNCED and remedy != "corrected_notice"
