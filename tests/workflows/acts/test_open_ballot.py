"""Putting an item to the vote, on the text as it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from tests.workflows.sitting_steps import (
    held,
    lines,
    nothing_changes,
    opened,
    perform,
    records,
)
from workflows import acts
from workflows.acts import ballot as voting
from workflows.acts import casting, correction, drafting
from workflows.acts import sitting as keeping
from workflows.stage import Stage


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


def twice_called(world, matter):
    """Two sittings of one body on one matter, of the same day; the first has begun."""
    first, second = (
        held(world, matter, body="reps", ticked=True).ballots.get() for _each in "12"
    )
    perform(first, "open_ballot", voting.open_ballot, world.clerk)
    return first, second


def test_nobody_picks_one_result_of_two_sittings(world):
    first, second = twice_called(world, world.matter_at(Stage.REVIEWED))
    with nothing_changes(), pytest.raises(acts.OutOfTurn, match="另一次会议"):
        voting.open_ballot(second, actor=world.clerk)
    given = {"text": "清点有误。", "witness_name": "孙建国"}
    perform(first, "void", correction.void, world.clerk, **given)
    with records("ballot.opened"):
        perform(second, "open_ballot", voting.open_ballot, world.clerk)


def electronic(world, **given):
    ballot = held(world, world.draft(), ticked=True).ballots.get()
    by = {"method": "secret"} | given
    return lambda: voting.open_ballot(ballot, actor=world.clerk, **by)


def test_people_vote_by_telephone_while_they_are_in_the_room(world):
    put = electronic(world)
    world.pass_days(2)
    with nothing_changes(), pytest.raises(acts.BadInput) as bad:
        put()
    assert bad.value.field == "method"


def test_after_midnight_they_still_are(world):
    put = electronic(world)
    world.pass_days(1)
    assert put().state == "open"


@pytest.mark.parametrize("days", [None, 3])
def test_no_vote_stays_open_for_days(world, days):
    until = days and clock.now() + timedelta(days=days)
    ballot = electronic(world, closes_at=until)()
    assert ballot.closes_at == clock.now() + timedelta(hours=10)
    clock.move(ballot.closes_at)
    with pytest.raises(acts.OutOfTurn, match="截止"):
        casting.cast_line(ballot, lines(ballot)[0], "for")
