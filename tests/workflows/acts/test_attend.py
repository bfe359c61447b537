"""Who came: the roster is frozen, and everybody on it is there or is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.sitting_steps import (
    convened,
    held,
    nothing_changes,
    opened,
    records,
)
from villages.models import Resident
from workflows import acts
from workflows.acts import arriving, leaving
from workflows.acts import sitting as keeping
from workflows.presenting.people import on_roster


def test_those_ticked_are_there_and_the_roster_is_frozen(world):
    sitting = convened(world, world.draft())
    keys = on_roster(sitting).keys
    with records("sitting.attended"):
        came = keeping.Came(people=keys[:4])
        sitting = keeping.attend(sitting, came, actor=world.clerk)
    assert (sitting.state, sitting.present, sitting.eligible) == ("held", 4, 5)
    assert sitting.roster.frozen_at is not None
    assert {row.entry.key for row in sitting.attendances.all()} == set(keys[:4])


def test_the_entry_tells_the_roster_by_its_root(world):
    sitting = held(world, world.draft(), present=4)
    entry = Entry.objects.of(sitting).of_kind("sitting.attended").get()
    assert entry.facts["roster_root"] == sitting.roster.root
    assert (entry.facts["eligible"], entry.facts["present"]) == (5, 4)


def test_looking_at_the_roster_before_writes_nothing(world):
    sitting = convened(world, world.draft())
    with nothing_changes():
        assert len(on_roster(sitting).entitled) == 5


def test_who_moves_away_later_stays_on_the_roster_of_the_day(world):
    sitting = held(world, world.draft())
    Resident.objects.filter(users=world.director).update(left_on=clock.today())
    assert len(on_roster(sitting).entitled) == 5


def test_attendance_is_corrected_while_nothing_is_voted_on(world):
    sitting = held(world, world.draft(), present=3)
    with records("sitting.attended"):
        came = keeping.Came(people=on_roster(sitting).keys)
        sitting = keeping.attend(sitting, came, actor=world.clerk, again=True)
    assert sitting.present == sitting.attendances.count() == 5


def test_pressed_twice_it_is_entered_once(world):
    sitting = held(world, world.draft())
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        keeping.attend(sitting, keeping.Came(in_person=5), actor=world.clerk)


def test_after_a_ballot_opened_it_stays_as_it_is(world):
    sitting = opened(world, world.draft()).sitting
    came = keeping.Came(in_person=4)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        keeping.attend(sitting, came, actor=world.clerk, again=True)


def test_nobody_has_come_before_the_day(world):
    sitting = convened(world, world.draft(), body="reps")
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        keeping.attend(sitting, keeping.Came(in_person=16), actor=world.clerk)


def test_more_people_than_are_entitled_are_refused_by_name(world):
    sitting = convened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.Refused) as refused:
        keeping.attend(sitting, keeping.Came(in_person=6), actor=world.clerk)
    assert refused.value.names == ["voter_is_eligible"]


def test_who_is_not_on_the_roster_cannot_be_ticked(world):
    sitting = convened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.BadInput):
        keeping.attend(sitting, keeping.Came(people=["r0"]), actor=world.clerk)


@pytest.mark.parametrize("from_afar", [{"online": 1}, {"by_proxy": 1}])
def test_only_the_members_assembly_counts_who_is_elsewhere(world, from_afar):
    sitting = convened(world, world.draft())
    came = keeping.Came(in_person=3, **from_afar)
    with nothing_changes(), pytest.raises(acts.BadInput):
        keeping.attend(sitting, came, actor=world.clerk)


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "township", "zhou"])
def test_only_who_may_keep_the_sitting_enters_who_came(world, by):
    sitting = convened(world, world.draft())
    came = keeping.Came(in_person=5)
    with nothing_changes(), pytest.raises(acts.Forbidden):
        keeping.attend(sitting, came, actor=getattr(world, by))


def test_a_notice_is_served_once_and_then_corrected(world):
    sitting = convened(world, world.draft(), body="reps")
    told = {"means": ["phone"], "reached": 15, "unreached": 1, "who": "张某，外出"}
    with records("sitting.served"):
        keeping.serve(sitting, actor=world.clerk, **told)
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        keeping.serve(sitting, actor=world.clerk, **told)
    with records("sitting.served"):
        keeping.serve(sitting, actor=world.clerk, again=True, **told)


def test_whom_a_notice_did_not_reach_is_named(world):
    sitting = convened(world, world.draft(), body="reps")
    with nothing_changes(), pytest.raises(acts.BadInput) as bad:
        keeping.serve(
            sitting, actor=world.clerk, means=["phone"], reached=15, unreached=1
        )
    assert bad.value.field == "who"


def test_nobody_is_told_of_a_sitting_that_is_being_held(world):
    sitting = held(world, world.draft())
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        keeping.serve(sitting, actor=world.clerk, means=["phone"], reached=5)


def test_a_sitting_a_day_later_than_called_can_still_be_kept(world):
    sitting = convened(world, world.draft())
    clock.move(clock.now() + timedelta(days=1))
    assert keeping.attend(sitting, keeping.Came(in_person=5), actor=world.clerk).pk


def test_who_left_by_name_is_not_counted_twice_among_a_number(world):
    sitting = held(world, world.draft(), ticked=True)
    gone = sitting.attendances.first().entry
    leaving.leave(sitting, [gone], actor=world.clerk)
    keeping.attend(sitting, keeping.Came(in_person=5), actor=world.clerk, again=True)
    with nothing_changes(), pytest.raises(acts.OutOfTurn, match="按人数"):
        arriving.arrive(sitting, gone.key, actor=world.clerk)
