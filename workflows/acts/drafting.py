"""From an idea to a text that can be put to people; and back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from villages.models import Village
from workflows import permissions, rulebook
from workflows.models import Matter, MatterText
from workflows.models.ballot import ELECTRONIC

from . import BadInput, allow, not_in_future, permit, required, rule_facts
from .ballot import hold_votes
from .ballot_facts import agenda_facts

if TYPE_CHECKING:
    from datetime import date

    from villages.models import User
    from villages.offices import Acting

Change = MatterText.Change


@dataclass(frozen=True)
class Draft:
    """What a new matter is about, as it was filled in."""

    type: str
    title: str
    text: str
    chain: str = "four_step"
    amount: Decimal | None = None
    guarantee: bool = False
    for_collective: bool = False
    origin_by: str = ""
    origin_count: int | None = None
    group_name: str = ""
    monitors: int = 0
    follows: Matter | None = None
    on: date | None = None  # when people say it was written; today where they do not


@transaction.atomic
def draft(village: Village, content: Draft, *, actor: User) -> Matter:
    """A text exists, and the procedure can begin."""
    Village.objects.locked(village.pk)
    by = permit(permissions.draft, InVillage(village), actor, "draft")
    _check(content)
    matter = Matter(
        village=village,
        number=_next_number(village),
        type=content.type,
        chain_name=content.chain,
        title=required(content.title, _("事项名称"), "title"),
        amount=content.amount,
        guarantee=content.guarantee,
        for_collective=content.for_collective,
        origin_by=content.origin_by,
        origin_count=content.origin_count,
        group_name=content.group_name,
        monitors=content.monitors,
        follows=content.follows,
        stage_since=not_in_future(content.on or clock.today(), _("起草日期")),
        drafted_at=clock.now(),
    )
    matter.save()
    text = _write(matter, required(content.text, _("方案正文"), "text"), Change.DRAFT)
    record(
        "matter.drafted",
        matter,
        by,
        wrote=[text],
        held_on=matter.stage_since,
        stage=str(matter.stage),
        type=matter.type,
        chain=matter.chain_name,
        amount=matter.amount,
        follows=matter.follows and matter.follows.subject,
        origin=content.origin_by or None,
        origin_count=content.origin_count,
        title=matter.title,
        **_text_facts(text),
        **rule_facts(matter.rules_on()),
    )
    return matter


@dataclass(frozen=True)
class InVillage:
    """A village, asked for a permission or spoken of before there is a matter."""

    village: Village

    @property
    def subject(self) -> str:
        return f"village/{self.village.slug}"


def _next_number(village: Village) -> int:
    """One more than the village's last; the village is locked."""
    last = village.matters.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _check(content: Draft) -> None:
    """Type and chain fit; a petition says by whom."""
    if content.type not in rulebook.CATALOGUE:
        raise BadInput(_("没有“%(type)s”这个类别。") % {"type": content.type}, "type")
    if content.chain not in rulebook.CHAINS:
        raise BadInput(
            _("没有“%(chain)s”这个程序。") % {"chain": content.chain}, "chain"
        )
    if content.chain == "statutory" and not content.origin_by:
        raise BadInput(_("法定提议要写明由谁联名提出。"), "origin_by")
    if content.amount is not None and content.amount < 0:
        raise BadInput(_("金额写到元，最多两位小数，例如 380000.00。"), "amount")


def _text_facts(text: MatterText) -> dict[str, object]:
    return {"text_hash": text.hash, "text_version": text.version}


def _write(
    matter: Matter, text: str, change: MatterText.Change, source: str = ""
) -> MatterText:
    """A new version of the text, which the ones before do not change."""
    last = matter.texts.aggregate(last=Max("version"))["last"] or 0
    matter.text_version = last + 1
    return MatterText.objects.create(
        matter=matter,
        version=matter.text_version,
        change=change,
        source=source,
        text=text,
        hash=matter.digest(text),
        written_at=clock.now(),
    )


@transaction.atomic
def erratum(matter: Matter, *, actor: User, text: str, checked_by: str) -> MatterText:
    """A slip of the pen was put right; a second person compared."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.erratum, actor)
    checker = required(checked_by, _("核对人"), "checked_by")
    if checker == str(actor):
        raise BadInput(_("勘误须另一人核对。"), "checked_by")
    written = _write(matter, _changed(matter, text), Change.ERRATUM)
    matter.save(update_fields=["text_version"])
    record(
        "matter.corrected",
        matter,
        by,
        wrote=[written],
        held_on=clock.today(),
        witness=checker,
        **_text_facts(written),
    )
    return written


@transaction.atomic
def amend(matter: Matter, *, actor: User, text: str, source: str) -> MatterText:
    """Advice was taken in; the steps before stand."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.amend, actor)
    _no_open_ballot(matter)
    whose = required(source, _("采纳谁的意见"), "source")
    written = _write(matter, _changed(matter, text), Change.AMEND, whose)
    matter.save(update_fields=["text_version"])
    record(
        "matter.amended",
        matter,
        by,
        wrote=[written],
        held_on=clock.today(),
        source=whose,
        **_text_facts(written),
    )
    return written


@transaction.atomic
def revise(matter: Matter, *, actor: User, text: str) -> MatterText:
    """The substance changed: back to the beginning."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.revise, actor)
    _no_open_ballot(matter)
    written = _write(matter, _changed(matter, text), Change.REVISE)
    before = matter.stage
    matter.revise(on=clock.today())
    matter.save(update_fields=["stage", "stage_since", "text_version"])
    record(
        "matter.revised",
        matter,
        by,
        wrote=[written],
        held_on=clock.today(),
        from_stage=before,
        stage=str(matter.stage),
        **_text_facts(written),
    )
    return written


def _changed(matter: Matter, text: str) -> str:
    """The new text; raises BadInput where nothing was changed."""
    new = required(text, _("方案正文"), "text")
    if new == matter.text.text:
        raise BadInput(_("方案正文没有改动。"), "text")
    return new


def _no_open_ballot(matter: Matter) -> None:
    """The text cannot change while it is being voted on."""
    if matter.ballots.under_way().exists():
        raise BadInput(_("正在表决，方案不能再改。请先宣布结果或作废本次表决。"))


def void_open_ballots(matter: Matter, reason: str, by: Acting) -> None:
    """What interrupts a matter voids what is being voted on; each is recorded."""
    put = matter.ballots.under_way()
    for ballot in put.filter(method__in=ELECTRONIC):
        hold_votes(ballot.pk)  # before the row, as whoever votes comes to it
    for ballot in put.select_for_update(of=("self",)).select_related("sitting"):
        ballot.matter, ballot.sitting.village = matter, matter.village
        ballot.state, ballot.void_reason = ballot.State.VOIDED, reason
        ballot.save(update_fields=["state", "void_reason"])
        record(
            "ballot.voided",
            ballot,
            by,
            held_on=clock.today(),
            reason=reason,
            **agenda_facts(ballot),
        )


@transaction.atomic
def withdraw(matter: Matter, *, actor: User, text: str) -> None:
    """Who proposed it took it back, with a reason."""
    matter = Matter.objects.locked(matter)
    by = allow(matter.withdraw, actor)
    reason = required(text, _("撤回的理由"), "text")
    void_open_ballots(matter, reason, by)
    before = matter.stage
    matter.withdraw(on=clock.today())
    matter.save(update_fields=["stage", "stage_since"])
    record(
        "matter.withdrawn",
        matter,
        by,
        held_on=matter.stage_since,
        from_stage=before,
        stage=str(matter.stage),
        reason=reason,
    )
