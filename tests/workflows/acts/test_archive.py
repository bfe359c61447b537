"""The matter is closed."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import Refused, disclosure, implementation, objection
from workflows.stage import Stage


@pytest.fixture
def reported(world):
    return world.matter_at(Stage.REPORTED)


def test_when_the_result_has_been_shown_the_clerk_closes_it(world, reported):
    world.pass_days(world.show(reported).days + 1)
    with records("matter.archived"):
        world.do(reported, implementation.archive, world.clerk)
    assert (reported.stage, reported.owed) == (Stage.ARCHIVED, None)
    facts = Entry.objects.of(reported).last().facts
    assert (facts["from_stage"], facts["stage"]) == ("reported", "archived")


def test_nobody_else(world, reported):
    world.pass_days(world.show(reported).days + 1)
    may_only(world, implementation.archive, reported, "clerk")


@pytest.mark.parametrize("stage", [Stage.COMPLETED, Stage.ARCHIVED, Stage.WITHDRAWN])
def test_neither_before_the_result_is_shown_nor_twice(world, stage):
    is_out_of_turn(implementation.archive, world.matter_at(stage), world.clerk)


def refused(world, matter) -> list[str]:
    with nothing_changes(), pytest.raises(Refused) as no:
        implementation.archive(matter, actor=world.clerk)
    return no.value.names


def test_shown_long_enough_and_supervisors_reviewed(world, reported):
    assert refused(world, reported) == ["shown_long_enough", "supervisors_reviewed"]
    world.show(reported)
    assert refused(world, reported) == ["shown_long_enough"]


def test_objections_answered(world, reported):
    notice = world.show(reported)
    given = {"of": notice, "name": "李秀英", "text": "少发了一天。"}
    world.do(reported, objection.object_to, world.clerk, **given)
    world.pass_days(16)
    assert refused(world, reported) == ["objections_answered"]


def test_a_peoples_no_is_closed_when_it_has_been_shown(world):
    matter = world.matter_at(Stage.REJECTED)
    assert refused(world, matter) == ["shown_long_enough", "supervisors_reviewed"]
    world.do(matter, disclosure.announce, world.clerk)
    world.pass_days(world.show(matter).days + 1)
    world.do(matter, implementation.archive, world.clerk)
    assert matter.stage == Stage.ARCHIVED


def test_a_no_of_the_committees_is_closed_when_who_proposed_has_the_answer(world):
    matter = world.draft()
    world.hold(matter, "joint", votes_for=0)
    assert refused(world, matter) == ["shown_long_enough", "supervisors_reviewed"]
    world.do(matter, disclosure.announce, world.clerk)
    world.do(matter, implementation.archive, world.clerk)
    assert matter.stage == Stage.ARCHIVED
