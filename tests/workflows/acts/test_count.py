"""Writing the counts down."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.base import ContentFile

from audit.models import Entry
from tests.workflows.pointed_out import found
from tests.workflows.sitting_steps import (
    counted,
    declared,
    held,
    keeper,
    nothing_changes,
    opened,
    perform,
    records,
)
from workflows import acts
from workflows.acts import ballot as voting
from workflows.acts import decision
from workflows.figures import Figures
from workflows.stage import Stage

SHEET = b"%PDF-1.4 a sheet"


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
    matter = world.matter_at(Stage.REVIEWED)
    ballot = opened(world, matter, body="reps")
    figures = Figures.by_hands(16, 16, 0)
    for name in (str(world.clerk), ballot.sitting.chair):
        named = {"witness_name": name, "sheet": a_sheet()}
        with nothing_changes(), pytest.raises(acts.BadInput) as bad:
            voting.count(ballot, figures, actor=world.clerk, **named)
        assert bad.value.field == "witness_name"


def a_sheet():
    return ContentFile(SHEET, "sheet.pdf")


def signed(world, ballot, name, sheet=None):
    """The counts, with the name of a witness who does not sign in."""
    present, by = ballot.sitting.present, keeper(world, ballot.sitting.body)
    given = {"figures": Figures.by_hands(present, present, 0)}
    given |= {"witness_name": name, "sheet": sheet}
    perform(ballot, "count", voting.count, by, **given)
    return ballot


def test_a_name_counts_with_the_sheet_that_bears_it(world):
    ballot = signed(world, opened(world, world.draft()), "冯保山", a_sheet())
    assert (ballot.state, ballot.tally.witnessed) == ("witnessed", True)
    entry = Entry.objects.of(ballot).of_kind("ballot.counted").get()
    digest = hashlib.sha256(SHEET).hexdigest()
    assert entry.facts["sheet"] == ballot.tally.sheet_hash == digest
    assert entry.opened()["witness"] == "冯保山"
    perform(ballot, "declare", decision.declare, world.clerk)
    assert "paper_witness_only" in found(ballot.matter)


def test_a_name_alone_does_not_count(world):
    ballot = signed(world, opened(world, world.draft()), "冯保山")
    assert (ballot.state, ballot.tally.witnessed) == ("counted", False)
    entry = Entry.objects.of(ballot).of_kind("ballot.counted").get()
    assert not {"sheet", "witness"} & set(entry.facts)
    with nothing_changes(), pytest.raises(acts.Refused) as refused:
        decision.declare(ballot, actor=world.clerk)
    assert refused.value.names == ["count_witnessed"]
    perform(ballot, "witness", voting.witness, world.secretary)
    assert ballot.state == "witnessed"


def test_where_the_law_lets_it_be_announced_a_name_alone_is_nobody(world, nationally):
    ballot = signed(world, opened(world, world.draft()), "冯保山")
    perform(ballot, "declare", decision.declare, world.clerk)
    assert "no_witness" in found(ballot.matter)


@pytest.mark.parametrize(
    ("stage", "body", "name", "other"),
    [
        (Stage.DRAFTED, "joint", "冯保山", "孙建国"),
        (Stage.PROPOSED, "party", "褚大勇", "孙建国"),
        (Stage.REVIEWED, "reps", "李秀英", None),
    ],
)
def test_joint_and_party_name_one_of_themselves_the_people_whom_they_will(
    world, stage, body, name, other
):
    ballot = opened(world, world.matter_at(stage), body=body)
    if other:
        with nothing_changes(), pytest.raises(acts.BadInput) as bad:
            signed(world, ballot, other, a_sheet())
        assert bad.value.field == "witness_name"
    assert signed(world, ballot, name, a_sheet()).state == "witnessed"


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
