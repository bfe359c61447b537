"""Who signs in sees what they owe, by when, and what is still missing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.owing import lodge, said_to
from workflows import worklist
from workflows.acts import drafting, objection, supervision
from workflows.stage import Stage

OFFICERS = (
    "clerk",
    "secretary",
    "director",
    "deputy_director",
    "recorder",
    "supervisor1",
    "township",
    "county",
    "zhou",
    "li",
)
OWED = {
    "drafted": {
        "clerk": ["请召集两委会，对本事项形成提议"],
        "director": ["请召集两委会，对本事项形成提议"],
    },
    "proposed": {
        "secretary": ["请召集党员大会审议"],
        "recorder": ["请召集党员大会审议"],
    },
    "reviewed": {"clerk": ["请召集村代会决议"], "director": ["请召集村代会决议"]},
    "adopted": {"clerk": ["请公示决议"]},
    "announced": {
        "clerk": ["请张贴并登记（照片可不传）"],
        "supervisor1": ["请审核本公示"],
        "director": ["组织实施前还有事要办"],
        "deputy_director": ["组织实施前还有事要办"],
    },
    "underway": {"director": ["请登记办结"]},
    "completed": {"clerk": ["请公示实施结果"]},
    "reported": {
        "clerk": ["到期可归档", "请张贴并登记（照片可不传）"],
        "supervisor1": ["请审核本公示"],
    },
    "archived": {},
    "rejected": {"clerk": ["请公示未通过的结果（或书面答复提议人）"]},
    "withdrawn": {},
    "rectifying": {
        "director": ["请报告改正情况"],
        "deputy_director": ["请报告改正情况"],
        "clerk": ["请张贴并登记（照片可不传）"],
        "supervisor1": ["请审核本公示"],
    },
}


@pytest.mark.parametrize(("stage", "owed"), OWED.items())
def test_each_stage_reminds_those_whose_turn_it_is(world, stage, owed):
    world.matter_at(Stage(stage))
    said = {who: said_to(world, who) for who in OFFICERS}
    assert said == {who: sorted(owed.get(who, [])) for who in OFFICERS}


def test_where_the_branch_puts_it_forward_the_secretary_is_first(world):
    matter = world.draft(chain="four_deliberations")
    assert said_to(world, "secretary") == ["请提交支委会（没有支委会的由书记）提议"]
    world.carry_on(matter)
    assert said_to(world, "clerk") == ["请召集两委会商议"]


def test_works_are_accepted(world):
    world.matter_at(Stage.UNDERWAY, type="M03")
    assert said_to(world, "supervisor1") == ["请验收"]


def test_what_is_most_overdue_comes_first(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    lodged = lodge(world, matter)
    world.pass_days(20)
    first, *_rest = worklist.owed(world.director)
    assert first.sentence == f"请答复异议 {lodged.uid}"
    assert first.late == 10


def test_nothing_is_owed_of_what_nobody_may_do_any_more(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    lodged = lodge(world, matter)
    given = {"of": lodged, "outcome": "upheld", "text": "属实。"}
    world.do(matter, objection.answer, world.director, **given)
    assert said_to(world, "supervisor1") == []
    assert said_to(world, "clerk") == ["请召集村代会决议"]


def test_who_ordered_a_correction_looks_at_it(world):
    matter = world.matter_at(Stage.RECTIFYING)
    world.do(matter, supervision.comply, world.director, text="已补充。")
    assert said_to(world, "township") == ["请核查改正情况"]
    assert said_to(world, "county") == []


def test_it_asks_as_often_with_many_matters_as_with_few(world):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            worklist.owed(world.clerk)
        return len(captured)

    stages = (Stage.DRAFTED, Stage.ANNOUNCED, Stage.REJECTED, Stage.UNDERWAY)
    for stage in stages:
        world.matter_at(stage)
    few = queries()
    for stage in stages * 2:
        world.matter_at(stage)
    assert queries() == few


def test_whoever_follows_sees_what_is_not_closed(world):
    matter = world.draft()
    for who in ("clerk", "rep01", "township"):
        assert worklist.followed(getattr(world, who)) == [matter]
    assert worklist.followed(world.zhou) == worklist.followed(world.li) == []
    world.do(matter, drafting.withdraw, world.clerk, text="不办了。")
    assert worklist.followed(world.clerk) == []
