"""A vote and the end of the voting, one behind the other."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from tests.workflows import sitting_steps as steps
from tests.workflows.racing import one_behind_the_other
from workflows.acts import OutOfTurn, Refused, casting, drafting
from workflows.acts import ballot as voting
from workflows.models import Ballot, Recusal, SecretVote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ballot(world):
    return steps.voting_on(world, world.draft())


def by_act(ballot, world):
    casting.close_ballot(ballot, actor=world.clerk)


def by_withdrawal(ballot, world):
    """What interrupts the matter ends its votes."""
    drafting.withdraw(ballot.matter, actor=world.clerk, text="另想办法。")


def vote(ballot, who=0):
    return casting.cast_line(ballot, steps.lines(ballot)[who], "for")


@pytest.mark.parametrize("end", [by_act, by_withdrawal])
def test_who_votes_while_it_ends_waits_and_is_refused(world, ballot, end):
    vote(ballot)
    ended, voted = one_behind_the_other(
        lambda: end(ballot, world), lambda: vote(ballot, 1)
    )
    assert ended.error is None
    assert isinstance(voted.error, OutOfTurn)
    assert SecretVote.objects.count() == 1


@pytest.mark.parametrize("end", [by_act, by_withdrawal])
def test_who_ends_it_while_somebody_votes_waits_for_the_vote(world, ballot, end):
    voted, ended = one_behind_the_other(
        lambda: vote(ballot), lambda: end(ballot, world)
    )
    assert (voted.error, ended.error) == (None, None)
    assert SecretVote.objects.get().choice == "for"
    found = Ballot.objects.get(pk=ballot.pk)
    assert found.state != Ballot.State.OPEN
    if end is by_act:
        assert found.tallies.get().returned == 1


def test_of_two_presses_at_once_the_second_is_told_that_it_voted(ballot):
    first, second = one_behind_the_other(lambda: vote(ballot), lambda: vote(ballot))
    assert first.error is None
    assert isinstance(second.error, Refused)
    assert SecretVote.objects.count() == 1


def test_who_is_recused_by_a_page_opened_before_the_vote_does_not_vote(world):
    """What the page knew of the item is what it was before it was put to the vote."""
    put = steps.held(world, world.draft(), ticked=True).ballots.get()
    known = Ballot.objects.get(pk=put.pk)
    steps.perform(put, "open_ballot", voting.open_ballot, world.clerk, method="secret")
    entry = steps.lines(put)[0]
    recused, voted = one_behind_the_other(
        lambda: casting.recuse(known, entry, actor=world.clerk, reason="亲属"),
        lambda: vote(put),
    )
    assert recused.error is None
    assert isinstance(voted.error, Refused)
    assert not put.participations.exists()


def test_a_row_that_recuses_somebody_comes_before_or_after_the_vote(ballot):
    """Also where no act wrote it."""
    who = {"ballot": ballot, "entry": steps.lines(ballot)[0], "reason": "亲属"}
    recused, voted = one_behind_the_other(
        lambda: Recusal.objects.create(**who), lambda: vote(ballot)
    )
    assert recused.error is None
    assert isinstance(voted.error, Refused)
    who["entry"] = steps.lines(ballot)[1]
    voted, recused = one_behind_the_other(
        lambda: vote(ballot, 1), lambda: Recusal.objects.create(**who)
    )
    assert voted.error is None
    assert isinstance(recused.error, IntegrityError)
