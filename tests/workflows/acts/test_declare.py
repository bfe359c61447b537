"""The result is announced, and is what the counts say."""

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
    witnessed,
)
from workflows import acts, verdicts
from workflows.acts import ballot as voting
from workflows.acts import correction, decision
from workflows.figures import Figures
from workflows.models import Resolution
from workflows.stage import Stage

BEFORE = {"joint": Stage.DRAFTED, "party": Stage.PROPOSED, "reps": Stage.REVIEWED}


@pytest.mark.parametrize(
    ("body", "votes_for", "after"),
    [
        ("joint", 3, "proposed"),
        ("joint", 2, "rejected"),
        ("party", 5, "reviewed"),
        ("party", 4, "rejected"),
        ("reps", 9, "adopted"),
        ("reps", 8, "rejected"),
    ],
)
def test_the_tally_chooses_the_verb(world, body, votes_for, after):
    matter = world.matter_at(BEFORE[body])
    ballot = witnessed(world, matter, body=body, votes_for=votes_for, against=0)
    by = world.recorder if body == "party" else world.clerk
    with records(f"matter.{after}"):
        perform(ballot, "declare", decision.declare, by)
    matter.refresh_from_db()
    assert (matter.stage, ballot.state) == (after, "declared")
    assert ballot.sitting.state == "closed"


def test_the_entry_carries_the_counts_the_law_and_the_text(world):
    matter = world.matter_at(Stage.REVIEWED)
    ballot = declared(world, matter, body="reps", votes_for=12, against=4)
    facts = Entry.objects.of(matter).of_kind("matter.adopted").get().facts
    assert (facts["eligible"], facts["present"], facts["votes_for"]) == (16, 16, 12)
    assert (facts["need"], facts["quorum_need"]) == (9, 11)
    assert facts["text_hash"] == matter.text.hash
    assert facts["ruleset"] == ballot.sitting.ruleset
    assert facts["stage"] == "adopted"
    assert facts["from_stage"] == "reviewed"


def test_a_no_is_a_resolution_too(world):
    matter = world.matter_at(Stage.REVIEWED)
    declared(world, matter, body="reps", votes_for=3, against=13)
    resolution = Resolution.objects.get()
    assert (resolution.matter, resolution.passed) == (matter, False)


def test_the_petitioned_matter_goes_on_after_the_partys_no(world):
    matter = world.draft(chain="statutory", origin_by="reps", origin_count=9)
    declared(world, matter, body="party", votes_for=0, against=9)
    assert matter.stage == "reviewed"


def test_counts_nobody_witnessed_are_refused_by_name(world):
    ballot = counted(world, world.draft())
    with nothing_changes(), pytest.raises(acts.Refused) as refused:
        decision.declare(ballot, actor=world.clerk)
    assert refused.value.names == ["count_witnessed"]


def test_without_counts_there_is_no_result(world):
    ballot = opened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        decision.declare(ballot, actor=world.clerk)


def test_pressed_twice_it_is_declared_once(world):
    ballot = declared(world, world.draft())
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        decision.declare(ballot, actor=world.clerk)


def test_a_void_ballot_has_no_result(world):
    matter = world.draft()
    ballot = witnessed(world, matter)
    given = {"text": "收回多于发出。", "witness_name": "孙建国"}
    perform(ballot, "void", correction.void, world.clerk, **given)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        decision.declare(ballot, actor=world.clerk)


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "township", "zhou"])
def test_only_who_keeps_the_sitting_declares(world, by):
    ballot = witnessed(world, world.draft())
    with nothing_changes(), pytest.raises(acts.Forbidden):
        decision.declare(ballot, actor=getattr(world, by))


def test_the_verdict_is_one_sentence_with_numbers_and_article(world):
    matter = world.matter_at(Stage.REVIEWED)
    ballot = declared(world, matter, body="reps", votes_for=12, against=4)
    assert verdicts.verdict(ballot) == (
        "组成人员 16 人，到会 16 人，达到三分之二以上（至少 11 人）；"
        "赞成 12 票，超过到会人员的半数（至少 9 票），通过。"
        "依据《中华人民共和国村民委员会组织法》（2025年修正）第三十条第二款。"
    )


def test_the_sitting_goes_on_while_something_is_left_on_its_agenda(world):
    first, second = world.draft(), world.draft()
    sitting = held(world, first, second)
    ballot = sitting.ballots.get(matter=first)
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk)
    figures = Figures.by_hands(5, 5, 0)
    perform(ballot, "count", voting.count, world.clerk, figures=figures)
    perform(ballot, "witness", voting.witness, world.secretary)
    perform(ballot, "declare", decision.declare, world.clerk)
    sitting.refresh_from_db()
    assert sitting.state == "held"
