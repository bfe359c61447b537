"""Whom a question concerns does not vote on it."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows import sitting_steps as steps
from tests.workflows.acts.asking import may_only
from workflows.acts import BadInput, OutOfTurn, casting
from workflows.acts import ballot as voting
from workflows.figures import Figures

pytestmark = pytest.mark.django_db

WHY = "承包人是他弟弟。"


def test_it_is_recorded_with_the_reason_behind_a_seal(world):
    ballot = steps.voting_on(world, world.draft())
    entry = steps.lines(ballot)[0]
    with steps.records("ballot.recused"):
        casting.recuse(ballot, entry, actor=world.clerk, reason=WHY)
    recusal = ballot.recusals.get()
    assert (recusal.entry, recusal.reason) == (entry, WHY)
    facts = Entry.objects.order_by("id").last().facts
    assert set(facts["who"]) == set(facts["reason"]) == {"sealed"}


def test_it_may_be_entered_before_the_vote_begins(world):
    ballot = steps.held(world, world.draft(), ticked=True).ballots.get()
    casting.recuse(ballot, steps.lines(ballot)[0], actor=world.clerk, reason=WHY)
    assert ballot.recusals.count() == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_needs_a_reason(world, reason):
    ballot = steps.voting_on(world, world.draft())
    entry = steps.lines(ballot)[0]
    with steps.nothing_changes(), pytest.raises(BadInput):
        casting.recuse(ballot, entry, actor=world.clerk, reason=reason)


def test_who_has_voted_is_not_recused_afterwards(world):
    ballot = steps.voting_on(world, world.draft())
    steps.all_cast(ballot, "for")
    entry = steps.lines(ballot)[0]
    with steps.nothing_changes(), pytest.raises(BadInput):
        casting.recuse(ballot, entry, actor=world.clerk, reason=WHY)


def test_it_is_entered_once_and_of_members_alone(world):
    ballot = steps.voting_on(world, world.draft())
    entry = steps.lines(ballot)[0]
    casting.recuse(ballot, entry, actor=world.clerk, reason=WHY)
    other = steps.voting_on(world, world.draft())
    for stranger in (entry, steps.lines(other)[1]):
        with steps.nothing_changes(), pytest.raises(BadInput):
            casting.recuse(ballot, stranger, actor=world.clerk, reason=WHY)


def test_it_is_too_late_when_the_vote_is_over(world):
    ballot = steps.voting_on(world, world.draft())
    casting.close_ballot(ballot, actor=world.clerk)
    entry = steps.lines(ballot)[0]
    with steps.nothing_changes(), pytest.raises(OutOfTurn):
        casting.recuse(ballot, entry, actor=world.clerk, reason=WHY)


def test_only_who_keeps_the_sitting_enters_it(world):
    ballot = steps.voting_on(world, world.draft())
    keepers = ("clerk", "director", "deputy_director", "secretary")
    given = {"entry": steps.lines(ballot)[0], "reason": WHY}
    may_only(world, casting.recuse, ballot, *keepers, **given)


@pytest.mark.parametrize("method", ["hands", "paper"])
def test_nobody_is_recused_once_hands_are_raised(world, method):
    """Else who keeps the sitting could see how somebody votes, and strike them out."""
    ballot = steps.opened(world, world.draft(), method=method, ticked=True)
    entry = steps.lines(ballot)[0]
    with steps.nothing_changes(), pytest.raises(OutOfTurn):
        casting.recuse(ballot, entry, actor=world.clerk, reason=WHY)


def test_counts_of_as_many_as_vote_no_longer_are_not_taken(world):
    ballot = steps.held(world, world.draft(), ticked=True).ballots.get()
    everybody = Figures.by_hands(ballot.voting, 3, 2)
    casting.recuse(ballot, steps.lines(ballot)[0], actor=world.clerk, reason=WHY)
    steps.perform(ballot, "open_ballot", voting.open_ballot, world.clerk)
    with steps.nothing_changes(), pytest.raises(BadInput, match="4 人"):
        voting.count(ballot, everybody, actor=world.clerk)
