"""Works are accepted by people who did not carry them out, a supervisor among them."""

from __future__ import annotations

import pytest

from workflows.acts import Refused, implementation
from workflows.stage import Stage


@pytest.fixture
def works(world):
    return world.matter_at(Stage.UNDERWAY, type="M03")


@pytest.mark.parametrize(
    ("people", "case"),
    [
        (["孙建国", "孙玉梅", "李秀英"], None),
        (["孙建国", "卫秀兰", "李秀英"], None),
        (["孙建国", "孙玉梅"], "few"),
        (["卫秀兰", "李秀英", "王五", "赵六"], "few"),  # no supervisor among them
        (["孙建国", "孙玉梅", "钱有田"], "self"),  # the director built it
        (["孙建国", "孙玉梅", "冯保山"], "self"),
        (["孙建国", "孙建国", " 孙建国 "], "few"),
    ],
)
def test_works_are_accepted_by_three_a_supervisor_among_them(
    world, works, people, case
):
    if case is None:
        world.do(works, implementation.accept, world.supervisor1, people=people)
        assert works.stage == Stage.COMPLETED
        return
    with pytest.raises(Refused) as refused:
        implementation.accept(works, actor=world.supervisor1, people=people)
    (refusal,) = refused.value.unmet
    assert (refusal.name, refusal.shortfall.case) == ("accepted_by_supervisors", case)


def test_nationally_nobody_counts_who_accepts(world, nationally):
    matter = world.matter_at(Stage.UNDERWAY, type="M03")
    people = ["卫秀兰"]
    world.do(matter, implementation.accept, world.supervisor1, people=people)
    assert matter.stage == Stage.COMPLETED
