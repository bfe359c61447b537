"""The steps of a matter as villagers read them: who deliberated when, who came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit.models import Entry
from workflows.models import Ballot
from workflows.stage import Stage
from workflows.verdicts import short

if TYPE_CHECKING:
    from workflows.models import Matter
    from workflows.rulebook import Step as Link

STEPS = ("initiate", "propose", "review", "adopt", "begin")
DATED = {"matter.initiated": "initiate", "matter.begun": "begin"}


@dataclass(frozen=True)
class Step:
    """One step of the drawn chain: templates/_chain.html says what each part is."""

    label: str
    state: str
    held_on: date | None = None
    tally: str = ""
    state_label: str = ""


class Steps:
    """How far a matter has come. Of party and joint sittings it never shows a count."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter

    def __iter__(self) -> Iterator[Step]:
        chain = self.matter.chain
        for place, link in enumerate(chain.steps):
            if link.verb in STEPS:
                yield self._step(place, link)

    def _step(self, place: int, link: Link) -> Step:
        state = self._state(place, link)
        ballot = self.ballots.get(link.verb)
        label = self._label(link, ballot)
        if self.halted_by and state == "todo":
            return Step(label, state, state_label=_("不再办理"))
        if state not in ("done", "halt") and link.verb != "begin":
            return Step(label, state)
        if ballot is None:
            suspended = state == "now" and self.matter.stage == Stage.RECTIFYING
            why = _("暂停，正在改正") if suspended else ""
            return Step(label, state, self.days.get(link.verb), state_label=why)
        opinion = link.effect == "opinion"
        tally = heard(ballot) if opinion else counted(ballot)
        return Step(label, state, ballot.sitting.held_on, tally)

    def _state(self, place: int, link: Link) -> str:
        """Done, under way, still to come, or where it ended."""
        if self.halted_by and link.verb == self.halted_by.step_verb:
            return "halt"
        if link.verb == "begin":
            return "now" if self.reached == place else _done(self.reached > place)
        if place == self.reached + 1 and not self.halted_by:
            return "now"
        return _done(self.reached >= place)

    @cached_property
    def reached(self) -> int:
        """The place of the last stage that stands."""
        stages = self.matter.chain.stages
        if self.halted_by:
            return stages.index(self.halted_by.stage_before)
        if self.matter.stage == Stage.RECTIFYING:
            return stages.index(self._stage_left())
        if self.matter.stage not in stages:
            return 0
        return stages.index(self.matter.stage)

    def _stage_left(self) -> str:
        order = self.matter.rectifications.exclude(state="closed").last()
        return str(order.stage_left) if order else str(Stage.ADOPTED)

    @cached_property
    def halted_by(self) -> Ballot | None:
        """The ballot whose no ended the matter."""
        if self.matter.stage not in (Stage.REJECTED, Stage.ARCHIVED):
            return None
        last = next(reversed(list(self.ballots.values())), None)
        tally = last.tally if last else None
        return last if tally and not tally.passed else None

    @cached_property
    def ballots(self) -> dict[str, Ballot]:
        """The ballot that stands for each step, in the order they were decided."""
        found: dict[str, Ballot] = {}
        rows = self.matter.ballots.decided().select_related("sitting__roster")
        for ballot in rows.prefetch_related("tallies").order_by("declared_at", "pk"):
            ballot.matter = self.matter
            ballot.tally = max(ballot.tallies.all(), key=lambda t: t.pk, default=None)
            found.pop(ballot.step_verb, None)
            found[ballot.step_verb] = ballot
        return found

    @cached_property
    def days(self) -> dict[str, date]:
        """The days of the steps that no sitting makes."""
        rows = Entry.objects.of(self.matter).filter(kind__in=DATED).order_by("id")
        said = rows.values_list("kind", "held_on")
        return {DATED[kind]: day for kind, day in said if day is not None}

    def _label(self, link: Link, ballot: Ballot | None) -> str:
        four = "initiate" in self.matter.chain.verbs
        labels = {
            "initiate": _("党组织提议"),
            "propose": _("两委商议") if four else _("两委提议"),
            "review": _("党员大会审议"),
            "begin": _("组织实施"),
        }
        if link.effect == "opinion":
            return _("党组织讨论")
        if link.verb in labels:
            return labels[link.verb]
        body = ballot.sitting.words.short if ballot else _("会议")
        return _("%(body)s决议") % {"body": body}


def _done(done: bool) -> str:  # noqa: FBT001
    return "done" if done else "todo"


def counted(ballot: Ballot) -> str:
    """Who came and, of bodies whose counts everybody may know, the counts."""
    tally = ballot.tally
    if tally is None:
        return ""
    if not ballot.sitting.words.public:
        return _("应到 %(of)s 人，到会 %(n)s 人，%(outcome)s。") % {
            "of": tally.eligible,
            "n": tally.present,
            "outcome": short(ballot),
        }
    return _(
        "应到 %(of)s 人，到会 %(n)s 人；赞成 %(f)s 票，反对 %(a)s 票，"
        "弃权 %(b)s 票，无效 %(i)s 票。"
    ) % {
        "of": tally.eligible,
        "n": tally.present,
        "f": tally.votes_for,
        "a": tally.votes_against,
        "b": tally.abstain,
        "i": tally.invalid,
    }


def heard(ballot: Ballot) -> str:
    """An opinion ends nothing: that it was given, and how many came."""
    return _("应到 %(of)s 人，到会 %(n)s 人，已讨论。") % {
        "of": ballot.sitting.eligible,
        "n": ballot.sitting.present,
    }
