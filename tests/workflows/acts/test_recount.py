"""Two people correct the counts, with the reason; what they were stays."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.sitting_steps import (
    declared,
    nothing_changes,
    perform,
    records,
    witnessed,
)
from workflows import acts
from workflows.acts import correction
from workflows.figures import Figures
from workflows.stage import Stage

BEFORE = {"joint": Stage.DRAFTED, "party": Stage.PROPOSED, "reps": Stage.REVIEWED}
WHY = {"text": "唱票时漏了一张。", "witness_name": "孙建国"}


def corrected(world, ballot, votes_for, against, **given):
    figures = Figures.by_hands(ballot.sitting.present, votes_for, against)
    perform(
        ballot,
        "recount",
        correction.recount,
        world.clerk,
        figures=figures,
        **(WHY | given),
    )
    ballot.matter.refresh_from_db()
    return ballot


@pytest.mark.parametrize(
    ("body", "first", "second", "after"),
    [
        ("joint", 4, 3, "proposed"),
        ("joint", 3, 2, "rejected"),
        ("joint", 2, 3, "proposed"),
        ("party", 4, 5, "reviewed"),
        ("reps", 9, 8, "rejected"),
        ("reps", 8, 9, "adopted"),
    ],
)
def test_the_stage_is_what_the_corrected_count_gives(world, body, first, second, after):
    matter = world.matter_at(BEFORE[body])
    ballot = declared(world, matter, body=body, votes_for=first, against=0)
    with records("matter.recounted"):
        corrected(world, ballot, second, 0)
    assert (ballot.matter.stage, ballot.state) == (after, "declared")
    assert (ballot.verb == "reject") == (after == "rejected")


def test_the_old_counts_stay_and_a_new_resolution_stands(world):
    matter = world.matter_at(Stage.REVIEWED)
    ballot = declared(world, matter, body="reps", votes_for=10, against=6)
    old = ballot.tally
    corrected(world, ballot, 11, 5)
    assert ballot.tally.supersedes == old
    assert (old.votes_for, ballot.tally.votes_for) == (10, 11)
    assert ballot.tally.reason == WHY["text"]
    assert [r.tally for r in matter.resolutions.all()] == [old, ballot.tally]


def test_the_reason_and_the_second_person_are_sealed_in_the_record(world):
    ballot = declared(world, world.draft())
    corrected(world, ballot, 5, 0)
    entry = Entry.objects.of(ballot.matter).of_kind("matter.recounted").get()
    assert set(entry.facts["reason"]) == set(entry.facts["witness"]) == {"sealed"}
    assert entry.opened()["witness"] == WHY["witness_name"]


def test_a_correction_after_the_resolution_was_announced_reaches_back(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    ballot = matter.ballots.get(sitting__body="reps")
    corrected(world, ballot, 2, 14)
    assert ballot.matter.stage == "rejected"


def test_counts_that_do_not_close_are_refused_by_name(world):
    ballot = declared(world, world.draft())
    figures = Figures.by_hands(5, 4, 2)
    with nothing_changes(), pytest.raises(acts.Refused) as refused:
        correction.recount(ballot, figures, actor=world.clerk, **WHY)
    assert refused.value.names == ["ballots_match_attendance"]


def test_only_the_newest_ballot_can_be_corrected(world):
    matter = world.draft()
    ballot = declared(world, matter)
    declared(world, matter, body="party", votes_for=9, against=0)
    figures = Figures.by_hands(5, 5, 0)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        correction.recount(ballot, figures, actor=world.clerk, **WHY)


def test_what_was_not_declared_is_counted_anew_and_not_corrected(world):
    ballot = witnessed(world, world.draft())
    figures = Figures.by_hands(5, 5, 0)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        correction.recount(ballot, figures, actor=world.clerk, **WHY)


def test_pressed_twice_it_is_corrected_once(world):
    ballot = declared(world, world.draft())
    seen = ballot.tally.pk
    corrected(world, ballot, 5, 0, seen=seen)
    figures = Figures.by_hands(5, 5, 0)
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        correction.recount(ballot, figures, actor=world.clerk, seen=seen, **WHY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"witness_name": " "}, "witness_name"),
        ({"witness_name": "郑小敏"}, "witness_name"),
    ],
)
def test_it_wants_a_reason_and_another_person(world, wrong, field):
    ballot = declared(world, world.draft())
    figures = Figures.by_hands(5, 5, 0)
    with nothing_changes(), pytest.raises(acts.BadInput) as bad:
        correction.recount(ballot, figures, actor=world.clerk, **(WHY | wrong))
    assert bad.value.field == field


@pytest.mark.parametrize("by", ["director", "supervisor1", "rep01", "township", "zhou"])
def test_only_the_clerk_with_a_second_person_does_it(world, by):
    ballot = declared(world, world.draft())
    figures = Figures.by_hands(5, 5, 0)
    with nothing_changes(), pytest.raises(acts.Forbidden):
        correction.recount(ballot, figures, actor=getattr(world, by), **WHY)
