"""What a notice of a sitting says, and the rows that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from audit import clock
from villages.models import Village
from workflows import bodies, rulebook
from workflows.models import Ballot, Matter, Sitting

from . import AlreadyDone, BadInput, Refused, rule_facts

if TYPE_CHECKING:
    from villages.models import User
    from workflows.rules import Refusal


@dataclass(frozen=True)
class Call:
    """What a notice of a sitting says."""

    body: str
    held_at: datetime
    matters: Sequence[Matter]
    place: str = ""
    chair: str = ""
    recorder: str = ""
    mode: str = "persons"
    group_name: str = ""
    noticed_at: datetime | None = None
    special_reason: str = ""


def only_once(village: Village, call: Call, verb: str) -> None:
    """A sitting is entered once, however often the button is pressed.

    The village is held without its key, so that rows that name it need not wait.
    """
    Village.objects.select_for_update(of=("self",), no_key=True).get(pk=village.pk)
    known = (
        Ballot.objects.filter(
            sitting__village=village,
            sitting__body=call.body,
            sitting__group_name=call.group_name,
            sitting__held_at=call.held_at,
            matter__in=[matter.pk for matter in call.matters],
            announced_version__version=F("matter__text_version"),
        )
        .exclude(state=Ballot.State.VOIDED)
        .select_related("sitting")
        .first()
    )
    if known is not None:
        raise AlreadyDone(None, verb, about=known.sitting)


def sitting_row(
    village: Village, call: Call, actor: User, *, paper: bool = False
) -> Sitting:
    """The sitting's row, with the rules of its day."""
    if call.body not in bodies.BODIES:
        raise BadInput(_("没有这种会议。"), "body")
    if not call.matters:
        raise BadInput(_("请至少选一个议题。"), "matters")
    day = clock.local(call.held_at).date()
    try:
        rules = rulebook.in_force(day, village.overlays)
    except rulebook.NoRuleSet:
        raise BadInput(_("没有那一天的规则，请核对日期。"), "held_at") from None
    noticed_at = call.noticed_at or clock.now()
    if noticed_at > call.held_at:
        raise BadInput(_("通知时间不能晚于开会时间。"), "noticed_at")
    if noticed_at > clock.now():
        raise BadInput(_("通知时间不能晚于现在。"), "noticed_at")
    if call.held_at < clock.now() - timedelta(days=1) and not paper:
        raise BadInput(_("已经开过的会，请用“会后录入”。"), "held_at")
    return Sitting.objects.create(
        village=village,
        body=call.body,
        mode=call.mode,
        group_name=call.group_name,
        paper=paper,
        convenor=bodies.BODIES[call.body].convenor,
        chair=call.chair,
        recorder=call.recorder,
        operator=actor,
        place=call.place,
        held_at=call.held_at,
        noticed_at=noticed_at,
        special_reason=call.special_reason.strip(),
        ruleset=rules.name,
        ruleset_hash=rules.hash,
        recorded_at=clock.now(),
    )


def put_on_agenda(
    sitting: Sitting, matters: Sequence[Matter], *, refuse: bool
) -> list[Ballot]:
    """One ballot a matter, in the order given; refused where a rule forbids it."""
    unmet: list[Refusal] = []
    ballots = []
    for position, matter in enumerate(matters, 1):
        if matter.village_id != sitting.village_id:
            raise BadInput(_("议题不是本村的事项。"), "matters")
        ballot = Ballot.objects.create(
            sitting=sitting,
            matter=matter,
            position=position,
            announced_version=matter.text,
        )
        matter.question = ballot
        ballots.append(ballot)
        if refuse:
            unmet += matter.unmet("convene")
    if unmet:
        raise Refused(unmet)
    return ballots


def agenda_facts(sitting: Sitting, call: Call) -> dict[str, Any]:
    """What was called, when, by whom, on what and under which rules."""
    return {
        "body": sitting.body,
        "mode": sitting.mode,
        "convenor": sitting.convenor,
        "noticed_on": sitting.noticed_on,
        "matters": [matter.subject for matter in call.matters],
        **rule_facts(sitting.rules),
    }
