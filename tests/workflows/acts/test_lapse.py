"""Too few came: nothing is decided, and that is recorded."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.sitting_steps import (
    convened,
    held,
    nothing_changes,
    opened,
    records,
)
from workflows import acts
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.models import Ballot
from workflows.stage import Stage


def test_a_sitting_below_its_quorum_lapses_and_the_matter_stays(world):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = held(world, matter, body="reps", present=10)
    with records("sitting.lapsed"):
        sitting = keeping.lapse(sitting, actor=world.clerk)
    matter.refresh_from_db()
    assert (sitting.state, matter.stage) == ("lapsed", "reviewed")
    facts = Entry.objects.of(sitting).of_kind("sitting.lapsed").get().facts
    assert (facts["present"], facts["quorum_need"], facts["eligible"]) == (10, 11, 16)


def test_the_matter_is_called_again_after_it_lapsed(world):
    matter = world.matter_at(Stage.REVIEWED)
    keeping.lapse(held(world, matter, body="reps", present=10), actor=world.clerk)
    assert convened(world, matter, body="reps").state == "convened"


def test_with_just_enough_people_it_does_not_lapse(world):
    sitting = held(world, world.matter_at(Stage.REVIEWED), body="reps", present=11)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        keeping.lapse(sitting, actor=world.clerk)


def test_below_its_quorum_nothing_is_put_to_the_vote(world):
    sitting = held(world, world.matter_at(Stage.REVIEWED), body="reps", present=10)
    ballot = sitting.ballots.get()
    with nothing_changes(), pytest.raises(acts.Refused) as refused:
        voting.open_ballot(ballot, actor=world.clerk)
    assert refused.value.names == ["quorum_present"]


def test_a_sitting_nobody_was_counted_at_does_not_lapse(world):
    sitting = convened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        keeping.lapse(sitting, actor=world.clerk)


def test_pressed_twice_it_lapses_once(world):
    sitting = held(world, world.draft(), present=2)
    keeping.lapse(sitting, actor=world.clerk)
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        keeping.lapse(sitting, actor=world.clerk)


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "township", "zhou"])
def test_only_who_may_keep_the_sitting_declares_it_lapsed(world, by):
    sitting = held(world, world.draft(), present=2)
    with nothing_changes(), pytest.raises(acts.Forbidden):
        keeping.lapse(sitting, actor=getattr(world, by))


def test_what_cannot_be_voted_on_is_left_when_the_sitting_is_closed(world):
    first, later = world.draft(), world.draft(chain="four_deliberations")
    sitting = held(world, first, later)
    with records("sitting.closed"):
        sitting = keeping.close(sitting, actor=world.clerk)
    assert sitting.state == "closed"
    assert {b.state for b in sitting.ballots.all()} == {Ballot.State.SCHEDULED}
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        keeping.close(sitting, actor=world.clerk)


def test_a_sitting_is_not_closed_over_an_open_ballot(world):
    ballot = opened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        keeping.close(ballot.sitting, actor=world.clerk)


def test_a_sitting_without_a_quorum_is_not_closed_but_lapses(world):
    sitting = held(world, world.draft(), present=2)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        keeping.close(sitting, actor=world.clerk)
