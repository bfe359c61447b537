"""Twenty rounds of different acts at once: nobody waits for ever, nothing disagrees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows import sitting_steps
from tests.workflows.owing import RIGHT, check_worklist
from tests.workflows.racing import Act, race
from tests.world import TEXT, World
from workflows import flows, tasks
from workflows.acts import (
    OutOfTurn,
    Refused,
    correction,
    decision,
    disclosure,
    drafting,
    implementation,
    supervision,
)
from workflows.acts import sitting as keeping
from workflows.models import Matter
from workflows.stage import Stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

Pair = Callable[[World], tuple[Act, ...]]


def on(matter: Matter, verb: str, act, user, **given) -> Act:
    seen = Matter.objects.select_related("village__division__parent").get(pk=matter.pk)
    what = partial(act, seen, actor=user, **given)
    return lambda: flows.perform(seen, verb, what, actor=user)


def order_on(world: World, matter: Matter) -> Act:
    due_on = clock.today() + timedelta(days=7)
    given = {"text": "补充名单。", "basis": "order.disclosure", "due_on": due_on}
    return on(matter, "order", supervision.order, world.township, **given)


def order_against_begin(world: World) -> tuple[Act, ...]:
    matter = world.matter_at(Stage.ANNOUNCED)
    world.pass_days(world.show(matter).days + 1)
    begin = on(matter, "begin", implementation.begin, world.director)
    return begin, order_on(world, matter)


def order_against_announce(world: World) -> tuple[Act, ...]:
    matter = world.matter_at(Stage.ADOPTED)
    announce = on(matter, "announce", disclosure.announce, world.clerk)
    return announce, order_on(world, matter)


def void_against_declare(world: World) -> tuple[Act, ...]:
    ballot = sitting_steps.witnessed(world, world.draft())
    matter, user = ballot.matter, world.clerk
    why = {"text": "重投。", "witness_name": "孙建国"}
    void = partial(correction.void, ballot, actor=user, **why)
    declare = partial(decision.declare, ballot, actor=user)
    return (
        lambda: flows.perform(matter, "void", void, actor=user),
        lambda: flows.perform(matter, "declare", declare, actor=user),
    )


def convening_against_withdrawing(world: World) -> tuple[Act, ...]:
    matter = world.draft()
    call = sitting_steps.call(world, matter)
    withdraw = on(matter, "withdraw", drafting.withdraw, world.clerk, text="不办了。")
    return withdraw, partial(keeping.convene, world.village, call, actor=world.clerk)


def drafting_what_follows_against_announcing(world: World) -> tuple[Act, ...]:
    """One holds the village and names the matter, the other the reverse."""
    matter = world.matter_at(Stage.REJECTED)
    content = drafting.Draft(type="M05", title="再补", text=TEXT, follows=matter)
    draft = partial(drafting.draft, world.village, content, actor=world.clerk)
    announce = on(matter, "announce", disclosure.announce, world.clerk)
    return announce, lambda: flows.draft(draft), tasks.run_clock


def authorising_against_announcing(world: World) -> tuple[Act, ...]:
    matter = world.matter_at(Stage.ADOPTED)
    given = {"types": ["M05"], "actor": world.clerk}
    authorise = partial(supervision.authorise, world.village, **given)
    return authorise, on(matter, "announce", disclosure.announce, world.clerk)


PAIRS: tuple[Pair, ...] = (
    order_against_begin,
    order_against_announce,
    void_against_declare,
    convening_against_withdrawing,
    drafting_what_follows_against_announcing,
    authorising_against_announcing,
)


def test_twenty_rounds_of_mixed_pairs_end_without_a_deadlock(world):
    for number in range(20):
        runners = race(*PAIRS[number % len(PAIRS)](world))
        for runner in runners:
            # Being late is lawful; a deadlock or a broken promise would be neither.
            assert isinstance(runner.error, OutOfTurn | Refused | None), runner.error
        assert any(runner.error is None for runner in runners)
    for matter in Matter.objects.all():
        newest = Entry.objects.of(matter).exclude(stage=None).order_by("pk").last()
        assert matter.stage == newest.stage
    assert check_worklist() == RIGHT
