"""发会议通知: what the page says before the button is pressed, and to whom."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from tests.workflows.sitting_steps import nothing_changes
from tests.workflows.views.test_convene import filled, page_of
from workflows.stage import Stage


@pytest.fixture
def address(world):
    return page_of(world)


def test_without_a_body_it_asks_which_and_says_what_waits(world, client, address):
    world.draft(title="打机井")
    client.force_login(world.clerk)
    with nothing_changes():
        html = client.get(address()).content.decode()
    assert "有 1 项等着这个会：《打机井》" in html
    assert "党支部党员大会" not in html


def test_from_a_matter_the_body_of_its_next_step_is_taken(world, client, address):
    matter = world.matter_at(Stage.REVIEWED)
    client.force_login(world.clerk)
    for asked in (matter.number, matter.uid):
        context = client.get(address(matter=asked)).context
        assert context["body"].code == "reps"
        assert context["form"]["matters"].value() == [str(matter.number)]


@pytest.mark.parametrize(
    ("body", "days", "said"),
    [
        ("villagers", 10, "应当提前 10 日通知。今天通知，最早可以在2026年3月12日召开"),
        ("reps", 3, "应当提前 3 日通知"),
        ("joint", 0, "没有规定提前几日通知"),
    ],
)
def test_it_says_before_how_long_before_people_are_told(
    world, client, body, days, said
):
    address = page_of(world)
    client.force_login(world.clerk)
    response = client.get(address(body=body))
    assert said in response.content.decode()
    assert response.context["notice"].days == days
    first = response.context["form"]["held_at"].value()
    assert (first.date() - clock.today()).days == days


def test_those_that_wait_for_the_body_come_first(world, client, address):
    waiting = world.matter_at(Stage.REVIEWED, title="等着的")
    world.draft(title="还早的")
    elsewhere = world.matter_at(Stage.REVIEWED, title="别处的", type="M13")
    client.force_login(world.clerk)
    form = client.get(address(body="reps")).context["form"]
    labels = dict(form.fields["matters"].choices)
    assert list(labels)[0] == str(waiting.number)
    assert labels[str(elsewhere.number)].endswith("，由成员大会决定")


@pytest.mark.parametrize(
    ("by", "status"),
    [
        ("clerk", 200),
        ("director", 200),
        ("recorder", 403),
        ("supervisor1", 403),
        ("rep01", 403),
        ("township", 403),
        ("zhou", 404),
        ("li", 404),
    ],
)
def test_who_may_call_the_representatives(world, client, address, by, status):
    client.force_login(getattr(world, by))
    assert client.get(address(body="reps")).status_code == status
    data = filled(world, world.matter_at(Stage.REVIEWED), "reps", 3)
    expected = 302 if status == 200 else status
    assert client.post(address(), data).status_code == expected


def test_the_clerk_is_told_who_calls_the_party(world, client, address):
    client.force_login(world.clerk)
    response = client.get(address(body="party"))
    assert response.status_code == 403
    html = response.content.decode()
    assert "支部记录人、村党支部书记、村党支部副书记可以办" in html
    assert "陈明亮" in html


@pytest.mark.parametrize(
    "asked", [{"body": "council"}, {"matter": 77}, {"matter": "x"}]
)
def test_what_is_not_there_is_not_found(world, client, address, asked):
    client.force_login(world.clerk)
    assert client.get(address(**asked)).status_code == 404


def test_the_page_asks_the_database_as_often_for_many_matters(world, client, address):
    counts = []
    client.force_login(world.clerk)
    for more in (1, 9):
        for _n in range(more):
            world.draft()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(body="joint")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
