"""Who only listens is recorded apart, and is never 到会."""

from __future__ import annotations

import pytest

from audit.models import Entry
from audit.verification import Run
from tests.workflows.sitting_steps import (
    convened,
    declared,
    held,
    nothing_changes,
    records,
)
from workflows import acts
from workflows.acts import arriving


def observe(world, sitting, by="clerk", **given):
    said = {"name": "吴明", "capacity": "township", "post": "乡经管站"} | given
    return arriving.observe(sitting, actor=getattr(world, by), **said)


def test_who_listens_is_kept_apart_and_not_counted(world):
    sitting = held(world, world.draft(), present=4)
    with records("sitting.observed"):
        observe(world, sitting)
    sitting.refresh_from_db()
    assert (sitting.present, sitting.attendances.count()) == (4, 0)
    row = sitting.observers.get()
    assert (row.name, row.capacity, row.post) == ("吴明", "township", "乡经管站")


def test_in_which_capacity_is_public_and_who_is_sealed(world):
    observe(world, convened(world, world.draft()))
    entry = Entry.objects.of_kind("sitting.observed").ready_to_open().get()
    assert entry.facts["capacity"] == "township"
    assert (entry.opened()["who"], entry.opened()["post"]) == ("吴明", "乡经管站")
    assert "吴明" not in entry.body


def test_what_was_wrong_is_taken_out_and_that_is_recorded(world):
    sitting = convened(world, world.draft())
    row = observe(world, sitting)
    with records("sitting.unobserved"):
        arriving.unobserve(sitting, row, actor=world.clerk)
    assert not sitting.observers.exists()
    assert list(Run().run()) == []
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        arriving.unobserve(sitting, row, actor=world.clerk)


def test_somebody_without_a_name_does_not_listen(world):
    sitting = convened(world, world.draft())
    with nothing_changes(), pytest.raises(acts.BadInput):
        observe(world, sitting, name="  ")


def test_nobody_listens_after_the_end(world):
    sitting = declared(world, world.draft()).sitting
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        observe(world, sitting)


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "township", "zhou"])
def test_only_who_keeps_the_sitting_enters_them(world, by):
    sitting = convened(world, world.draft())
    row = observe(world, sitting)
    with nothing_changes(), pytest.raises(acts.Forbidden):
        observe(world, sitting, by)
    with nothing_changes(), pytest.raises(acts.Forbidden):
        arriving.unobserve(sitting, row, actor=getattr(world, by))
