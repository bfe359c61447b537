"""Who came cannot be invented, moved or taken away by raw SQL."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from tests.workflows.guards import refused, sql
from tests.workflows.sitting_steps import convened, held, perform
from workflows.acts import arriving, decision
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.figures import Figures
from workflows.models import Absence, Attendance, Observer, Signature
from workflows.presenting.people import on_roster

PROMISE = "who_came_is_entered_in_time"
NAME = "10,20 30,40 50,60 70,80 90,100 110,120 130,140 150,160"
TABLES = ("attendance", "signature", "absence", "observer")
COMES = """
    INSERT INTO workflows_attendance (sitting_id, entry_id, how, signed)
    VALUES (%s, %s, 'in_person', 'ticked')
"""


@pytest.fixture
def sitting(world):
    """Four came by name, one signed; one is absent; the township listens."""
    sitting = convened(world, world.draft())
    keys = on_roster(sitting).keys
    for key in keys[:3]:
        arriving.arrive(sitting, key, actor=world.clerk)
    given = {"signed": "finger", "written": NAME}
    arriving.arrive(sitting, keys[3], actor=world.clerk, **given)
    arriving.excuse(sitting, keys[4], actor=world.clerk, reason="ill")
    arriving.observe(sitting, actor=world.clerk, name="吴明", capacity="township")
    sitting.refresh_from_db()
    return sitting


@contextmanager
def unique():
    with pytest.raises(IntegrityError, match="one_attendance"), transaction.atomic():
        yield


def absent(sitting):
    return sitting.absences.get().entry_id


def end(world, sitting):
    ballot = sitting.ballots.get()
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk)
    figures = Figures.by_hands(4, 4, 0)
    perform(ballot, "count", voting.count, world.clerk, figures=figures)
    perform(ballot, "witness", voting.witness, world.secretary)
    perform(ballot, "declare", decision.declare, world.clerk)


def test_nobody_comes_who_is_not_on_this_roster(world, sitting):
    other = held(world, world.draft())
    stranger = other.roster.entries.first().pk
    with refused(PROMISE):
        sql(COMES, sitting.pk, stranger)


def test_nobody_comes_before_there_is_a_roster(world, sitting):
    waiting = convened(world, world.draft())
    known = sitting.attendances.first().entry_id
    with refused(PROMISE):
        sql(COMES, waiting.pk, known)


def test_nobody_comes_twice(sitting):
    known = sitting.attendances.first().entry_id
    with unique():
        sql(COMES, sitting.pk, known)


def test_an_attendance_is_nobody_elses(sitting):
    with refused(PROMISE):
        sitting.attendances.filter(signed="finger").update(entry=absent(sitting))
    with refused(PROMISE):
        sitting.signatures.update(entry=absent(sitting))


@pytest.mark.parametrize("model", [Attendance, Signature, Absence, Observer])
def test_nothing_moves_to_another_sitting(world, sitting, model):
    other = held(world, world.draft())
    with refused(PROMISE):
        model.objects.update(sitting=other)


def test_after_the_end_nothing_is_added_changed_or_taken_away(world, sitting):
    line = absent(sitting)
    end(world, sitting)
    sitting.refresh_from_db()
    assert sitting.state == "closed"
    with refused(PROMISE):
        sql(COMES, sitting.pk, line)
    for change in (
        "UPDATE workflows_attendance SET how = 'online'",
        "UPDATE workflows_attendance SET signed = 'sheet'",
        "UPDATE workflows_attendance SET came_at = NULL",
        "UPDATE workflows_attendance SET left_at = came_at",
        "UPDATE workflows_signature SET hash = repeat('0', 64)",
        "UPDATE workflows_absence SET reason = 'none'",
        "UPDATE workflows_observer SET capacity = 'other'",
        "DELETE FROM workflows_attendance",
        "DELETE FROM workflows_signature",
        "DELETE FROM workflows_absence",
        "DELETE FROM workflows_observer",
    ):
        with refused(PROMISE):
            sql(change)


def test_what_is_personal_may_be_erased_after_the_end(world, sitting):
    end(world, sitting)
    sql("UPDATE workflows_signature SET name = '', strokes = ''")
    sql("UPDATE workflows_absence SET name = '', note = ''")
    sql("UPDATE workflows_observer SET name = '', post = ''")
    connection.check_constraints()


def test_who_was_there_at_a_vote_was_there(world, sitting):
    ballot = sitting.ballots.get()
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk)
    with refused(PROMISE):
        sql("DELETE FROM workflows_attendance WHERE signed = 'ticked'")


def test_after_a_lapse_nobody_comes(world):
    waiting = convened(world, world.draft())
    keys = on_roster(waiting).keys
    arriving.arrive(waiting, keys[0], actor=world.clerk)
    lapsed = keeping.lapse(waiting, actor=world.clerk)
    line = lapsed.roster.entries.exclude(
        resident=lapsed.attendances.get().entry.resident
    )
    with refused(PROMISE):
        sql(
            COMES,
            lapsed.pk,
            line.first().pk,
        )


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_truncated(sitting, table):
    connection.check_constraints()
    with refused(PROMISE):
        sql(f"TRUNCATE workflows_{table}")
