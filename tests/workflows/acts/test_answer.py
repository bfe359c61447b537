"""An objection is upheld or dismissed, with the answer."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.clock import on
from tests.workflows.acts.asking import may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import AlreadyDone, BadInput, objection
from workflows.models import Objection
from workflows.stage import Stage

DISMISSED = {"outcome": "dismissed", "text": "已核对，没有少算。"}
UPHELD = {"outcome": "upheld", "text": "属实，重新表决。"}
CORRECTED = {"outcome": "upheld", "text": "属实。", "remedy": "corrected_notice"}


def lodged_at(world, stage: Stage, **content) -> Objection:
    matter = world.matter_at(stage, **content)
    given = {"name": "李秀英", "text": "少算了三天。"}
    notice = matter.notice_on_show
    return world.do(matter, objection.object_to, world.clerk, of=notice, **given)


@pytest.fixture
def lodged(world):
    return lodged_at(world, Stage.ANNOUNCED)


def answer(world, lodged, who="director", **given) -> Objection:
    actor = getattr(world, who)
    matter = lodged.matter
    world.do(matter, objection.answer, actor, of=lodged, **given)
    return Objection.objects.get(pk=lodged.pk)


@pytest.mark.parametrize("who", ["director", "deputy_director"])
def test_dismissed_it_moves_nothing(world, lodged, who):
    with records("objection.answered"):
        answered = answer(world, lodged, who, **DISMISSED)
    assert (answered.state, answered.remedy) == ("dismissed", "")
    assert answered.matter.stage == Stage.ANNOUNCED
    entry = Entry.objects.of(lodged).last()
    assert (entry.facts["outcome"], entry.facts["late"]) == ("dismissed", False)
    assert "没有少算" not in entry.body


def test_upheld_the_body_that_decided_decides_again(world, lodged):
    with records("matter.reopened", "objection.answered"):
        answered = answer(world, lodged, **UPHELD)
    assert (answered.state, answered.remedy) == ("upheld", "redecide")
    assert answered.matter.stage == Stage.REVIEWED
    facts = Entry.objects.of(lodged.matter).last().facts
    assert (facts["from_stage"], facts["stage"]) == ("announced", "reviewed")
    assert facts["objection"] == lodged.subject


@pytest.mark.parametrize("chain", ["committee", "group"])
def test_where_one_body_decides_alone_it_goes_back_to_the_draft(world, chain):
    lodged = lodged_at(world, Stage.ANNOUNCED, chain=chain)
    assert answer(world, lodged, **UPHELD).matter.stage == Stage.DRAFTED


def test_upheld_with_a_corrected_notice_it_moves_nothing(world, lodged):
    with records("objection.answered"):
        answered = answer(world, lodged, **CORRECTED)
    assert (answered.remedy, answered.matter.stage) == ("corrected_notice", "announced")


@pytest.mark.parametrize("given", [UPHELD, CORRECTED])
def test_of_a_result_only_the_notice_is_corrected(world, given):
    answered = answer(world, lodged_at(world, Stage.REPORTED), **given)
    assert (answered.remedy, answered.matter.stage) == ("corrected_notice", "reported")


def test_late_it_is_answered_all_the_same_and_says_so(world, lodged):
    world.pass_days(60)
    answer(world, lodged, **DISMISSED)
    assert Entry.objects.of(lodged).last().facts["late"] is True


def test_on_the_day_it_is_due_it_is_not_late(world, lodged):
    with on(lodged.due_on):
        answer(world, lodged, **DISMISSED)
    assert Entry.objects.of(lodged).last().facts["late"] is False


def test_nobody_but_the_village_committee(world, lodged):
    may = ("director", "deputy_director")
    may_only(world, objection.answer, lodged, *may, **DISMISSED)
    may_only(world, objection.answer, lodged, *may, **UPHELD)


def test_it_is_answered_once(world, lodged):
    answer(world, lodged, **DISMISSED)
    with nothing_changes(), pytest.raises(AlreadyDone):
        objection.answer(lodged, actor=world.director, **UPHELD)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (DISMISSED | {"outcome": "maybe"}, "outcome"),
        (DISMISSED | {"text": " "}, "text"),
        (UPHELD | {"remedy": "money"}, "remedy"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(world, lodged, wrong, field):
    with nothing_changes(), pytest.raises(BadInput) as refused:
        objection.answer(lodged, actor=world.director, **wrong)
    assert refused.value.field == field


def test_another_can_still_be_answered_when_the_matter_has_gone_back(world, lodged):
    notice, other = lodged.matter.standing_notices[0], {"name": "", "text": "太少。"}
    second = world.do(
        lodged.matter, objection.object_to, world.clerk, of=notice, **other
    )
    answer(world, lodged, **UPHELD)
    second.matter.refresh_from_db()
    assert answer(world, second, **DISMISSED).state == "dismissed"
