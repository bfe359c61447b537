"""Two people at once in and after a sitting, and the clock among them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows import sitting_steps
from tests.workflows.owing import RIGHT, check_worklist
from tests.workflows.racing import at_once, one_behind_the_other, race
from tests.world import World
from workflows import flows, tasks
from workflows.acts import AlreadyDone, OutOfTurn, correction, decision, objection
from workflows.acts import ballot as voting
from workflows.figures import Figures
from workflows.models import Ballot, Matter, Objection
from workflows.stage import Stage

pytestmark = pytest.mark.django_db(transaction=True)

WHY = {"text": "有人投了两张票。", "witness_name": "孙建国"}


def at_the_desk(ballot: Ballot, verb: str, act: Any, user: Any, **given: Any):
    """The button of one item, with the ballot as the page had read it."""
    seen = Ballot.objects.select_related(
        "matter__village__division__parent", "sitting"
    ).get(pk=ballot.pk)
    return lambda: flows.perform(
        seen.matter, verb, lambda: act(seen, actor=user, **given), actor=user
    )


def kinds_since(number: int) -> list[str]:
    return sorted(entry.kind for entry in Entry.objects.order_by("pk")[number:])


def test_of_two_witnesses_one_is_written_down(world):
    def attempt():
        ballot = sitting_steps.counted(world, world.draft())
        before = Entry.objects.count()
        winner, loser = one_behind_the_other(
            at_the_desk(ballot, "witness", voting.witness, world.secretary),
            at_the_desk(ballot, "witness", voting.witness, world.deputy_director),
        )
        assert winner.error is None
        assert isinstance(loser.error, AlreadyDone)
        assert ballot.tallies.get().witness == world.secretary
        assert kinds_since(before) == ["ballot.witnessed"]
        return winner, loser

    assert at_once(attempt)


@pytest.mark.parametrize("verb", ["open_ballot", "count", "declare", "void"])
def test_what_is_done_at_the_desk_is_done_once(world, verb):
    steps = {
        "open_ballot": (sitting_steps.held, voting.open_ballot, {}),
        "count": (
            sitting_steps.opened,
            voting.count,
            {"figures": Figures.by_hands(5, 4, 1)},
        ),
        "declare": (sitting_steps.witnessed, decision.declare, {}),
        "void": (sitting_steps.opened, correction.void, WHY),
    }
    reach, act, given = steps[verb]
    reached = reach(world, world.draft())
    ballot = reached.ballots.get() if verb == "open_ballot" else reached
    before = Entry.objects.count()
    presses = [at_the_desk(ballot, verb, act, world.clerk, **given) for _n in (1, 2)]
    winner, loser = one_behind_the_other(*presses)
    assert winner.error is None
    assert isinstance(loser.error, AlreadyDone)
    assert Entry.objects.count() == before + 1
    assert check_worklist() == RIGHT


def test_a_result_cannot_be_announced_of_a_ballot_that_is_void_meanwhile(world):
    matter = world.draft()
    ballot = sitting_steps.witnessed(world, matter)
    winner, loser = one_behind_the_other(
        at_the_desk(ballot, "void", correction.void, world.clerk, **WHY),
        at_the_desk(ballot, "declare", decision.declare, world.clerk),
    )
    assert winner.error is None
    assert isinstance(loser.error, OutOfTurn)
    assert Matter.objects.get(pk=matter.pk).stage == Stage.DRAFTED
    assert check_worklist() == RIGHT


def overdue(world: World) -> Objection:
    """An objection whose answer was due yesterday."""
    matter = world.matter_at(Stage.ANNOUNCED)
    given = {"name": "李秀英", "text": "漏算了三天。"}
    notice = world.show(matter)
    lodged = world.do(matter, objection.object_to, world.clerk, of=notice, **given)
    clock.move(clock.now() + (lodged.due_on - clock.today()) + timedelta(days=1))
    return lodged


def answering(world: World, lodged: Objection):
    given = {"outcome": "dismissed", "text": "已核对，没有漏算。"}
    act = partial(objection.answer, lodged, actor=world.director, **given)
    return lambda: flows.perform(lodged.matter, "answer", act, actor=world.director)


def test_the_clock_records_nothing_of_a_reply_that_is_just_being_given(world):
    lodged = overdue(world)
    before = Entry.objects.count()
    winner, loser = one_behind_the_other(answering(world, lodged), tasks.run_clock)
    assert (winner.error, loser.error) == (None, None)
    assert kinds_since(before) == ["objection.answered"]


def test_a_reply_given_while_the_clock_records_comes_after_it_and_says_so(world):
    lodged = overdue(world)
    before = Entry.objects.count()
    winner, loser = one_behind_the_other(tasks.run_clock, answering(world, lodged))
    assert (winner.error, loser.error) == (None, None)
    assert [e.kind for e in Entry.objects.order_by("pk")[before:]] == [
        "objection.overdue",
        "objection.answered",
    ]
    assert Entry.objects.last().facts["late"] is True


def test_two_clocks_at_once_record_each_thing_once(world):
    for _number in range(3):
        overdue(world)
    before = Entry.objects.count()
    runners = race(*[tasks.run_clock] * 4)
    assert [runner.error for runner in runners if runner.error] == []
    said = [e.subject for e in Entry.objects.of_kind("objection.overdue")]
    assert len(said) == len(set(said)) == 3
    assert Entry.objects.count() == before + sum(r.result for r in runners)
