"""Progress, accounts and budget are told while it is carried out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, implementation
from workflows.stage import Stage

GIVEN = {"progress": 40, "spent": Decimal("152000.00"), "note": "路基完成。"}


@pytest.fixture
def underway(world):
    return world.matter_at(Stage.UNDERWAY)


@pytest.mark.parametrize("who", ["clerk", "director"])
def test_a_bulletin_is_published_and_moves_nothing(world, underway, who):
    with records("report.given"):
        told = world.do(underway, implementation.report, getattr(world, who), **GIVEN)
    assert (told.notice.kind, told.notice.days) == ("bulletin", 0)
    assert told.notice.board_text == "进度 40%，已支出 152000.00 元。路基完成。"
    assert underway.stage == Stage.UNDERWAY
    entry = Entry.objects.of(underway).last()
    assert entry.label == "通报：进度 40%，已支出 152000.00 元"
    assert "路基" not in entry.body


def test_each_stands_beside_the_one_before(world, underway):
    first = world.do(underway, implementation.report, world.clerk, **GIVEN)
    later = GIVEN | {"progress": 80}
    second = world.do(underway, implementation.report, world.clerk, **later)
    assert second.notice.supersedes is None
    assert {first.notice, second.notice} <= set(underway.standing_notices)


def test_nobody_else_reports(world, underway):
    may_only(world, implementation.report, underway, "clerk", "director", **GIVEN)


@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.COMPLETED])
def test_only_while_it_is_carried_out(world, stage):
    matter = world.matter_at(stage)
    is_out_of_turn(implementation.report, matter, world.clerk, **GIVEN)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"progress": 101}, "progress"),
        ({"progress": -1}, "progress"),
        ({"spent": Decimal("-1.00")}, "spent"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(world, underway, wrong, field):
    with nothing_changes(), pytest.raises(BadInput) as refused:
        implementation.report(underway, actor=world.clerk, **(GIVEN | wrong))
    assert refused.value.field == field


@pytest.mark.parametrize("progress", [0, 100])
def test_nothing_and_everything_are_both_progress(world, underway, progress):
    given = GIVEN | {"progress": progress}
    told = world.do(underway, implementation.report, world.clerk, **given)
    assert told.progress == progress
