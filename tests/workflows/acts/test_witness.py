"""A second person compares the counts with the sheet."""

from __future__ import annotations

import hashlib
import threading

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from audit import clock
from audit.models import Entry
from tests.workflows.sitting_steps import (
    counted,
    nothing_changes,
    opened,
    perform,
    records,
    witnessed,
)
from tests.world import lived_in
from villages.models import Body, Office, Seat, User
from workflows import acts, flows
from workflows.acts import ballot as voting
from workflows.figures import Figures
from workflows.models import Ballot
from workflows.stage import Stage


def test_a_supervisor_confirms_what_the_clerk_entered(world):
    ballot = counted(world, world.matter_at(Stage.REVIEWED), body="reps")
    with records("ballot.witnessed"):
        perform(ballot, "witness", voting.witness, world.supervisor1)
    assert (ballot.state, ballot.tally.witness) == ("witnessed", world.supervisor1)


def test_the_sheet_that_was_looked_at_is_known_by_its_hash(world):
    ballot = opened(world, world.draft())
    given = {"figures": Figures.by_hands(5, 5, 0), "sheet": ContentFile(b"%PDF-", "a")}
    perform(ballot, "count", voting.count, world.clerk, **given)
    perform(ballot, "witness", voting.witness, world.secretary)
    entry = Entry.objects.of(ballot).of_kind("ballot.witnessed").get()
    assert entry.facts["sheet"] == hashlib.sha256(b"%PDF-").hexdigest()


def test_who_entered_the_counts_does_not_witness_them(world):
    ballot = counted(world, world.draft())
    with nothing_changes(), pytest.raises(acts.Forbidden) as forbidden:
        voting.witness(ballot, actor=world.clerk)
    assert "另一人" in forbidden.value.why


def test_who_chairs_does_not_witness(world):
    ballot = counted(world, world.draft(), chair=str(world.secretary))
    with nothing_changes(), pytest.raises(acts.Forbidden) as forbidden:
        voting.witness(ballot, actor=world.secretary)
    assert "主持人" in forbidden.value.why


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "party01", "group_leader"])
def test_at_the_joint_sitting_another_member_witnesses_and_no_other_officer(world, by):
    ballot = counted(world, world.draft())
    with nothing_changes(), pytest.raises(acts.Forbidden) as forbidden:
        voting.witness(ballot, actor=getattr(world, by))
    assert "另一名两委成员" in forbidden.value.why
    perform(ballot, "witness", voting.witness, world.deputy_director)
    assert ballot.state == "witnessed"


def test_who_was_seated_only_after_the_sitting_does_not_witness_it(world):
    ballot = counted(world, world.draft())
    body = Body.objects.get(village=world.village, kind="committee")
    newcomer = world.rep01.resident
    Seat.objects.create(body=body, resident=newcomer, since=clock.today())
    with nothing_changes(), pytest.raises(acts.Forbidden):
        voting.witness(ballot, actor=world.rep01)


def test_in_the_party_meeting_a_party_member_witnesses(world):
    matter = world.matter_at(Stage.PROPOSED)
    ballot = counted(world, matter, body="party", votes_for=8)
    with nothing_changes(), pytest.raises(acts.Forbidden):
        voting.witness(ballot, actor=world.rep01)
    perform(ballot, "witness", voting.witness, world.party01)
    assert ballot.state == "witnessed"


@pytest.mark.parametrize("by", ["township", "county", "zhou", "li"])
def test_only_people_of_the_village_witness(world, by):
    ballot = counted(world, world.draft())
    with nothing_changes(), pytest.raises(acts.Forbidden):
        voting.witness(ballot, actor=getattr(world, by))


def test_there_is_nothing_to_witness_before_the_counts(world):
    ballot = opened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.OutOfTurn) as early:
        voting.witness(ballot, actor=world.supervisor1)
    assert not isinstance(early.value, acts.AlreadyDone)


def test_pressed_twice_it_is_witnessed_once(world):
    ballot = witnessed(world, world.draft())
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        voting.witness(ballot, actor=world.deputy_director)


def test_counts_entered_anew_meanwhile_are_looked_at_again(world):
    ballot = counted(world, world.draft())
    seen = ballot.tally.pk
    figures = Figures.by_hands(5, 5, 0)
    perform(ballot, "count", voting.count, world.clerk, figures=figures, seen=seen)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        voting.witness(ballot, actor=world.secretary, seen=seen)


@pytest.mark.django_db(transaction=True)
def test_of_two_witnesses_at_once_one_is_told_it_was_done():
    with lived_in() as world:
        ballot = counted(world, world.draft())
        both = threading.Barrier(2)
        results: list[str] = []

        def press(by):
            mine = Ballot.objects.select_related("matter").get(pk=ballot.pk)
            both.wait()
            try:
                flows.perform(
                    mine.matter,
                    "witness",
                    lambda: voting.witness(mine, actor=by),
                    actor=by,
                )
                results.append("done")
            except acts.AlreadyDone:
                results.append("already")
            finally:
                connection.close()

        pressing = [
            threading.Thread(target=press, args=[by])
            for by in (world.secretary, world.deputy_director)
        ]
        with records("ballot.witnessed"):
            for thread in pressing:
                thread.start()
            for thread in pressing:
                thread.join()
        assert sorted(results) == ["already", "done"]


def test_nobody_witnesses_themselves_by_another_account(world):
    matter = world.matter_at(Stage.REVIEWED)
    ballot = counted(world, matter, body="reps", votes_for=10, against=6)
    twin = User.objects.create(username="again", resident=world.clerk.resident)
    since = clock.today()
    Office.objects.create(holder=twin, village=world.village, role="rep", since=since)
    with nothing_changes(), pytest.raises(acts.Forbidden, match="另一人"):
        voting.witness(ballot, actor=twin)
