"""Something irregular: computed, explained, answerable, never blocking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from audit.models import Entry
from workflows.models import Explanation
from workflows.rulebook import law_says
from workflows.rulebook.words import fraction
from workflows.rules.notice import notice_given_in_time
from workflows.verdicts import zh_date

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from workflows.models import Ballot, Matter, Sitting
    from workflows.rulebook import RuleSet


@dataclass(frozen=True)
class Kind:
    """What is said of one kind of irregularity, and how it may be harmless."""

    fact: str | Promise
    benign: str | Promise


KINDS = {
    "recorded_late": Kind(
        lazy("会议%(held)s召开，%(recorded)s才录入，晚了 %(n)s 天"),
        lazy("会议按时开了，经办人外出或者网络不通"),
    ),
    "same_day_steps": Kind(
        lazy("%(a)s和%(b)s在同一天召开"), lazy("两个会分别召开，人员都在村里")
    ),
    "vr_women_share": Kind(
        lazy(
            "村民代表会议组成人员 %(of)s 人，妇女村民代表 %(n)s 人，"
            "少于%(part)s（至少 %(min)s 人）"
        ),
        lazy("有代表辞职或者去世，还没有补选"),
    ),
    "vr_rep_share": Kind(
        lazy("村民代表 %(n)s 人，少于组成人员的%(part)s（至少 %(min)s 人）"),
        lazy("有代表辞职或者去世，还没有补选"),
    ),
    "excluded_many": Kind(
        lazy("名册去掉了 %(n)s 人（原应到 %(of)s 人），理由：%(reasons)s"),
        lazy("外出多年的人多，会议决定不列入"),
    ),
    "notice_short_local": Kind(
        lazy("提前 %(n)s 日通知，少于本县要求的 %(days)s 日"),
        lazy("先打过招呼，通知补发得晚"),
    ),
    "no_witness": Kind(lazy("没有监票人记录"), lazy("监票人签了字，录入时漏填")),
    "paper_witness_only": Kind(
        lazy("监票是纸面签字，没有本人登录确认"), lazy("监票人不用手机")
    ),
    "begun_in_notice": Kind(
        lazy("公示期内（%(end)s前）已开始实施"), lazy("决议写明自通过之日起实施")
    ),
    "audit_missing": Kind(
        lazy("公示后 %(n)s 天没有审核"), lazy("村务监督委员会看过，没有登记")
    ),
}


@dataclass(frozen=True)
class Finding:
    """One irregularity, explained. Not an accusation."""

    key: str
    where: str
    facts: dict[str, Any]
    because: str
    explanation: str = ""

    @property
    def name(self) -> str:
        """What an explanation answers: the kind, and of which sitting or notice."""
        return f"{self.key}:{self.where}" if self.where else self.key

    @property
    def sentence(self) -> str:
        """The fact, the rule, and how it may be harmless."""
        kind = KINDS[self.key]
        return _("%(fact)s。%(rule)s。可能的情况：%(benign)s。") % {
            "fact": str(kind.fact) % self.facts,
            "rule": self.because.rstrip("，。"),
            "benign": kind.benign,
        }

    @property
    def explained(self) -> bool:
        return bool(self.explanation)


def of_matter(matter: Matter) -> list[Finding]:
    """What is irregular about the matter, with what the village said of it."""
    said = {e.finding: e.text for e in matter.explanations.order_by("pk")}
    ballots = list(
        matter.ballots.select_related(
            "sitting__roster", "sitting__village", "version"
        ).prefetch_related("tallies")
    )
    held = [b for b in ballots if b.state == "declared"]
    found = [
        *(f for ballot in held for f in of_sitting(ballot.sitting)),
        *(f for ballot in held for f in _of_ballot(matter, ballot)),
        *_same_day(held),
        *_begun(matter),
        *_unaudited(matter),
    ]
    unique = {finding.name: finding for finding in found}
    return [replace(f, explanation=said.get(f.name, "")) for f in unique.values()]


def of_sitting_and_said(sitting: Sitting, matters: list[Matter]) -> list[Finding]:
    """What is irregular about one sitting, and what was said of it by its matters."""
    if not (found := of_sitting(sitting)):
        return []
    rows = Explanation.objects.filter(matter__in=matters).order_by("pk")
    said = {row.finding: row.text for row in rows}
    return [replace(f, explanation=said.get(f.name, "")) for f in found]


def of_sitting(sitting: Sitting) -> list[Finding]:
    """What is irregular about one sitting."""
    return [*_recorded_late(sitting), *_composition(sitting), *_left_out(sitting)]


def _finding(key: str, where: str, rules: RuleSet, rule: str, **facts: Any) -> Finding:
    return Finding(key, where, facts, law_says(rules, rule))


def _recorded_late(sitting: Sitting) -> Iterator[Finding]:
    recorded = clock.local(sitting.recorded_at).date()
    late = (recorded - sitting.held_on).days
    if sitting.paper and late > sitting.rules.days("record.late_days"):
        yield _finding(
            "recorded_late",
            sitting.uid,
            sitting.rules,
            "record.late_days",
            held=zh_date(sitting.held_on),
            recorded=zh_date(recorded),
            n=late,
        )


def _composition(sitting: Sitting) -> Iterator[Finding]:
    """Representatives four fifths of the body, women a third."""
    if sitting.body != "reps" or sitting.roster is None:
        return
    rules, of = sitting.rules, sitting.eligible
    reps = sitting.roster.entries.filter(left_out="", capacity="rep")
    shares = (
        ("vr_rep_share", "vr.comp.rep_share", reps.count()),
        ("vr_women_share", "vr.comp.women_share", reps.filter(sex="f").count()),
    )
    for key, rule, n in shares:
        threshold = rules.threshold(rule)
        facts = {"of": of, "n": n, "min": threshold.need(of)}
        if n < facts["min"]:
            part = fraction(threshold)
            yield _finding(key, sitting.uid, rules, rule, part=part, **facts)


def _left_out(sitting: Sitting) -> Iterator[Finding]:
    """Many whom a decision took off the roster; guests were never on it."""
    if sitting.roster is None:
        return
    guests = sitting.attendances.values("entry")
    gone = sitting.roster.entries.filter(left_out="by_decision").exclude(pk__in=guests)
    notes = list(gone.values_list("note", flat=True))
    n, of = len(notes), sitting.eligible + len(notes)
    if sitting.rules.threshold("roster.left_out").met_by(n, of):
        reasons = "、".join(dict.fromkeys(notes))
        facts = {"n": n, "of": of, "reasons": reasons}
        rules = sitting.rules
        yield _finding("excluded_many", sitting.uid, rules, "roster.left_out", **facts)


def _of_ballot(matter: Matter, ballot: Ballot) -> Iterator[Finding]:
    """The count without a witness; the notice shorter than the county asks."""
    rules, where = ballot.sitting.rules, ballot.uid
    tally = ballot.tally
    if tally and not tally.witnessed:
        yield _finding("no_witness", where, rules, "count.witnessed")
    elif tally and not tally.witness_id:
        yield _finding("paper_witness_only", where, rules, "count.witnessed")
    matter.question = ballot
    late = notice_given_in_time.judge(matter)
    matter.question = None
    if late and not late.flaws:
        yield Finding(
            "notice_short_local", where, dict(late.shortfall.facts), late.because
        )


def _same_day(ballots: list[Ballot]) -> Iterator[Finding]:
    """Two bodies that sat on one day."""
    effective = [b for b in ballots if not b.flawed]
    for first, second in combinations(effective, 2):
        same = first.sitting.held_on == second.sitting.held_on
        if same and first.sitting.body != second.sitting.body:
            yield _finding(
                "same_day_steps",
                first.uid,
                first.sitting.rules,
                "steps.same_day",
                a=first.sitting.words.short,
                b=second.sitting.words.short,
            )


def _begun(matter: Matter) -> Iterator[Finding]:
    """It was begun while the notice still ran."""
    for entry in Entry.objects.of(matter).of_kind("matter.begun"):
        notice = next(
            (n for n in matter.standing_notices if n.kind == "resolution"), None
        )
        if entry.facts["in_notice"] and notice:
            # What was never posted could not have ended before this day.
            end = notice.published_on + timedelta(days=notice.days)
            yield _finding(
                "begun_in_notice",
                notice.uid,
                matter.rules_on(entry.held_on),
                "implementation.waits_for",
                end=zh_date(notice.posting.last_day if notice.posting else end),
            )


def _unaudited(matter: Matter) -> Iterator[Finding]:
    """A notice the supervisors have not looked at in their term."""
    for notice in matter.standing_notices:
        overdue = clock.today() > notice.audit_due_on
        if notice.kind in ("resolution", "result") and overdue and not notice.audit:
            days = (clock.today() - notice.published_on).days
            yield _finding(
                "audit_missing",
                notice.uid,
                notice.rules,
                "pub.supervisor_review",
                n=days,
            )
