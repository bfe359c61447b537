"""The clock records what has run out, once, and moves nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from audit import clock
from audit.models import Entry
from tests.clock import on
from tests.workflows import sitting_steps
from workflows import tasks
from workflows.acts import objection
from workflows.models import Matter
from workflows.stage import Stage


def lodge(world, matter):
    given = {"name": "李秀英", "text": "漏算了三天。"}
    notice = matter.standing_notices[0]
    return world.do(matter, objection.object_to, world.clerk, of=notice, **given)


def run() -> list[Entry]:
    """What the clock recorded now."""
    before = Entry.objects.count()
    found = tasks.run_clock()
    entries = list(Entry.objects.order_by("pk")[before:])
    assert found == len(entries)
    return entries


def kinds(entries: list[Entry]) -> list[str]:
    return [entry.kind for entry in entries]


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


def test_a_notice_that_hung_for_its_days_has_run_out_on_the_day_after(world, announced):
    posting = world.show(announced).postings.get()
    with on(posting.last_day):
        assert run() == []
    with on(posting.last_day + timedelta(days=1)):
        (entry,) = run()
    assert (entry.kind, entry.held_on) == ("notice.elapsed", date(2026, 3, 17))
    assert entry.facts["first_on"] == "2026-03-03"
    assert entry.facts["days"] == 15


def test_a_reply_is_overdue_on_the_day_after_it_was_due(world, announced):
    lodged = lodge(world, announced)
    world.show(announced)
    with on(lodged.due_on):
        assert run() == []
    with on(lodged.due_on + timedelta(days=1)):
        (entry,) = run()
    assert (entry.kind, entry.subject) == ("objection.overdue", lodged.subject)


def test_an_audit_is_overdue_on_the_day_after_it_was_due(world, announced):
    notice = announced.standing_notices[0]
    with on(notice.audit_due_on):
        assert run() == []
    with on(notice.audit_due_on + timedelta(days=1)):
        (entry,) = run()
    assert (entry.kind, entry.subject) == ("audit.overdue", notice.subject)


def test_a_sitting_nobody_entered_was_not_held(world):
    sitting = sitting_steps.convened(world, world.draft())
    with on(sitting.held_on, hour=23):
        assert run() == []
    with on(sitting.held_on + timedelta(days=1), hour=0):
        (entry,) = run()
    assert (entry.kind, entry.subject) == ("sitting.not_held", sitting.subject)


def test_nobody_is_named_and_no_place_where_the_clock_recorded(world, announced):
    with after_the_audit_was_due(announced):
        (entry,) = run()
    assert (entry.office, entry.content["place"]) == ("clock", "")
    assert entry.content["person"] is None


def after_the_audit_was_due(matter: Matter):
    return on(matter.standing_notices[0].audit_due_on + timedelta(days=1))


def everything_runs_out(world) -> None:
    lodge(world, world.matter_at(Stage.ANNOUNCED))
    world.show(world.matter_at(Stage.ANNOUNCED))
    sitting_steps.convened(world, world.draft())


def test_running_it_twice_records_nothing_more(world):
    everything_runs_out(world)
    world.pass_days(30)
    assert sorted(kinds(run())) == [
        "audit.overdue",
        "notice.elapsed",
        "objection.overdue",
        "sitting.not_held",
    ]
    assert run() == []


def test_not_running_it_for_weeks_comes_to_the_same(world):
    everything_runs_out(world)

    def said() -> set[tuple[str, str, date]]:
        entries = Entry.objects.filter(office="clock")
        return set(entries.values_list("kind", "subject", "held_on"))

    with transaction.atomic():
        for days in range(30):
            with clock.moved_to(clock.now() + timedelta(days=days)):
                tasks.run_clock()
        daily = said()
        transaction.set_rollback(True)
    assert said() == set()
    world.pass_days(29)
    tasks.run_clock()
    assert said() == daily


def test_it_moves_no_stage_and_no_duty(world):
    everything_runs_out(world)
    world.pass_days(30)
    before = sitting_steps.rows()
    run()
    changed = {k for k, v in sitting_steps.rows().items() if v != before[k]}
    sealed = {"audit.Commitment", "audit.Unsequenced"}
    assert changed == {"audit.Entry", "workflows.Heartbeat"} | sealed
