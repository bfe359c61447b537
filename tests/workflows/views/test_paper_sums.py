"""会后录入 takes no counts that do not close, and says so at the row."""

from __future__ import annotations

import pytest

from tests.workflows.sitting_steps import nothing_changes
from tests.workflows.views.test_paper import enter
from workflows.models import Ballot
from workflows.stage import Stage


def test_on_slips_what_went_out_and_came_back_may_be_left_open(world, client):
    matter = world.matter_at(Stage.REVIEWED)
    enter(client, world, {matter: (9, 5, 0, 1)}, method="paper")
    tally = Ballot.objects.get(sitting__body="reps").tally
    assert (tally.issued, tally.returned, tally.unreturned) == (16, 15, 1)
    assert (tally.invalid, tally.passed) == (1, True)


@pytest.mark.parametrize(
    ("counts", "method", "said"),
    [
        ((4, 2), "hands", "四项合计 6 票，到会 5 人，多出 1 票"),
        ((3, 1, 0), "hands", "四项合计 4 票，到会 5 人，差 1 票"),
        ((4, 2), "paper", "发出 5 张，收回 6 张"),
        ((3, 1, 0, 0, 5, 5), "paper", "= 4，收回 5 张，差 1"),
        ((3, 1, 0, 0, 3), "paper", "发出 3 张，收回 4 张"),
        ((3, 1, 0, 0, 6), "paper", "发出 6 张，到会 5 人"),
        ((3, ""), "hands", "请填写反对"),
        (("三", 1), "hands", "赞成要填整数"),
        (("", ""), "hands", "请填写票数"),
    ],
)
def test_sums_that_do_not_close_are_said_at_the_row(
    world, client, counts, method, said
):
    good, bad = world.draft(), world.draft()
    with nothing_changes():
        response = enter(client, world, {good: (5, 0), bad: counts}, method=method)
    assert response.status_code == 400
    rows = response.context["form"].rows
    assert not rows[0].errors
    assert said in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"days_ago": -1}, "held_at"),
        ({"held_at_0": ""}, "held_at"),
        ({"held_at_0": "0001-01-01"}, "held_at"),
        ({"noticed_on": "2027-01-01"}, "noticed_on"),
        ({"noticed_on": "0001-01-01"}, "noticed_on"),
        ({"chair": " "}, "chair"),
        ({"witness_name": "郑小敏"}, "witness_name"),
        ({"witness_name": "赵长河"}, "witness_name"),
        ({"method": "shouting"}, "method"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(world, client, wrong, field):
    matter = world.draft()
    with nothing_changes():
        response = enter(client, world, {matter: (5, 0)}, **wrong)
    assert response.status_code == 400
    assert field in response.context["form"].errors
