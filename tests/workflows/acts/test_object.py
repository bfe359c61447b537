"""A villager challenges a notice while it runs, by an officer's hand."""

from __future__ import annotations

from datetime import date

import pytest

from audit.models import Entry
from tests.clock import after
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, OutOfTurn, disclosure, objection
from workflows.stage import Stage

GIVEN = {"name": "李秀英", "text": "少算了三天。", "phone": "13800001111"}
MAY = ("clerk", "supervisor1", "director")


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


@pytest.fixture
def notice(announced):
    return announced.standing_notices[0]


@pytest.mark.parametrize("who", MAY)
def test_it_is_taken_in_with_a_day_by_which_it_is_answered(
    world, announced, notice, who
):
    with records("objection.lodged"):
        lodged = world.do(
            announced, objection.object_to, getattr(world, who), of=notice, **GIVEN
        )
    assert (lodged.state, lodged.due_on) == ("open", date(2026, 3, 12))
    assert announced.stage == Stage.ANNOUNCED
    entry = Entry.objects.of(lodged).get()
    assert entry.facts["due_on"] == "2026-03-12"
    for private in ("李秀英", "少算了三天", "13800001111"):
        assert private not in entry.body


def test_a_term_that_ends_on_a_sunday_ends_on_the_monday(world, announced, notice):
    world.pass_days(3)  # the fifth, and ten days later is a Sunday
    lodged = world.do(announced, objection.object_to, world.clerk, of=notice, **GIVEN)
    assert lodged.due_on == date(2026, 3, 16)


def test_nobody_else_lodges_one(world, notice):
    may_only(world, objection.object_to, notice, *MAY, **GIVEN)


def test_a_name_need_not_be_given(world, announced, notice):
    given = GIVEN | {"name": "", "phone": ""}
    lodged = world.do(announced, objection.object_to, world.clerk, of=notice, **given)
    assert Entry.objects.of(lodged).get().opened().get("name") is None


def test_it_says_what_is_challenged(world, notice):
    with nothing_changes(), pytest.raises(BadInput) as refused:
        objection.object_to(notice, actor=world.clerk, **(GIVEN | {"text": " "}))
    assert refused.value.field == "text"


def test_not_once_the_notice_has_run(world, announced):
    notice = world.show(announced)
    with after(notice), nothing_changes(), pytest.raises(OutOfTurn, match="公示期已满"):
        objection.object_to(notice, actor=world.clerk, **GIVEN)


def test_against_the_newest_notice_only(world, announced, notice):
    world.do(announced, disclosure.announce, world.clerk, text="更正：一百元。")
    with nothing_changes(), pytest.raises(OutOfTurn, match="已经更正"):
        objection.object_to(notice, actor=world.clerk, **GIVEN)


def test_an_answer_to_who_proposed_is_not_challenged(world):
    matter = world.draft()
    world.hold(matter, "joint", votes_for=0)
    reply = world.do(matter, disclosure.announce, world.clerk)
    with nothing_changes(), pytest.raises(BadInput, match="不受理异议"):
        objection.object_to(reply, actor=world.clerk, **GIVEN)


def test_not_of_a_closed_matter(world):
    matter = world.matter_at(Stage.ARCHIVED)
    notice = matter.standing_notices[0]
    is_out_of_turn(objection.object_to, notice, world.clerk, **GIVEN)
