"""What the database refuses of votes and counts, whoever asks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from audit import clock
from tests.workflows import sitting_steps as steps
from workflows.acts import ballot as voting
from workflows.acts import casting
from workflows.models import Participation, Receipt, SecretVote

pytestmark = pytest.mark.django_db

A_VOTE = "INSERT INTO workflows_participation (ballot_id, entry_id, choice) VALUES "
SECRET = "INSERT INTO workflows_secretvote (token, ballot_id, choice) VALUES "
OPEN_THE_DOOR = "SELECT set_config('workflows.cast_at', %s, true)"


@contextmanager
def refused(by: str) -> Iterator[None]:
    before = steps.rows()
    with pytest.raises(DatabaseError, match=by), transaction.atomic():
        yield
    assert steps.rows() == before


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def settle() -> None:
    """What waits for the end of the transaction is looked at now."""
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")


def by_hand(ballot, entry, choice="", at=None) -> None:
    """As somebody would who knows how the function opens the door."""
    run(OPEN_THE_DOOR, str(at or clock.now()))
    run(f"{A_VOTE} (%s, %s, %s)", ballot.pk, entry.pk, choice)


@pytest.fixture
def ballot(world):
    return steps.voting_on(world, world.draft())


def test_a_vote_by_hand(ballot):
    entry = steps.lines(ballot)[0]
    with refused("not by workflows_cast"):
        run(f"{A_VOTE} (%s, %s, '')", ballot.pk, entry.pk)
    with refused("not by workflows_cast"):
        run(f"{SECRET} (gen_random_uuid(), %s, 'for')", ballot.pk)
    with refused("not by workflows_cast"):
        run("INSERT INTO workflows_receipt VALUES ('0000000000', %s)", ballot.pk)


def test_a_second_vote(ballot):
    steps.all_cast(ballot, "for")
    with refused("workflows_participation_pkey"):
        by_hand(ballot, steps.lines(ballot)[0])


def test_a_vote_of_one_not_on_the_roster(world, ballot):
    other = steps.voting_on(world, world.draft())
    with refused("vote refused: stranger"):
        by_hand(ballot, steps.lines(other)[0])


def test_a_vote_of_one_who_did_not_come_or_is_recused(world):
    ballot = steps.voting_on(world, world.draft(), present=4)
    with refused("vote refused: absent"):
        by_hand(ballot, steps.lines(ballot)[4])
    entry = steps.lines(ballot)[0]
    casting.recuse(ballot, entry, actor=world.clerk, reason="承包人是他弟弟。")
    with refused("vote refused: recused"):
        by_hand(ballot, entry)


def test_a_vote_after_closing(world, ballot):
    casting.close_ballot(ballot, actor=world.clerk)
    with refused("vote refused: not_open"):
        by_hand(ballot, steps.lines(ballot)[0])


def test_a_secret_vote_after_closing(world, ballot):
    casting.close_ballot(ballot, actor=world.clerk)
    with refused("vote refused: not_open"):
        run(OPEN_THE_DOOR, str(clock.now()))
        run(f"{SECRET} (gen_random_uuid(), %s, 'for')", ballot.pk)


def test_a_vote_after_its_time(world):
    ballot = steps.held(world, world.draft(), ticked=True).ballots.get()
    until = clock.now() + timedelta(minutes=5)
    given = {"method": "secret", "closes_at": until}
    steps.perform(ballot, "open_ballot", voting.open_ballot, world.clerk, **given)
    with refused("vote refused: closed"):
        by_hand(ballot, steps.lines(ballot)[0], at=until)


def test_a_choice_beside_the_name_of_a_secret_voter(ballot):
    with refused("a name beside a secret vote"):
        by_hand(ballot, steps.lines(ballot)[0], "for")


def test_a_vote_stuffed_in_stops_the_count(world, ballot):
    steps.all_cast(ballot, "for")
    run(OPEN_THE_DOOR, str(clock.now()))
    run(f"{SECRET} (gen_random_uuid(), %s, 'for')", ballot.pk)
    with refused("votes, voters and receipts do not agree"):
        casting.close_ballot(ballot, actor=world.clerk)


@pytest.mark.parametrize("model", [Participation, SecretVote, Receipt])
@pytest.mark.parametrize("ended", [False, True])
def test_a_change_or_deletion_of_a_vote(world, ballot, model, ended):
    steps.all_cast(ballot, "for", "against")
    if ended:
        casting.close_ballot(ballot, actor=world.clerk)
    table = model._meta.db_table
    column = "code" if model is Receipt else "choice"
    settle()
    for statement in (
        f"UPDATE {table} SET {column} = 'abstain'",  # noqa: S608
        f"DELETE FROM {table}",  # noqa: S608
        f"TRUNCATE {table}",
    ):
        with refused("votes stay"):
            run(statement)


COUNTS = ("votes_for", "votes_against", "abstain", "invalid", "returned", "issued")


@pytest.mark.parametrize("column", [*COUNTS, "present", "eligible", "need"])
def test_a_change_of_a_frozen_tally(world, ballot, column):
    steps.all_cast(ballot, "for", "against")
    casting.close_ballot(ballot, actor=world.clerk)
    with refused("counts stay"):
        run(f"UPDATE workflows_tally SET {column} = {column} + 1")  # noqa: S608


def test_a_frozen_tally_is_not_taken_away(world, ballot):
    casting.close_ballot(ballot, actor=world.clerk)
    settle()
    for statement in (
        "DELETE FROM workflows_tally",
        "TRUNCATE workflows_tally CASCADE",
    ):
        with refused("counts stay"):
            run(statement)
    by_hands = steps.witnessed(world, world.draft())
    with refused("counts stay"):
        run("DELETE FROM workflows_tally WHERE ballot_id = %s", by_hands.pk)


def test_counts_of_hands_never_change_either(world):
    steps.counted(world, world.draft())
    with refused("counts stay"):
        run("UPDATE workflows_tally SET votes_for = votes_for + 1")


def test_a_tally_that_was_not_cast_like_this(world, ballot, monkeypatch):
    steps.all_cast(ballot, "against", "against", "against")
    figures = casting.Figures(5, 5, 3, 3, 0, 0, 0)
    monkeypatch.setattr(casting, "counted", lambda _ballot: figures)
    with refused("was not cast like this"):
        casting.close_ballot(ballot, actor=world.clerk)


@pytest.mark.parametrize(
    "change", ["state = 'open'", "state = 'scheduled'", "method = 'hands'"]
)
def test_a_ballot_is_put_once(world, ballot, change):
    casting.close_ballot(ballot, actor=world.clerk)
    with refused("was put already"):
        run(f"UPDATE workflows_ballot SET {change} WHERE id = %s", ballot.pk)  # noqa: S608


def test_a_recusal_after_the_vote(ballot):
    steps.all_cast(ballot, "for")
    with refused("too late to be recused"):
        run(
            "INSERT INTO workflows_recusal (ballot_id, entry_id, reason) "
            "VALUES (%s, %s, '亲属')",
            ballot.pk,
            steps.lines(ballot)[0].pk,
        )


def test_a_recusal_is_not_taken_back(world, ballot):
    entry, other = steps.lines(ballot)[:2]
    casting.recuse(ballot, entry, actor=world.clerk, reason="承包人是他弟弟。")
    settle()
    with refused("recusals stay"):
        run("DELETE FROM workflows_recusal")
    with refused("recusals stay"):
        run("UPDATE workflows_recusal SET entry_id = %s", other.pk)
    with refused("recusals stay"):
        run("TRUNCATE workflows_recusal")
