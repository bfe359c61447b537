"""What is on the agenda of a sitting, and how each item stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from workflows import permissions, verdicts
from workflows.acts.steps import in_its_place
from workflows.models import Ballot, Sitting, Tally
from workflows.models.conditions import COUNTED
from workflows.presenting import flaw, matter_url, next_step

if TYPE_CHECKING:
    from workflows.presenting import Reader
    from workflows.rules import Refusal

State = Ballot.State
TONES = {
    State.OPEN: "up",
    State.COUNTED: "ask",
    State.WITNESSED: "ask",
    State.VOIDED: "over",
}


@dataclass(frozen=True)
class Button:
    """Something to press, where this reader may."""

    label: str
    url: str
    step: str = ""  # which act on which item it leads to, where it does
    ballot: Ballot | None = None


@dataclass(frozen=True)
class Item:
    """One matter on the agenda."""

    ballot: Ballot
    url: str
    state: str
    tone: str
    tally: Any = None  # as _tally.html takes it
    verdict: str = ""
    flaws: list[Flaw] = field(default_factory=list)
    note: str = ""
    recused: str = ""  # who does not vote on it
    more: list[Button] = field(default_factory=list)


@dataclass(frozen=True)
class Flaw:
    """A rule that a sitting held on paper did not keep."""

    title: str
    sentence: str = ""
    because: str = ""


def ballots_of(sitting: Sitting) -> list[Ballot]:
    """Everything on the agenda, each knowing its sitting, its matter and its counts."""
    rows = (
        sitting.ballots.select_related("matter", "version", "announced_version")
        .prefetch_related(
            Prefetch("tallies", Tally.objects.select_related("entered_by", "witness")),
            "matter__ballots__sitting",
            "matter__notices",
            "recusals__entry",
        )
        .order_by("position", "pk")
    )
    return [wired(ballot, sitting) for ballot in rows]


def wired(ballot: Ballot, sitting: Sitting) -> Ballot:
    """The ballot as a lock would hand it over, nothing held."""
    ballot.sitting = sitting
    ballot.matter.village = sitting.village
    ballot.matter.question = ballot
    tallies = list(ballot.tallies.all())
    ballot.__dict__["tally"] = tallies[-1] if tallies else None
    return ballot


def page_url(ballot: Ballot, name: str) -> str:
    args = [ballot.sitting.uid, ballot.position]
    return reverse(f"workflows:{name}", args=args)


def item(ballot: Ballot, reader: Reader) -> Item:
    """How one matter on the agenda stands, for this reader."""
    shown = _outcome(ballot, reader) if ballot.tally else {}
    return Item(
        ballot=ballot,
        url=matter_url(ballot.matter),
        state=_state(ballot),
        tone=_tone(ballot),
        flaws=[_flaw(ballot, name) for name in ballot.flawed],
        note=_note(ballot),
        recused="、".join(each.entry.name for each in ballot.recusals.all()),
        more=_corrections(ballot, reader),
        **shown,
    )


def _state(ballot: Ballot) -> str:
    if ballot.flawed:
        return _("程序有瑕疵，不作为推进依据")
    if ballot.state == State.DECLARED:
        return verdicts.short(ballot)
    if ballot.state == State.SCHEDULED and ballot.sitting.state in ("closed", "lapsed"):
        return _("没有表决")
    return str(ballot.get_state_display())


def _tone(ballot: Ballot) -> str:
    if ballot.flawed:
        return "stop"
    if ballot.state == State.DECLARED and ballot.tally:
        return "up" if ballot.tally.passed else "stop"
    return TONES.get(State(ballot.state), "")


def _outcome(ballot: Ballot, reader: Reader) -> dict[str, Any]:
    """The counts and what they come to, as far as this reader may see them."""
    tally = ballot.tally
    if ballot.waits_unseen or not reader.sees_votes(ballot.sitting.words):
        seen = {"eligible": tally.eligible, "present": tally.present} if tally else {}
        declared = ballot.state == State.DECLARED
        verdict = verdicts.public_verdict(ballot) if declared else ""
        return {"tally": seen, "verdict": verdict}
    known = ballot.state in (State.DECLARED, State.WITNESSED, State.VOIDED)
    return {"tally": tally, "verdict": verdicts.verdict(ballot) if known else ""}


def _flaw(ballot: Ballot, name: str) -> Flaw:
    """The rule's own words where it still can be asked, else what it is called."""
    if name == "out_of_turn":
        said = _("会议召开时，本事项还没有走到这一步，或者已经过了这一步。")
        return Flaw(flaw(name), said)
    rule = next((rule for rule in COUNTED if rule.name == name), None)
    refusal: Refusal | None = rule.judge(ballot.matter) if rule else None
    if refusal is None:
        return Flaw(flaw(name))
    return Flaw(refusal.title, refusal.sentence, refusal.because)


def _note(ballot: Ballot) -> str:
    """What a reader wonders about an item that does not speak for itself."""
    sitting = ballot.sitting
    if ballot.state == State.VOIDED:
        return _("作废的原因：%(reason)s") % {"reason": ballot.void_reason}
    if ballot.state == State.SCHEDULED and not sitting.paper:
        if not in_its_place(ballot):
            return _("本事项现在是“%(stage)s”，下一步应当是%(next)s。") % {
                "stage": ballot.matter.stage_label,
                "next": next_step(ballot.matter),
            }
        return _("第 %(n)s 稿") % {"n": ballot.matter.text_version}
    return ""


def _corrections(ballot: Ballot, reader: Reader) -> list[Button]:
    """What can still be put right, by those who may."""
    if not reader.holds(permissions.void.roles):
        return []
    found = []
    by_hand = ballot.moved and not ballot.electronic
    if by_hand and ballot.matter.edge("recount"):
        found.append(Button(_("更正票数"), page_url(ballot, "recount")))
    put = ballot.state not in (State.SCHEDULED, State.VOIDED)
    if put and ballot.matter.edge("void"):
        found.append(Button(_("本次表决作废"), page_url(ballot, "void")))
    return found
