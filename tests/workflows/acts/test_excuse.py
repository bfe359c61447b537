"""Who does not come, and why: told once, put right, and gone when they come."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.sitting_steps import convened, declared, nothing_changes, records
from workflows import acts
from workflows.acts import arriving
from workflows.models import Absence
from workflows.presenting.people import on_roster


def excuse(world, sitting, key, by="clerk", **given):
    said = {"reason": "leave", "note": "外出打工"} | given
    return arriving.excuse(sitting, key, actor=getattr(world, by), **said)


def test_somebody_is_excused_and_is_not_counted(world):
    sitting = convened(world, world.draft())
    key = on_roster(sitting).keys[1]
    with records("sitting.excused"):
        excuse(world, sitting, key)
    sitting.refresh_from_db()
    assert (sitting.present, sitting.eligible) == (0, 5)
    row = sitting.absences.get()
    assert (row.entry.key, row.reason, row.note) == (key, "leave", "外出打工")


def test_name_and_words_are_sealed(world):
    sitting = convened(world, world.draft())
    row = excuse(world, sitting, on_roster(sitting).keys[1])
    entry = Entry.objects.of_kind("sitting.excused").ready_to_open().get()
    assert entry.facts["reason"] == "leave"
    assert (entry.opened()["who"], entry.opened()["note"]) == (row.name, "外出打工")
    assert row.name not in entry.body


def test_the_reason_is_put_right(world):
    sitting = convened(world, world.draft())
    key = on_roster(sitting).keys[1]
    excuse(world, sitting, key)
    excuse(world, sitting, key, reason="none", note="")
    assert [(a.reason, a.note) for a in Absence.objects.all()] == [("none", "")]


def test_who_comes_after_all_is_not_absent(world):
    sitting = convened(world, world.draft())
    key = on_roster(sitting).keys[1]
    excuse(world, sitting, key)
    arriving.arrive(sitting, key, actor=world.clerk)
    assert not sitting.absences.exists()
    with nothing_changes(), pytest.raises(acts.BadInput, match="已经签到"):
        excuse(world, sitting, key)


def test_nobody_is_excused_after_the_end(world):
    sitting = declared(world, world.draft()).sitting
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        excuse(world, sitting, on_roster(sitting).keys[1])


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "township", "zhou"])
def test_only_who_keeps_the_sitting_excuses(world, by):
    sitting = convened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.Forbidden):
        excuse(world, sitting, on_roster(sitting).keys[1], by)
