"""Plays a scenario: each act whole or not at all, at its own time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from villages import cast
from villages.cast import Cast
from villages.models import Division, Office, User
from workflows import rulebook
from workflows.acts import BadInput, Forbidden, OutOfTurn, Refused, supervision

from . import deliberating
from .carrying_out import VERBS
from .grammar import FORBIDDEN, OUT_OF_TURN
from .passing import pass_until
from .report import fingerprint, flaws_of_the_newest
from .scenario import EVERYTHING, NATIONAL, Act, Scenario, VillagePlan
from .scene import FIRST_OF, Scene

A_DAY = timedelta(days=1)
Refusing = (OutOfTurn, Forbidden, Refused)


class Stopped(Exception):
    """What follows in the scenario rests on what did not happen."""


@dataclass
class Played:
    """What playing a scenario came to, beyond what the database holds."""

    scene: Scene
    refusals: list[tuple[int, list[str]]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def fail(self, act: Act, why: str) -> None:
        which = {"n": act.index, "verb": act.verb, "why": why}
        self.failures.append(_("acts[%(n)s] %(verb)s：%(why)s") % which)


def play(scenario: Scenario, *, slug: str, division: Division) -> Played:
    """Play every act in a village of its own, until one fails that must not."""
    with the_clock_goes_back(), rules_of(scenario):
        scene = Scene(settle(scenario, slug, division), scenario.draft)
        played = Played(scene)
        try:
            for act in scenario.acts:
                judge(played, act)
        except Stopped:
            pass
    return played


@contextmanager
def the_clock_goes_back() -> Iterator[None]:
    """Whatever the clock is moved to inside, afterwards it is as it was."""
    before = clock.now() if clock.moved() else None
    clock.move(None)
    try:
        yield
    finally:
        clock.move(before)


def rules_of(scenario: Scenario) -> AbstractContextManager[None]:
    """The rule set the scenario names, whatever the day; else that of each day."""
    if scenario.ruleset in ("", NATIONAL):
        return nullcontext()
    return rulebook.illustrate(scenario.ruleset)


def settle(scenario: Scenario, slug: str, division: Division) -> Cast:
    """The village and its people, and what its representatives may decide."""
    first = scenario.acts[0].at
    pass_until(first - A_DAY)
    plan = scenario.village
    found = cast.build(
        plan.name, plan.bodies, slug=slug, division=division, on=first.date()
    )
    fill_offices(found, scenario)
    authorise(found, plan)
    return found


def fill_offices(found: Cast, scenario: Scenario) -> None:
    """Whoever the scenario lets act by an office nobody holds here is given it."""
    named = {act.office for act in scenario.acts}
    known = {FIRST_OF.get(role, role) for role in Office.Role.values}
    spare = reversed(found.people.values())
    since = found.offices["clerk"].since
    for office in sorted(named & known - found.users.keys()):
        holder = User.objects.create_user(
            f"{office}@{found.village.slug}", resident=next(spare)
        )
        holder.full_name = str(holder.resident)
        holder.save(update_fields=["full_name"])
        Office.objects.create(
            holder=holder, village=found.village, role=office, since=since
        )
        found.users[office] = holder


def authorise(found: Cast, plan: VillagePlan) -> None:
    everything = plan.authorised == EVERYTHING
    if plan.authorised:
        supervision.authorise(
            found.village,
            actor=found.users["clerk"],
            types=[] if everything else list(plan.authorised),
            everything=everything,
        )


def judge(played: Played, act: Act) -> None:
    """Perform an act, and hold what came of it against what the scenario says."""
    try:
        outcome = attempt(played.scene, act)
    except BadInput as wrong:
        played.fail(act, _("办不了：%(why)s") % {"why": wrong.message})
        raise Stopped from None
    if rules := outcome.rules:
        played.refusals.append((act.index, rules))
    if outcome.left_traces:
        played.fail(act, _("被拒绝了，却留下了改动。"))
    if act.refused:
        judge_refusal(played, act, rules)
    elif rules:
        told = {"rules": "、".join(rules), "why": outcome.why}
        played.fail(act, _("被拒绝了：%(rules)s（%(why)s）") % told)
        raise Stopped
    elif act.verb == "record_paper":
        judge_flaws(played, act)


def judge_refusal(played: Played, act: Act, rules: list[str]) -> None:
    """Refused with exactly the rules the scenario names."""
    expected = "、".join(sorted(act.refused))
    if not rules:
        played.fail(act, _("应当被拒绝（%(rules)s），却办成了。") % {"rules": expected})
        raise Stopped
    if set(rules) != act.refused:
        told = {"expected": expected, "rules": "、".join(sorted(rules))}
        played.fail(act, _("应当因 %(expected)s 被拒绝，实为 %(rules)s。") % told)


def judge_flaws(played: Played, act: Act) -> None:
    """Kept as flawed under exactly the rules the scenario names, or under none."""
    flaws = flaws_of_the_newest(played.scene)
    if flaws != act.flawed:
        told = {
            "expected": "、".join(sorted(act.flawed)) or _("无"),
            "flaws": "、".join(sorted(flaws)) or _("无"),
        }
        played.fail(act, _("程序瑕疵应为 %(expected)s，实为 %(flaws)s。") % told)


@dataclass(frozen=True)
class Outcome:
    """Whether an act was refused, by which names, why, and whether it left traces."""

    rules: list[str] = field(default_factory=list)
    why: str = ""
    left_traces: bool = False


def attempt(scene: Scene, act: Act) -> Outcome:
    """Perform an act whole, or not at all."""
    steps = steps_of(scene, act)
    moment, first = next(steps)
    pass_until(moment)
    began, before = clock.now(), fingerprint(scene) if act.refused else None
    try:
        with transaction.atomic():
            first()
            for later, step in steps:
                pass_until(later)
                step()
    except Refusing as refused:
        changed = before is not None and before != fingerprint(scene)
        # What the clock recorded meanwhile was undone as well: the days pass again.
        clock.move(began)
        pass_until(act.at)
        return Outcome(names_of(refused), why_of(refused), changed)
    return Outcome()


def steps_of(scene: Scene, act: Act) -> Iterator[deliberating.Step]:
    if act.verb == "sitting":
        return deliberating.steps(scene, act)
    return iter([(act.at, lambda: VERBS[act.verb](scene, act))])


def names_of(refused: Exception) -> list[str]:
    if isinstance(refused, Refused):
        return refused.names
    return [OUT_OF_TURN if isinstance(refused, OutOfTurn) else FORBIDDEN]


def why_of(refused: Exception) -> str:
    """The sentence a person would read."""
    return str(getattr(refused, "why", "") or refused)
