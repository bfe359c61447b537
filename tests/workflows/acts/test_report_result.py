"""What came of it is shown to everyone; a correction supersedes."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import an_order, is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import AlreadyDone, BadInput, disclosure, supervision
from workflows.stage import Stage

TEXT = {"text": "补贴已发完，共支出 380000.00 元。"}


@pytest.fixture
def completed(world):
    return world.matter_at(Stage.COMPLETED)


def test_the_result_is_shown(world, completed):
    with records("matter.reported"):
        notice = world.do(completed, disclosure.report_result, world.clerk, **TEXT)
    assert (completed.stage, notice.kind) == (Stage.REPORTED, "result")
    assert notice.title == "关于村口道路误工补贴实施结果的公示"
    assert Entry.objects.of(completed).last().facts["notice"] == notice.subject


def test_the_notice_of_the_resolution_still_stands(world, completed):
    world.do(completed, disclosure.report_result, world.clerk, **TEXT)
    kinds = [notice.kind for notice in completed.standing_notices]
    assert kinds == ["result", "resolution"]


def test_nobody_but_the_clerk(world, completed):
    may_only(world, disclosure.report_result, completed, "clerk", **TEXT)


@pytest.mark.parametrize("stage", [Stage.UNDERWAY, Stage.ARCHIVED])
def test_neither_before_it_is_done_nor_after_the_end(world, stage):
    matter = world.matter_at(stage)
    is_out_of_turn(disclosure.report_result, matter, world.clerk, **TEXT)


def test_the_lawful_days_are_the_least(world, completed):
    with nothing_changes(), pytest.raises(BadInput, match="不得少于 15 日"):
        disclosure.report_result(completed, actor=world.clerk, days=3, **TEXT)


def test_a_correction_supersedes_and_moves_nothing(world):
    matter = world.matter_at(Stage.REPORTED)
    new = world.do(matter, disclosure.report_result, world.clerk, **TEXT)
    assert (matter.stage, new.supersedes.kind) == (Stage.REPORTED, "result")
    with nothing_changes(), pytest.raises(AlreadyDone):
        disclosure.report_result(matter, actor=world.clerk, **TEXT)


def test_what_was_ordered_to_be_corrected_is_corrected_in_place(world):
    matter = world.matter_at(Stage.REPORTED)
    world.do(matter, supervision.order, world.township, **an_order())
    with records("matter.reported"):
        new = world.do(matter, disclosure.report_result, world.clerk, **TEXT)
    assert (matter.stage, new.supersedes.kind) == (Stage.RECTIFYING, "result")
    world.do(matter, supervision.comply, world.director, text="已更正。")
    world.do(matter, supervision.examine, world.township, outcome="pass")
    assert (matter.stage, matter.notice_on_show) == (Stage.REPORTED, new)


def test_no_result_is_corrected_before_one_was_shown(world, completed):
    world.do(completed, supervision.order, world.township, **an_order())
    is_out_of_turn(disclosure.report_result, completed, world.clerk, **TEXT)
