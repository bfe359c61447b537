"""The clock goes through with it, however much there is and whatever fails."""

from __future__ import annotations

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows import sitting_steps
from tests.workflows.guards import sql
from workflows import tasks
from workflows.models import Heartbeat


def test_its_heartbeat_says_when_it_ran_last(world):
    tasks.run_clock()
    assert Heartbeat.objects.get().ran_at == clock.now()
    world.pass_days(1)
    tasks.record_what_has_run_out()
    assert Heartbeat.objects.get().ran_at == clock.now()


def test_more_than_a_batch_is_recorded_at_once(world, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 2)
    for _number in range(5):
        sitting_steps.convened(world, world.draft())
    world.pass_days(1)
    assert tasks.run_clock() == 5


def test_what_cannot_be_recorded_does_not_hold_up_the_rest(world):
    sittings = [sitting_steps.convened(world, world.draft()) for _n in range(3)]
    bad = sittings[0].subject
    sql(
        "CREATE FUNCTION not_this_one() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF position('{bad}' IN NEW.body) > 0 THEN "
        "RAISE EXCEPTION 'not this one'; END IF; RETURN NEW; END $$"
    )
    sql(
        "CREATE TRIGGER not_this_one BEFORE INSERT ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION not_this_one()"
    )
    world.pass_days(1)
    with pytest.raises(ExceptionGroup) as failed:
        tasks.run_clock()
    assert ["not this one" in str(error) for error in failed.value.exceptions] == [True]
    said = Entry.objects.of_kind("sitting.not_held").values_list("subject", flat=True)
    assert set(said) == {sitting.subject for sitting in sittings[1:]}
    assert Heartbeat.objects.get().ran_at == clock.now()
