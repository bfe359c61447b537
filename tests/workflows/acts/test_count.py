"""Writing the counts down."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.sitting_steps import (
    counted,
    declared,
    held,
    nothing_changes,
    opened,
    perform,
    records,
)
from workflows import acts
from workflows.acts import ballot as voting
from workflows.figures import Figures
from workflows.stage import Stage


def refused(ballot, figures, by):
    with nothing_changes(), pytest.raises(acts.Refused) as refusal:
        voting.count(ballot, figures, actor=by)
    return refusal.value.names


def test_by_hands_the_rest_of_the_room_abstains(world):
    ballot = opened(world, world.draft())
    with records("ballot.counted"):
        figures = Figures.by_hands(5, 3, 1)
        perform(ballot, "count", voting.count, world.clerk, figures=figures)
    tally = ballot.tally
    assert (tally.votes_for, tally.votes_against, tally.abstain) == (3, 1, 1)
    assert (ballot.state, tally.passed, tally.need) == ("counted", True, 3)


def test_votes_of_the_joint_sitting_are_sealed_in_the_record(world):
    ballot = counted(world, world.draft())
    entry = Entry.objects.of(ballot).of_kind("ballot.counted").get()
    assert isinstance(entry.facts["votes_for"], dict)
    assert entry.opened()["votes_for"] == 4


def test_more_votes_than_people_are_refused_by_name(world):
    ballot = opened(world, world.draft())
    figures = Figures.by_hands(5, 4, 2)
    assert refused(ballot, figures, world.clerk) == ["ballots_match_attendance"]


@pytest.mark.parametrize(
    "wrong",
    [{"returned": 4}, {"issued": 4}, {"issued": 6}, {"returned": 6, "invalid": 1}],
)
def test_slips_that_do_not_close_are_refused_by_name(world, wrong):
    ballot = opened(world, world.draft(), method="paper")
    given = {"votes_for": 3, "against": 2, **wrong}
    figures = Figures.on_paper(5, **given)
    assert refused(ballot, figures, world.clerk) == ["ballots_match_attendance"]


def test_slips_that_were_kept_stay_in_the_denominator(world):
    matter = world.matter_at(Stage.REVIEWED)
    ballot = opened(world, matter, body="reps", method="paper", present=16)
    figures = Figures.on_paper(16, votes_for=8, against=1, issued=14)
    perform(ballot, "count", voting.count, world.clerk, figures=figures)
    assert (ballot.tally.unreturned, ballot.tally.need) == (5, 9)
    assert not ballot.tally.passed


def test_counts_are_put_right_until_they_are_witnessed(world):
    ballot = counted(world, world.draft())
    figures, seen = Figures.by_hands(5, 5, 0), ballot.tally.pk
    perform(ballot, "count", voting.count, world.clerk, figures=figures, seen=seen)
    assert ballot.tallies.count() == 1
    assert ballot.tally.votes_for == 5


def test_who_did_not_see_the_counts_does_not_overwrite_them(world):
    ballot = counted(world, world.draft())
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        voting.count(ballot, Figures.by_hands(5, 5, 0), actor=world.director)


def test_a_witness_on_paper_is_another_person_who_does_not_chair(world):
    ballot = opened(world, world.draft())
    figures = Figures.by_hands(5, 5, 0)
    for name in (str(world.clerk), ballot.sitting.chair):
        with nothing_changes(), pytest.raises(acts.BadInput) as bad:
            voting.count(ballot, figures, actor=world.clerk, witness_name=name)
        assert bad.value.field == "witness_name"
    perform(
        ballot,
        "count",
        voting.count,
        world.clerk,
        figures=figures,
        witness_name="褚大勇",
    )
    assert ballot.state == "witnessed"


def test_nothing_is_counted_before_it_was_put_or_after_it_was_declared(world):
    figures = Figures.by_hands(5, 5, 0)
    waiting = held(world, world.draft()).ballots.get()
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        voting.count(waiting, figures, actor=world.clerk)
    over = declared(world, world.draft())
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        voting.count(over, figures, actor=world.clerk)


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "township", "zhou"])
def test_only_who_keeps_the_sitting_opens_and_counts(world, by):
    waiting = held(world, world.draft()).ballots.get()
    actor = getattr(world, by)
    with nothing_changes(), pytest.raises(acts.Forbidden):
        voting.open_ballot(waiting, actor=actor)
    perform(waiting, "open_ballot", voting.open_ballot, world.clerk)
    with nothing_changes(), pytest.raises(acts.Forbidden):
        voting.count(waiting, Figures.by_hands(5, 5, 0), actor=actor)
