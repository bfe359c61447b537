"""What may be put on the agenda of which body, and how long before people are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit import clock
from workflows.bodies import BODIES, notice_key
from workflows.models import Matter
from workflows.rulebook.vocabulary import COMPETENT
from workflows.stage import BEFORE_DECISION
from workflows.templatetags.stages import zh_date

if TYPE_CHECKING:
    from villages.models import Village
    from workflows.rulebook import RuleSet, Step

MOST = 60  # matters offered on one page, the newest; a village has far fewer open
NOW, LATER, ELSEWHERE = range(3)


@dataclass(frozen=True)
class Candidate:
    """A matter that may be put on the agenda, and how it stands to the body."""

    matter: Matter
    place: int  # NOW: it waits for this body; LATER; ELSEWHERE: for another one
    note: str

    @property
    def key(self) -> str:
        return str(self.matter.number)

    @property
    def label(self) -> str:
        return _("%(title)s（第%(number)s号）%(note)s") % {
            "title": self.matter.title,
            "number": self.matter.number,
            "note": self.note,
        }


def open_matters(village: Village) -> list[Matter]:
    """The village's matters before decision, the newest first."""
    rows = (
        Matter.objects.filter(village=village, stage__in=BEFORE_DECISION)
        .prefetch_related("ballots__sitting", "notices")
        .order_by("-pk")[:MOST]
    )
    matters = list(rows)
    for matter in matters:
        matter.village = village
    return matters


def candidates(matters: Iterable[Matter], body: str) -> list[Candidate]:
    """Those the body may have before it, those that wait for it first."""
    found = [_candidate(matter, body) for matter in matters]
    fitting = [candidate for candidate in found if candidate is not None]
    return sorted(fitting, key=lambda candidate: candidate.place)


def _candidate(matter: Matter, body: str) -> Candidate | None:
    step = matter.chain.step_for_body(body, matter.stage)
    if step is not None:
        if _competent(matter, step, body):
            return Candidate(matter, NOW, "")
        return Candidate(matter, ELSEWHERE, _elsewhere(matter))
    stages = matter.chain.stages
    coming = matter.chain.steps[stages.index(matter.stage) + 1 :]
    if any(_is_for(matter, step, body) for step in coming):
        note = _("，现在是“%(stage)s”") % {"stage": matter.stage_label}
        return Candidate(matter, LATER, note)
    return None


def _is_for(matter: Matter, step: Step, body: str) -> bool:
    named = step.body in (body, COMPETENT)
    return named and _competent(matter, step, body)


def _competent(matter: Matter, step: Step, body: str) -> bool:
    return step.body == body or body in matter.bodies_on()


def _elsewhere(matter: Matter) -> str:
    names = "、".join(str(BODIES[body].short) for body in matter.bodies_on())
    return _("，由%(bodies)s决定") % {"bodies": names}


def next_body(matter: Matter) -> str:
    """The body the matter waits for, or will wait for next; "" where for none."""
    stages = matter.chain.stages
    if matter.stage not in stages:
        return ""
    for step in matter.chain.steps[stages.index(matter.stage) + 1 :]:
        if step.body == COMPETENT:
            return matter.deciding_body
        if step.body in BODIES:
            return step.body
    return ""


@dataclass(frozen=True)
class Notice:
    """How many days before the law, or the county, wants people to be told."""

    days: int
    earliest: date
    sentence: str


def notice_of(rules: RuleSet, body: str, day: date | None = None) -> Notice:
    """Counted from a notice given on that day, or today."""
    key = notice_key(body)
    days = rules.days(key)
    earliest = (day or clock.today()) + timedelta(days=days)
    if not days:
        return Notice(0, earliest, _("没有规定提前几日通知。"))
    if rules[key].refuses:
        said = _(
            "%(because)s应当提前 %(days)s 日通知。"
            "今天通知，最早可以在%(earliest)s召开。"
        )
    else:
        said = _(
            "建议提前 %(days)s 日通知。今天通知，%(earliest)s召开就够；"
            "再早也可以召开，会记入提示。"
        )
    facts = {
        "because": rules.because(key),
        "days": days,
        "earliest": zh_date(earliest),
    }
    return Notice(days, earliest, said % facts)
