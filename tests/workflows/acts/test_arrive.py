"""People come one by one: ticked, by finger, by the code on the screen; some later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from audit.verification import Run
from tests.workflows.sitting_steps import (
    convened,
    declared,
    held,
    nothing_changes,
    perform,
    records,
)
from workflows import acts, rotating
from workflows.acts import arriving, leaving
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.models import Attendance
from workflows.presenting.people import on_roster
from workflows.stage import Stage

NAME = "10,20 30,40 50,60 70,80;90,100 110,120 130,140 150,160"


def called(world):
    """A sitting of the representatives, on its day."""
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    clock.move(sitting.held_at)
    return sitting


def come(world, sitting, *keys, **given):
    for key in keys:
        arriving.arrive(sitting, key, actor=world.clerk, **given)
    sitting.refresh_from_db()
    return sitting


def test_the_first_who_comes_opens_the_sitting_and_freezes_its_roster(world):
    sitting = called(world)
    key = on_roster(sitting).keys[3]
    with records("sitting.arrived"):
        come(world, sitting, key)
    assert (sitting.state, sitting.present, sitting.eligible) == ("held", 1, 16)
    assert sitting.roster.frozen_at is not None
    row = sitting.attendances.get()
    assert (row.entry.key, row.signed, row.came_at) == (key, "ticked", clock.now())


def test_the_entry_counts_and_keeps_the_name_sealed(world):
    sitting = called(world)
    come(world, sitting, *on_roster(sitting).keys[:2])
    entry = Entry.objects.of_kind("sitting.arrived").ready_to_open().last()
    assert (entry.facts["present"], entry.facts["signed"]) == (2, "ticked")
    assert entry.facts["roster_root"] == sitting.roster.root
    name = sitting.attendances.last().entry.name
    assert entry.opened()["who"] == name
    assert name not in entry.body


def test_who_comes_later_counts_from_then_on(world):
    sitting = called(world)
    keys = on_roster(sitting).keys
    come(world, sitting, *keys[:10])
    ballot = sitting.ballots.get()
    with pytest.raises(acts.Refused) as refused:
        voting.open_ballot(ballot, actor=world.clerk)
    assert refused.value.names == ["quorum_present"]
    clock.move(clock.now() + timedelta(minutes=20))
    come(world, sitting, keys[10])
    late = sitting.attendances.get(entry__in=sitting.roster.entries.filter(number=11))
    assert late.came_at == sitting.held_at + timedelta(minutes=20)
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk)


def test_nobody_comes_into_an_open_vote_and_again_after_it(world):
    first, second = world.draft(), world.draft()
    sitting = convened(world, first, second)
    keys = on_roster(sitting).keys
    come(world, sitting, *keys[:4])
    ballot = sitting.ballots.get(matter=first)
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk)
    with nothing_changes(), pytest.raises(acts.OutOfTurn, match="正在表决"):
        come(world, sitting, keys[4])


def test_a_name_drawn_with_a_finger_is_kept_with_its_hash(world):
    sitting = called(world)
    key = on_roster(sitting).keys[0]
    come(world, sitting, key, signed="finger", written=NAME)
    kept = sitting.signatures.get()
    assert kept.strokes == NAME
    assert len(kept.hash) == 64
    assert kept.entry.key == key
    assert sitting.attendances.get().signed == Attendance.Signed.FINGER


@pytest.mark.parametrize("written", ["", "1,1", "签名", "1,1 2,2;", "999,1 " * 9])
def test_a_dot_is_no_signature(world, written):
    sitting = called(world)
    key = on_roster(sitting).keys[0]
    with nothing_changes(), pytest.raises(acts.BadInput):
        come(world, sitting, key, signed="finger", written=written)


def test_who_scans_the_code_signs_in_themselves(world):
    sitting = called(world)
    code = rotating.code_at(sitting, clock.now())
    with records("sitting.arrived"):
        row = arriving.arrive_by_code(sitting, code, actor=world.rep01)
    assert row.signed == "code"
    assert row.entry.resident == world.rep01.resident
    entry = Entry.objects.of_kind("sitting.arrived").last()
    assert entry.office == "rep"


def test_a_code_holds_for_its_half_minute_and_the_next(world):
    sitting = called(world)
    code = rotating.code_at(sitting, clock.now())
    clock.move(clock.now() + timedelta(seconds=59))
    arriving.arrive_by_code(sitting, code, actor=world.rep01)
    clock.move(clock.now() + timedelta(seconds=1))
    with nothing_changes(), pytest.raises(acts.OutOfTurn, match="二维码已经换了"):
        arriving.arrive_by_code(sitting, code, actor=world.director)


def test_the_code_of_another_sitting_is_none(world):
    sitting = called(world)
    other = convened(world, world.draft())
    code = rotating.code_at(other, clock.now())
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        arriving.arrive_by_code(sitting, code, actor=world.rep01)


@pytest.mark.parametrize("by", ["party01", "supervisor1"])
def test_who_is_not_on_the_roster_does_not_sign_in(world, by):
    sitting = called(world)
    code = rotating.code_at(sitting, clock.now())
    with nothing_changes(), pytest.raises(acts.Forbidden, match="名册"):
        arriving.arrive_by_code(sitting, code, actor=getattr(world, by))


@pytest.mark.parametrize("by", ["township", "zhou", "li"])
def test_nobody_from_elsewhere_signs_in(world, by):
    sitting = called(world)
    code = rotating.code_at(sitting, clock.now())
    with nothing_changes(), pytest.raises(acts.Forbidden):
        arriving.arrive_by_code(sitting, code, actor=getattr(world, by))


def test_nobody_signs_in_twice(world):
    sitting = called(world)
    code = rotating.code_at(sitting, clock.now())
    row = arriving.arrive_by_code(sitting, code, actor=world.rep01)
    with nothing_changes():
        with pytest.raises(acts.OutOfTurn, match="已经签到"):
            arriving.arrive_by_code(sitting, code, actor=world.rep01)
        with pytest.raises(acts.OutOfTurn, match="已经签到"):
            come(world, sitting, row.entry.key)


@pytest.mark.parametrize(
    "key", ["", "r0", "h1", "x3", "r-1", "r1 OR 1=1", "r" + "9" * 30]
)
def test_who_is_not_on_the_roster_is_not_ticked(world, key):
    sitting = called(world)
    with nothing_changes(), pytest.raises(acts.BadInput):
        come(world, sitting, key)


def test_nobody_comes_before_the_day_or_after_the_end(world):
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    key = on_roster(sitting).keys[0]
    with nothing_changes(), pytest.raises(acts.OutOfTurn, match="还没到"):
        come(world, sitting, key)
    over = declared(world, world.draft()).sitting
    with nothing_changes(), pytest.raises(acts.OutOfTurn, match="已经结束"):
        come(world, over, on_roster(over).keys[0])


def test_where_people_were_counted_nobody_signs_in_beside_them(world):
    sitting = held(world, world.draft(), present=3)
    with nothing_changes(), pytest.raises(acts.OutOfTurn, match="按人数"):
        come(world, sitting, on_roster(sitting).keys[0])


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "township", "zhou"])
def test_only_who_keeps_the_sitting_signs_others_in(world, by):
    sitting = called(world)
    key = on_roster(sitting).keys[0]
    with nothing_changes(), pytest.raises(acts.Forbidden):
        arriving.arrive(sitting, key, actor=getattr(world, by))


def test_a_list_that_is_corrected_leaves_those_who_signed_as_they_are(world):
    sitting = called(world)
    keys = on_roster(sitting).keys
    come(world, sitting, keys[0], signed="finger", written=NAME)
    come(world, sitting, keys[1], signed="finger", written=NAME)
    signed_at = clock.now()
    clock.move(signed_at + timedelta(minutes=5))
    came = keeping.Came(people=[keys[0], keys[2]], signed="sheet")
    sitting = keeping.attend(sitting, came, actor=world.clerk, again=True)
    rows = {row.entry.key: row for row in sitting.attendances.all()}
    assert set(rows) == {keys[0], keys[2]}
    assert (rows[keys[0]].signed, rows[keys[0]].came_at) == ("finger", signed_at)
    assert rows[keys[2]].signed == "sheet"
    assert [kept.entry.key for kept in sitting.signatures.all()] == [keys[0]]
    assert sitting.present == 2
    assert list(Run().run()) == []


def test_who_left_may_come_back(world):
    sitting = called(world)
    keys = on_roster(sitting).keys
    come(world, sitting, *keys[:3])
    entry = sitting.attendances.first().entry
    sitting = leaving.leave(sitting, [entry], actor=world.clerk)
    assert sitting.present == 2
    clock.move(clock.now() + timedelta(minutes=10))
    with records("sitting.arrived"):
        come(world, sitting, entry.key)
    row = sitting.attendances.get(entry=entry)
    assert (sitting.present, row.left_at, row.came_at) == (3, None, clock.now())
    assert list(Run().run()) == []


def test_a_corrected_list_remembers_who_left(world):
    sitting = called(world)
    keys = on_roster(sitting).keys
    come(world, sitting, *keys[:3])
    gone = sitting.roster.entries.filter(number__lte=2)
    leaving.leave(sitting, list(gone), actor=world.clerk)
    came = keeping.Came(people=[keys[1], keys[2]])
    sitting = keeping.attend(sitting, came, actor=world.clerk, again=True)
    left = {r.entry.key: r.left_at is not None for r in sitting.attendances.all()}
    assert left == {keys[0]: True, keys[1]: False, keys[2]: False}
    assert sitting.present == 2
    assert list(Run().run()) == []


def test_all_of_it_agrees_with_the_record(world):
    sitting = called(world)
    keys = on_roster(sitting).keys
    arriving.excuse(sitting, keys[5], actor=world.clerk, reason="ill", note="住院")
    come(world, sitting, keys[0])
    come(world, sitting, keys[1], signed="finger", written=NAME)
    code = rotating.code_at(sitting, clock.now())
    arriving.arrive_by_code(sitting, code, actor=world.rep01)
    come(world, sitting, keys[5])
    arriving.observe(sitting, actor=world.clerk, name="孙建国", capacity="supervisor")
    assert list(Run().run()) == []
