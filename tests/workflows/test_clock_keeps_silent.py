"""What was replaced, taken down, answered or closed meanwhile has not run out."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows import sitting_steps
from workflows import tasks
from workflows.acts import disclosure, objection
from workflows.acts import sitting as keeping
from workflows.stage import Stage


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


def of_kind(kind: str) -> int:
    """How many the clock recorded, after a run a month later."""
    tasks.run_clock()
    return Entry.objects.of_kind(kind).count()


def test_a_notice_replaced_before_its_last_day_does_not_run_out(world, announced):
    world.show(announced)
    world.pass_days(3)
    world.do(announced, disclosure.announce, world.clerk, text="更正：每天一百元。")
    world.pass_days(30)
    assert of_kind("notice.elapsed") == 0


def test_a_notice_replaced_after_its_last_day_had_run_out_all_the_same(
    world, announced
):
    notice = world.show(announced)
    world.pass_days(20)
    world.do(announced, disclosure.announce, world.clerk, text="更正：每天一百元。")
    assert of_kind("notice.elapsed") == 1
    assert Entry.objects.of_kind("notice.elapsed").get().subject == notice.subject


def test_a_notice_never_posted_does_not_run_out(world, announced):
    world.pass_days(30)
    assert of_kind("notice.elapsed") == 0


@pytest.mark.parametrize(("days", "said"), [(14, 0), (15, 0), (16, 1)])
def test_a_notice_runs_out_only_if_it_hung_past_its_last_day(
    world, announced, days, said
):
    notice = world.show(announced)
    world.pass_days(days)
    world.do(announced, disclosure.take_down, world.clerk, of=notice)
    world.pass_days(30)
    assert of_kind("notice.elapsed") == said


def test_a_notice_posted_anew_runs_out_once(world, announced):
    notice = world.show(announced)
    world.pass_days(3)
    world.do(announced, disclosure.take_down, world.clerk, of=notice)
    world.do(announced, disclosure.post, world.clerk, of=notice)
    world.pass_days(16)
    assert of_kind("notice.elapsed") == 1
    assert of_kind("notice.elapsed") == 1


@pytest.mark.parametrize("outcome", ["dismissed", "upheld"])
def test_an_objection_that_was_answered_is_not_overdue(world, announced, outcome):
    notice = world.show(announced)
    given = {"name": "李秀英", "text": "漏算了三天。"}
    lodged = world.do(announced, objection.object_to, world.clerk, of=notice, **given)
    given = {"outcome": outcome, "text": "已核对。", "remedy": "corrected_notice"}
    world.do(announced, objection.answer, world.director, of=lodged, **given)
    world.pass_days(30)
    assert of_kind("objection.overdue") == 0


@pytest.mark.parametrize("outcome", ["pass", "rectify"])
def test_a_notice_that_was_audited_is_not_overdue(world, announced, outcome):
    notice = announced.standing_notices[0]
    given = {"outcome": outcome, "note": "请核对名单。"}
    world.do(announced, disclosure.audit_notice, world.supervisor1, of=notice, **given)
    world.pass_days(30)
    assert of_kind("audit.overdue") == 0


def test_no_audit_is_overdue_of_a_notice_that_was_replaced(world, announced):
    old = announced.standing_notices[0]
    world.do(announced, disclosure.announce, world.clerk, text="更正：每天一百元。")
    world.pass_days(30)
    assert of_kind("audit.overdue") == 1
    assert Entry.objects.of_kind("audit.overdue").get().subject != old.subject


def test_no_audit_is_overdue_of_what_is_put_to_the_vote_again(world, announced):
    notice = announced.standing_notices[0]
    given = {"name": "李秀英", "text": "漏算了三天。"}
    lodged = world.do(announced, objection.object_to, world.clerk, of=notice, **given)
    given = {"outcome": "upheld", "text": "属实。"}
    world.do(announced, objection.answer, world.director, of=lodged, **given)
    world.pass_days(30)
    assert of_kind("audit.overdue") == 0


def test_no_audit_is_overdue_of_a_closed_matter(world):
    matter = world.matter_at(Stage.ARCHIVED)
    audits = [audit for n in matter.notices.all() for audit in n.audits.all()]
    for audit in audits:
        audit.delete()
    world.pass_days(30)
    assert of_kind("audit.overdue") == 0


def test_a_sitting_that_was_held_or_lapsed_was_not_missed(world):
    sitting_steps.held(world, world.draft())
    lapsed = sitting_steps.held(world, world.draft(), present=1)
    keeping.lapse(lapsed, actor=world.clerk)
    world.pass_days(30)
    assert of_kind("sitting.not_held") == 0
