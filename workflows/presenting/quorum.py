"""Whether enough came, in words, with the law that says how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from villages.models import Roster
from workflows import bodies
from workflows.models import Sitting
from workflows.rulebook.words import share
from workflows.rules.quorum import SENTENCES, quorum_case, quorum_facts

from .people import on_roster

if TYPE_CHECKING:
    from villages.models import Village
    from workflows.rulebook import RuleSet


@dataclass(frozen=True)
class Quorum:
    """How many were entitled, how many came, and whether that is enough."""

    eligible: int
    present: int | None  # None before anybody came
    need: int
    stands: bool
    sentence: str
    because: str


def probe(
    village: Village,
    rules: RuleSet,
    body: str,
    *,
    eligible: int,
    mode: str = Sitting.Mode.PERSONS,
) -> Sitting:
    """A sitting that is only thought of, to be asked what its quorum would be."""
    roster = Roster(village=village, body=body, mode=mode, eligible=eligible)
    return Sitting(
        village=village, body=body, mode=mode, ruleset=rules.name, roster=roster
    )


def quorum_now(found: Sitting) -> Quorum:
    """By the frozen roster; before there is one, by those it would have."""
    if found.roster is not None:
        return quorum_of(found, came=True)
    entitled = len(on_roster(found).entitled)
    thought = probe(
        found.village, found.rules, found.body, eligible=entitled, mode=found.mode
    )
    return quorum_of(thought, came=False)


def quorum_of(sitting: Sitting, *, came: bool) -> Quorum:
    """Of a sitting that has a roster, or was given one to try."""
    need = sitting.quorum_need
    return Quorum(
        eligible=sitting.eligible,
        present=sitting.present if came else None,
        need=need,
        stands=sitting.quorate,
        sentence=_sentence(sitting, need, came=came),
        because=_because(sitting, need),
    )


def _sentence(sitting: Sitting, need: int, *, came: bool) -> str:
    facts = quorum_facts(sitting)
    if not need:
        return _without_number(sitting, came=came)
    if not came:
        said = _("应到 %(of)s %(unit)s，至少要到 %(min)s %(unit)s。")
    elif sitting.quorate and sitting.state == Sitting.State.CLOSED:
        said = _(
            "应到 %(of)s %(unit)s，到会 %(n)s %(unit)s，"
            "达到规定人数（至少 %(min)s %(unit)s）。"
        )
    elif sitting.quorate:
        said = _(
            "应到 %(of)s %(unit)s，到会 %(n)s %(unit)s，"
            "达到规定人数（至少 %(min)s %(unit)s），可以表决。"
        )
    else:
        said = str(SENTENCES[quorum_case(sitting)])
    return said % facts


def _without_number(sitting: Sitting, *, came: bool) -> str:
    """Where no number is asked for, at least whether anything can still pass."""
    threshold = sitting.rules.threshold(bodies.pass_key(sitting.body))
    need = threshold.need(sitting.eligible)
    facts = quorum_facts(sitting) | {"min": need}
    if came and threshold.of == "eligible" and sitting.present < need:
        if sitting.body == "member_reps":
            return str(SENTENCES["member_reps"]) % facts
        return _("应到 %(of)s 人，到会 %(n)s 人，已不可能通过。") % facts
    if came:
        return _("应到 %(of)s 人，到会 %(n)s 人，可以表决。") % facts
    return _("应到 %(of)s 人。") % facts


def _because(sitting: Sitting, need: int) -> str:
    """The ground with the share it asks for."""
    rules = sitting.rules
    key = sitting.quorum_key if need else bodies.pass_key(sitting.body)
    asked = share(rules.threshold(key))
    if need:
        return _("%(because)s到会人数要达到%(share)s。") % {
            "because": rules.because(key),
            "share": asked,
        }
    return _("没有规定到会人数；%(because)s赞成要达到%(share)s。") % {
        "because": rules.because(key),
        "share": asked,
    }
