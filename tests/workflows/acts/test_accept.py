"""The works are accepted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, Refused, implementation
from workflows.stage import Stage

A_DAY = timedelta(days=1)
PEOPLE = {"people": ["孙建国", "孙玉梅", "李秀英"]}


@pytest.fixture
def works(world):
    return world.matter_at(Stage.UNDERWAY, type="M03")


@pytest.mark.parametrize("who", ["supervisor1", "clerk"])
def test_three_people_accept_them(world, works, who):
    with records("matter.accepted"):
        accepted = world.do(works, implementation.accept, getattr(world, who), **PEOPLE)
    assert works.stage == Stage.COMPLETED
    assert (accepted.works, accepted.supervisors) == (True, 2)
    entry = Entry.objects.of(works).last()
    assert (entry.facts["people"], entry.facts["supervisors"]) == (3, 2)
    assert "孙建国" not in entry.body
    assert entry.opened()["acceptors"] == PEOPLE["people"]


def test_nobody_else_registers_it(world, works):
    may_only(world, implementation.accept, works, "supervisor1", "clerk", **PEOPLE)


@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.COMPLETED])
def test_only_while_they_are_carried_out(world, stage):
    matter = world.matter_at(stage, type="M03")
    is_out_of_turn(implementation.accept, matter, world.supervisor1, **PEOPLE)


def test_what_is_no_works_is_not_accepted(world):
    matter = world.matter_at(Stage.UNDERWAY, type="M05")
    is_out_of_turn(implementation.accept, matter, world.supervisor1, **PEOPLE)


@pytest.mark.parametrize(
    "people",
    [
        [],
        ["孙建国", "李秀英"],
        ["卫秀兰", "李秀英", "王五"],
        ["孙建国", "李秀英", "钱有田"],
    ],
)
def test_accepted_by_supervisors(world, works, people):
    with nothing_changes(), pytest.raises(Refused) as refused:
        implementation.accept(works, actor=world.supervisor1, people=people)
    assert refused.value.names == ["accepted_by_supervisors"]


def test_neither_tomorrow_nor_before_it_was_resolved(world, works):
    resolved, today = works.resolution.resolved_on, clock.today()
    for day, why in ((today, "不能晚于今天"), (resolved - 2 * A_DAY, "不能早于")):
        with nothing_changes(), pytest.raises(BadInput, match=why):
            implementation.accept(
                works, actor=world.supervisor1, on=day + A_DAY, **PEOPLE
            )
