"""Acts that cut across what is owed leave no stale duty behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.owing import open_duties, running
from tests.workflows.sitting_steps import opened, perform, records
from tests.world import World
from workflows.acts import correction, drafting, objection, supervision
from workflows.figures import Figures
from workflows.models import Ballot, Matter
from workflows.stage import Stage

WHY = {"text": "有人投了两张票。", "witness_name": "孙建国"}


def test_withdrawing_leaves_no_duty(world):
    matter = world.matter_at(Stage.REVIEWED)
    world.do(matter, drafting.withdraw, world.clerk, text="条件不成熟。")
    assert (open_duties(matter), running(matter)) == ([], 0)


def test_revising_leaves_the_first_duty_alone(world):
    matter = world.matter_at(Stage.REVIEWED)
    world.do(matter, drafting.revise, world.clerk, text="改为每天一百元。")
    assert (open_duties(matter), running(matter)) == (["propose"], 1)


def test_an_order_to_correct_leaves_no_stale_duty_and_passing_it_opens_the_old_one(
    world,
):
    matter = world.matter_at(Stage.RECTIFYING)
    assert (open_duties(matter), running(matter)) == (["examine"], 1)
    world.do(matter, supervision.comply, world.director, text="已补充。")
    assert open_duties(matter) == ["examine"]
    world.do(matter, supervision.examine, world.township, outcome="again")
    assert open_duties(matter) == ["examine"]
    world.do(matter, supervision.comply, world.director, text="名单已补全。")
    world.do(matter, supervision.examine, world.township, outcome="pass")
    assert (open_duties(matter), running(matter)) == (["begin"], 1)


def uphold(world: World, matter: Matter) -> None:
    notice = world.show(matter)
    given = {"name": "李秀英", "text": "漏算了三天。"}
    lodged = world.do(matter, objection.object_to, world.clerk, of=notice, **given)
    given = {"outcome": "upheld", "text": "属实，重新表决。"}
    world.do(matter, objection.answer, world.director, of=lodged, **given)


def test_an_objection_upheld_leaves_only_the_vote_that_decides_again(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    uphold(world, matter)
    assert matter.stage == Stage.REVIEWED
    assert (open_duties(matter), running(matter)) == (["adopt"], 1)


@pytest.mark.parametrize(
    ("stage", "owed"),
    [
        (Stage.PROPOSED, "propose"),
        (Stage.REVIEWED, "review"),
        (Stage.ADOPTED, "adopt"),
        (Stage.UNDERWAY, "adopt"),
        (Stage.REPORTED, "adopt"),
        (Stage.REJECTED, "adopt"),
    ],
)
def test_a_void_ballot_leaves_only_the_vote_it_was_about(world, stage, owed):
    matter = world.matter_at(stage)
    newest = matter.ballots.order_by("pk").last()
    perform(newest, "void", correction.void, world.clerk, **WHY)
    matter.refresh_from_db()
    assert matter.owed == owed
    assert (open_duties(matter), running(matter)) == ([owed], 1)


def test_a_ballot_voided_before_it_was_declared_leaves_the_duty_it_found(world):
    matter = world.draft()
    ballot = opened(world, matter)
    perform(ballot, "void", correction.void, world.clerk, **WHY)
    assert (open_duties(matter), running(matter)) == (["propose"], 1)


@pytest.mark.parametrize(
    ("stage", "votes", "owed"),
    [(Stage.REJECTED, 16, "announce"), (Stage.UNDERWAY, 4, "archive")],
)
def test_a_recount_that_turns_the_outcome_leaves_what_the_new_one_owes(
    world, stage, votes, owed
):
    matter = world.matter_at(stage)
    newest = matter.ballots.order_by("pk").last()
    figures = Figures.by_hands(16, votes, 16 - votes)
    perform(newest, "recount", correction.recount, world.clerk, figures=figures, **WHY)
    assert (open_duties(matter), running(matter)) == ([owed], 1)


def is_void(ballot: Ballot, because: str) -> bool:
    """Whether it is, and its own entry says why and of what."""
    now = Ballot.objects.get(pk=ballot.pk)
    entry = Entry.objects.of(ballot).of_kind("ballot.voided").get()
    assert entry.facts["matter"] == ballot.matter.subject
    assert entry.facts["sitting"] == ballot.sitting.subject
    assert entry.opened()["reason"] == now.void_reason == because
    return now.state == Ballot.State.VOIDED


def test_withdrawing_voids_what_is_being_voted_on(world):
    matter = world.draft()
    ballot = opened(world, matter)
    with records("ballot.voided", "matter.withdrawn"):
        world.do(matter, drafting.withdraw, world.clerk, text="条件不成熟。")
    assert is_void(ballot, because="条件不成熟。")


def test_withdrawing_leaves_alone_what_was_not_put_yet_or_is_void_already(world):
    matter = world.draft()
    ballot = opened(world, matter)
    perform(ballot, "void", correction.void, world.clerk, **WHY)
    with records("matter.withdrawn"):
        world.do(matter, drafting.withdraw, world.clerk, text="条件不成熟。")


@pytest.fixture
def adopted_while_still_open(world):
    """The representatives adopted what the villagers' meeting is still voting on."""
    matter = world.matter_at(Stage.REVIEWED)
    ballot = opened(world, matter, body="villagers")
    world.hold(matter, "reps")
    assert matter.stage == Stage.ADOPTED
    return matter, ballot


def test_an_order_to_correct_voids_what_is_being_voted_on(
    world, adopted_while_still_open
):
    matter, ballot = adopted_while_still_open
    given = {"text": "先停下。", "basis": "order.decision"}
    due_on = clock.today() + timedelta(days=7)
    with records("ballot.voided", "matter.ordered"):
        world.do(matter, supervision.order, world.township, due_on=due_on, **given)
    assert is_void(ballot, because="先停下。")


def test_an_objection_upheld_voids_what_is_being_voted_on(
    world, adopted_while_still_open
):
    matter, ballot = adopted_while_still_open
    world.carry_on(matter)
    uphold(world, matter)
    assert is_void(ballot, because="属实，重新表决。")
