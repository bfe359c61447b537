"""What happens to a sitting has its entry in the same transaction.

Else the next act would seal whatever it found there.
"""

from __future__ import annotations

import pytest

from audit.verification import Run
from tests.workflows import sitting_steps as steps
from tests.workflows.guards import refused_at_commit, sql
from workflows.acts import leaving

pytestmark = pytest.mark.django_db(transaction=True)

COMES = """
    INSERT INTO workflows_attendance (sitting_id, entry_id, how, signed)
    VALUES (%s, %s, 'in_person', 'ticked')
"""
OF_ATTENDANCE = ("left_at = now()", "signed = 'code'", "came_at = NULL")
OF_SITTINGS = ("in_person = 5", "strangers = 1", "state = 'closed'", "online = 1")


def unrecorded(statement: str, *values: object) -> None:
    with refused_at_commit("without an entry"):
        sql(statement, *values)


def test_who_came_and_how_many(world):
    sitting = steps.held(world, world.draft(), present=4, ticked=True)
    lines = steps.lines(sitting.ballots.get())
    unrecorded(COMES, sitting.pk, lines[4].pk)
    unrecorded("DELETE FROM workflows_attendance")
    for change in OF_ATTENDANCE:
        unrecorded(f"UPDATE workflows_attendance SET {change}")  # noqa: S608
    for change in OF_SITTINGS:
        unrecorded(f"UPDATE workflows_sitting SET {change}")  # noqa: S608
    leaving.leave(sitting, lines[:1], actor=world.clerk)
    assert sitting.attendances.exclude(left_at=None).count() == 1
    assert list(Run().run()) == []


def test_how_far_a_vote_is(world):
    """Nobody begins a vote that no act began, nor ends one."""
    first = steps.held(world, world.draft(), present=4, ticked=True).ballots.get()
    unrecorded(
        "UPDATE workflows_ballot SET state = 'open', method = 'secret',"
        " version_id = announced_version_id WHERE id = %s",
        first.pk,
    )
    put = steps.voting_on(world, world.draft())
    for state in ("voided", "declared"):
        change = "UPDATE workflows_ballot SET state = %s WHERE id = %s"
        unrecorded(change, state, put.pk)
