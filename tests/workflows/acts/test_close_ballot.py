"""What was cast is counted by the database, and stays."""

from __future__ import annotations

import json

import pytest

from audit.models import Entry
from tests.workflows import sitting_steps as steps
from tests.workflows.acts.asking import may_only
from workflows.acts import (
    AlreadyDone,
    Forbidden,
    OutOfTurn,
    casting,
    correction,
    decision,
)
from workflows.acts import ballot as voting
from workflows.models import Ballot, Receipt, SecretVote, Slip

pytestmark = pytest.mark.django_db


def closed(world, *choices, method="secret", **more):
    ballot = steps.voting_on(world, world.draft(), method=method, **more)
    steps.all_cast(ballot, *choices)
    steps.perform(ballot, "close_ballot", casting.close_ballot, world.clerk)
    return ballot


@pytest.mark.parametrize("method", ["named", "secret"])
def test_the_counts_are_those_of_the_votes(world, method):
    tally = closed(world, "for", "for", "against", "abstain", method=method).tally
    counts = (tally.votes_for, tally.votes_against, tally.abstain, tally.invalid)
    assert counts == (2, 1, 1, 0)
    assert (tally.returned, tally.issued, tally.unreturned) == (4, 5, 1)
    assert (tally.present, tally.eligible) == (5, 5)


def test_who_is_recused_is_handed_nothing_and_stays_present(world):
    ballot = steps.voting_on(world, world.draft())
    last = steps.lines(ballot)[4]
    casting.recuse(ballot, last, actor=world.clerk, reason="承包人是他弟弟。")
    steps.all_cast(ballot, "for", "for", "for")
    tally = casting.close_ballot(ballot, actor=world.clerk)
    assert (tally.issued, tally.returned, tally.present, tally.eligible) == (4, 3, 5, 5)


@pytest.mark.parametrize("method", ["named", "secret"])
def test_it_is_witnessed_and_declared_as_any_other(world, method):
    ballot = closed(world, "for", "for", "for", "against", method=method)
    assert ballot.state == Ballot.State.COUNTED
    with pytest.raises(Forbidden):
        voting.witness(ballot, actor=world.clerk)
    steps.perform(ballot, "witness", voting.witness, world.secretary)
    steps.perform(ballot, "declare", decision.declare, world.clerk)
    assert ballot.matter.stage == "proposed"
    facts = Entry.objects.filter(kind="matter.proposed").get().facts
    assert (facts["method"], facts["returned"]) == (method, 4)


def test_it_is_said_on_what_it_rests(world):
    matter = world.draft()
    for _time in (1, 2):
        world.carry_on(matter)
    ballot = steps.voting_on(world, matter, body="reps")
    steps.all_cast(ballot, *["for"] * 10, *["against"] * 3)
    with steps.records("ballot.closed"):
        steps.perform(ballot, "close_ballot", casting.close_ballot, world.clerk)
    facts = Entry.objects.order_by("id").last().facts
    assert facts["roster_root"] == ballot.sitting.roster.root
    counts = {"votes_for": 10, "votes_against": 3, "abstain": 0, "invalid": 0}
    rests_on = {"eligible": 16, "present": 16, "issued": 16, "returned": 13, "need": 9}
    assert counts.items() <= facts.items()
    assert rests_on.items() <= facts.items()
    assert facts["pass_key"] == "vr.pass"
    assert facts["ruleset"] == ballot.sitting.rules.name
    assert facts["passed"] is True
    assert "votes" not in facts


def test_named_votes_are_sealed_in_one_fact(world):
    ballot = closed(world, "for", "against", method="named")
    entry = Entry.objects.filter(kind="ballot.closed").get()
    assert set(entry.facts["votes"]) == {"sealed"}
    (kept,) = entry.commitments.filter(path="/facts/votes")
    first, second = steps.lines(ballot)[:2]
    assert json.loads(kept.value) == [
        [first.number, first.name, "for"],
        [second.number, second.name, "against"],
    ]


def test_nobody_has_to_vote(world):
    tally = closed(world).tally
    assert (tally.returned, tally.unreturned, tally.passed) == (0, 5, False)


def test_it_is_closed_once(world):
    ballot = closed(world, "for")
    with steps.nothing_changes(), pytest.raises(AlreadyDone):
        casting.close_ballot(ballot, actor=world.clerk)


def test_hands_are_counted_and_votes_are_not(world):
    ballot = steps.opened(world, world.draft(), ticked=True)
    with pytest.raises(OutOfTurn):
        casting.close_ballot(ballot, actor=world.clerk)
    ballot = steps.voting_on(world, world.draft())
    with pytest.raises(OutOfTurn):
        voting.count(ballot, casting.counted(ballot), actor=world.clerk)


def test_there_is_nothing_to_count_again(world):
    ballot = closed(world, "for", "for", "for")
    steps.perform(ballot, "witness", voting.witness, world.secretary)
    steps.perform(ballot, "declare", decision.declare, world.clerk)
    with pytest.raises(OutOfTurn):
        correction.can_recount(ballot)


def test_who_keeps_the_sitting_ends_the_vote(world):
    ballot = steps.voting_on(world, world.draft())
    keepers = ("clerk", "director", "deputy_director", "secretary")
    may_only(world, casting.close_ballot, ballot, *keepers)


@pytest.mark.parametrize("end", ["close", "void"])
def test_whoever_kept_a_slip_votes_with_it_no_more(world, end):
    ballot = steps.voting_on(world, world.draft())
    entry = steps.lines(ballot)[0]
    casting.issue_slips(ballot, [entry], actor=world.clerk)
    why = {"text": "按错了。", "witness_name": "孙建国"}
    if end == "close":
        casting.close_ballot(ballot, actor=world.clerk)
    else:
        correction.void(ballot, actor=world.clerk, **why)
    assert not Slip.objects.exists()


def test_a_ballot_declared_void_keeps_its_votes_where_nobody_finds_them(world):
    ballot = steps.voting_on(world, world.draft())
    receipts = steps.all_cast(ballot, "for", "against", "for")
    before = set(SecretVote.objects.values_list("token", flat=True))
    why = {"text": "按错了。", "witness_name": "孙建国"}
    steps.perform(ballot, "void", correction.void, world.clerk, **why)
    after = SecretVote.objects.filter(ballot=ballot)
    assert sorted(after.values_list("choice", flat=True)) == ["against", "for", "for"]
    assert not before & set(after.values_list("token", flat=True))
    assert set(Receipt.objects.values_list("code", flat=True)) == set(receipts)
