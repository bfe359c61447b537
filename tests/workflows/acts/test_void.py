"""A ballot is void, with the reason, by two people; the matter is voted on again."""

from __future__ import annotations

import pytest
from django.db.models import prefetch_related_objects

from tests.workflows.sitting_steps import (
    counted,
    declared,
    held,
    nothing_changes,
    opened,
    perform,
    records,
)
from tests.world import renew
from workflows import acts
from workflows.acts import ballot as voting
from workflows.acts import correction
from workflows.models import Ballot
from workflows.stage import Stage

WHY = {"text": "收回的票多于发出的票。", "witness_name": "孙建国"}


def test_an_open_ballot_is_void_and_stands_on_the_agenda_once_more(world):
    matter = world.draft()
    ballot = opened(world, matter)
    with records("matter.voided"):
        perform(ballot, "void", correction.void, world.clerk, **WHY)
    again = Ballot.objects.get(state="scheduled")
    assert (again.sitting, again.matter, again.position) == (ballot.sitting, matter, 1)
    perform(again, "open_ballot", voting.open_ballot, world.clerk)
    assert again.state == "open"


def test_counts_that_do_not_close_make_a_ballot_void(world):
    ballot = counted(world, world.draft())
    perform(ballot, "void", correction.void, world.clerk, **WHY)
    assert (ballot.state, ballot.void_reason) == ("voided", WHY["text"])


@pytest.mark.parametrize(
    ("before", "body", "votes_for"),
    [
        (Stage.DRAFTED, "joint", 5),
        (Stage.DRAFTED, "joint", 0),
        (Stage.REVIEWED, "reps", 16),
        (Stage.REVIEWED, "reps", 0),
    ],
)
def test_a_declared_ballot_leads_back_to_where_the_matter_stood(
    world, before, body, votes_for
):
    matter = world.matter_at(before)
    ballot = declared(world, matter, body=body, votes_for=votes_for, against=0)
    assert matter.stage != before
    perform(ballot, "void", correction.void, world.clerk, **WHY)
    matter.refresh_from_db()
    assert matter.stage == before
    assert not Ballot.objects.filter(state="scheduled").exists()
    proceedings = matter.proceedings.filter(running=True)
    assert proceedings.count() == 1


def test_only_the_newest_ballot_can_be_void(world):
    matter = world.draft()
    ballot = declared(world, matter)
    declared(world, matter, body="party", votes_for=9, against=0)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        correction.void(ballot, actor=world.clerk, **WHY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"text": " "}, "text"), ({"witness_name": ""}, "witness_name")],
)
def test_it_wants_a_reason_and_a_second_person(world, wrong, field):
    ballot = opened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.BadInput) as bad:
        correction.void(ballot, actor=world.clerk, **(WHY | wrong))
    assert bad.value.field == field


def test_the_second_person_is_not_the_first(world):
    ballot = opened(world, world.draft())
    mine = WHY | {"witness_name": str(world.clerk)}
    with nothing_changes(), pytest.raises(acts.BadInput):
        correction.void(ballot, actor=world.clerk, **mine)


def test_what_was_never_put_is_not_void_and_nothing_twice(world):
    waiting = held(world, world.draft()).ballots.get()
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        correction.void(waiting, actor=world.clerk, **WHY)
    perform(waiting, "open_ballot", voting.open_ballot, world.clerk)
    perform(waiting, "void", correction.void, world.clerk, **WHY)
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        correction.void(waiting, actor=world.clerk, **WHY)


@pytest.mark.parametrize("by", ["director", "supervisor1", "rep01", "township", "zhou"])
def test_only_the_clerk_with_a_second_person_does_it(world, by):
    ballot = opened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.Forbidden):
        correction.void(ballot, actor=getattr(world, by), **WHY)


def voided(world, matter):
    ballot = matter.ballots.order_by("pk").last()
    perform(ballot, "void", correction.void, world.clerk, **WHY)
    renew(matter)
    return ballot


def test_nothing_is_resolved_any_more_by_a_ballot_that_is_void(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    assert voided(world, matter).resolutions.exists()
    assert (matter.resolution, matter.notice_on_show) == (None, None)
    matter.forget()
    prefetch_related_objects([matter], "resolutions__ballot__sitting")
    assert matter.resolution is None


def test_decided_anew_only_the_new_resolution_stands(world):
    matter = world.matter_at(Stage.ADOPTED)
    old = matter.resolution
    voided(world, matter)
    world.hold(matter, "reps")
    assert matter.resolution not in (None, old)
    voided(world, matter)
    assert matter.resolution is None


def test_a_no_that_is_void_did_not_end_the_matter(world):
    matter = world.matter_at(Stage.REJECTED)
    assert matter.rejected_by == "reps"
    voided(world, matter)
    assert (matter.rejected_by, matter.resolution) == ("", None)
