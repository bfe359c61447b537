"""Putting an item to the vote, on the text as it stands."""

from __future__ import annotations

import pytest

from audit import clock
from tests.workflows.sitting_steps import (
    held,
    nothing_changes,
    opened,
    perform,
    records,
)
from workflows import acts
from workflows.acts import ballot as voting
from workflows.acts import drafting
from workflows.acts import sitting as keeping


def test_an_open_ballot_pins_the_text_it_is_put_on(world):
    matter = world.draft()
    ballot = held(world, matter).ballots.get()
    with records("ballot.opened"):
        perform(ballot, "open_ballot", voting.open_ballot, world.clerk)
    assert (ballot.state, ballot.version, ballot.method) == (
        "open",
        matter.text,
        "hands",
    )


def test_an_item_whose_step_has_not_come_is_out_of_turn(world):
    ballot = held(world, world.draft(), body="reps").ballots.get()
    with nothing_changes(), pytest.raises(acts.OutOfTurn) as refusal:
        voting.open_ballot(ballot, actor=world.clerk)
    assert refusal.value.verb == "adopt"


def test_a_sitting_before_the_step_it_needs_decides_nothing(world):
    matter = world.draft()
    sitting = held(world, matter, body="reps")
    world.pass_days(1)
    world.hold(matter, "joint")
    world.hold(matter, "party")
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        voting.open_ballot(sitting.ballots.get(), actor=world.clerk)


def test_a_text_changed_since_the_notice_is_refused(world):
    matter = world.draft()
    sitting = held(world, matter, body="joint")
    world.pass_days(-1)
    world.do(matter, drafting.amend, world.clerk, text="另一稿。", source="村民")
    world.pass_days(1)
    ballot = sitting.ballots.get()
    with nothing_changes(), pytest.raises(acts.Refused) as refusal:
        voting.open_ballot(ballot, actor=world.clerk)
    assert refusal.value.names == ["text_unchanged"]


def test_what_is_read_out_at_the_sitting_may_be_voted_on(world):
    matter = world.draft()
    sitting = held(world, matter)
    world.do(matter, drafting.amend, world.clerk, text="改一处。", source="到会成员")
    ballot = sitting.ballots.get()
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk)
    assert ballot.version.version == 2


def test_nothing_is_opened_before_somebody_came_and_only_once(world):
    matter = world.draft()
    ballot = opened(world, matter)
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        voting.open_ballot(ballot, actor=world.clerk)


def test_a_sitting_entered_afterwards_is_not_voted_in_live(world):
    matter = world.draft()
    wanted = keeping.Call("joint", clock.now(), [matter], "会议室", "钱有田")
    sitting = keeping.record_paper(
        world.village, wanted, keeping.Came(in_person=5), actor=world.clerk
    )
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        voting.open_ballot(sitting.ballots.get(), actor=world.clerk)
