"""What is owed beside the duty of the stage: sittings, counts, papers, answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.workflows.owing import lodge, said_to
from tests.workflows.sitting_steps import convened, counted, held
from workflows import worklist
from workflows.acts import implementation, supervision
from workflows.acts.ballot import unfit
from workflows.stage import Stage


def test_a_sitting_is_served_held_and_brought_to_its_end(world):
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    assert said_to(world, "clerk") == ["请通知到人，并登记通知情况"]
    world.pass_days((sitting.held_on - date(2026, 3, 2)).days)
    assert said_to(world, "clerk") == ["今天开会：请登记到会，开始表决"]


def test_once_it_is_open_it_is_to_be_brought_to_its_end(world):
    held(world, world.draft())
    assert said_to(world, "clerk") == ["请把会开完：还有议题没有宣布结果"]


@pytest.mark.parametrize(
    ("stage", "body", "asked", "not_asked"),
    [
        (Stage.REVIEWED, "reps", ["supervisor1", "rep01"], ["clerk", "director"]),
        (Stage.DRAFTED, "joint", ["secretary"], ["clerk", "director", "supervisor1"]),
        (Stage.PROPOSED, "party", ["party01", "secretary"], ["recorder", "rep01"]),
    ],
)
def test_a_count_waits_for_those_who_may_witness_it(
    world, stage, body, asked, not_asked
):
    ballot = counted(world, world.matter_at(stage), body=body)
    for who in (*asked, *not_asked):
        owed = "请核对票数" in said_to(world, who)
        assert owed is (unfit(ballot, getattr(world, who)) == "") is (who in asked)


def test_an_authority_is_asked_or_told(world):
    matter = world.matter_at(Stage.ADOPTED, type="M01a")
    assert "请报县级人民政府批准" in said_to(world, "clerk")
    world.do(matter, supervision.approve, world.clerk, outcome="approved")
    assert said_to(world, "clerk") == ["请公示决议"]


def test_items_are_published_before_works_begin(world):
    matter = world.matter_at(Stage.ANNOUNCED, type="M18")
    (items,) = (s for s in said_to(world, "clerk") if s.startswith("请公开"))
    assert items == "请公开：立项、选址、招标、施工方案、工程预算"
    assert [todo.missing for todo in worklist.owed(world.director)] == [
        [refusal.title for refusal in matter.unmet("begin")]
    ]


def test_every_month_they_are_told_how_it_goes(world):
    matter = world.matter_at(Stage.UNDERWAY)
    world.pass_days(22)
    assert "请报本月进展（进度、账目、预算）" not in said_to(world, "clerk")
    world.pass_days(1)
    for who in ("clerk", "director"):
        assert "请报本月进展（进度、账目、预算）" in said_to(world, who)
    world.do(matter, implementation.report, world.clerk, progress=40, spent=Decimal(0))
    assert "请报本月进展（进度、账目、预算）" not in said_to(world, "clerk")


def test_answers_are_owed_by_the_village_committee_with_their_day(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    lodged = lodge(world, matter)
    world.do(matter, supervision.suggest, world.supervisor1, text="请公开算法。")
    found = {todo.sentence: todo for todo in worklist.owed(world.director)}
    assert found[f"请答复异议 {lodged.uid}"].due == lodged.due_on
    assert "请答复监督意见" in found
