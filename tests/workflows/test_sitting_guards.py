"""A sitting and its votes go on by acts alone, whoever asks the database."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.workflows import sitting_steps as steps
from tests.workflows.guards import refused, sql
from workflows.acts import correction

IN_TIME = "who_came_is_entered_in_time"
ONCE = "a_ballot_is_put_once"
COMES = """
    INSERT INTO workflows_attendance (sitting_id, entry_id, how, signed)
    VALUES (%s, %s, 'in_person', 'ticked')
"""


@pytest.fixture
def sitting(world):
    """Four of five came, by name."""
    sitting = steps.held(world, world.draft(), present=4, ticked=True)
    connection.check_constraints()
    return sitting


@pytest.fixture
def ballot(world):
    """The same, and they vote."""
    ballot = steps.voting_on(world, world.draft(), present=4)
    connection.check_constraints()
    return ballot


def test_nobody_comes_or_leaves_while_a_vote_is_taken(ballot):
    with refused(IN_TIME):
        sql(COMES, ballot.sitting_id, steps.lines(ballot)[4].pk)
    with refused(IN_TIME):
        sql("UPDATE workflows_attendance SET left_at = now()")


@pytest.mark.parametrize("change", ["in_person = 5", "state = 'convened'"])
def test_nor_does_the_sitting_change(ballot, change):
    with refused(IN_TIME):
        sql(f"UPDATE workflows_sitting SET {change} WHERE id = %s", ballot.sitting_id)  # noqa: S608


def test_a_sitting_that_is_over_does_not_go_on(world):
    ballot = steps.declared(world, world.draft())
    connection.check_constraints()
    with refused(IN_TIME):
        sql(
            "UPDATE workflows_sitting SET state = 'held' WHERE id = %s",
            ballot.sitting_id,
        )


def test_nobody_takes_part_from_elsewhere_in_a_village_meeting(sitting):
    with refused(IN_TIME):
        sql("UPDATE workflows_attendance SET how = 'online'")


def test_a_vote_does_not_begin_earlier_or_come_back(ballot):
    with refused(ONCE):
        sql("UPDATE workflows_ballot SET opened_at = now() WHERE id = %s", ballot.pk)


def test_a_void_vote_stays_void(world):
    ballot = steps.opened(world, world.draft())
    given = {"text": "清点有误。", "witness_name": "孙建国"}
    steps.perform(ballot, "void", correction.void, world.clerk, **given)
    with refused(ONCE):
        sql("UPDATE workflows_ballot SET state = 'counted' WHERE id = %s", ballot.pk)


@pytest.mark.parametrize("method", ["hands", "paper"])
def test_nobody_is_recused_once_hands_are_raised(world, method):
    ballot = steps.opened(world, world.draft(), method=method, ticked=True)
    with refused("recused_in_time"):
        sql(
            "INSERT INTO workflows_recusal (ballot_id, entry_id, reason)"
            " VALUES (%s, %s, '亲属')",
            ballot.pk,
            steps.lines(ballot)[0].pk,
        )
