"""发会议通知: the notice of a sitting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.models import Authorisation, Sitting
from workflows.stage import Stage


@pytest.fixture
def address(world):
    def of(**asked):
        pairs = "&".join(f"{k}={v}" for k, v in asked.items())
        return f"/villages/{world.village.slug}/sittings/new/?{pairs}"

    return of


def filled(world, matter, body="joint", days=0, **more):
    """The form as it is filled in: the sitting an hour from now, or days later."""
    at = clock.local(clock.now()) + timedelta(days=days, hours=0 if days else 1)
    return {
        "body": body,
        "matters": [str(matter.number)],
        "held_at_0": f"{at:%Y-%m-%d}",
        "held_at_1": f"{at:%H:%M}",
        "place": "村委会会议室",
        "chair": str(world.director),
        "mode": "persons",
    } | more


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
    world, client, address, body, days, said
):
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


def test_it_is_called_and_the_next_thing_is_the_desk(world, client, address):
    matter = world.draft()
    client.force_login(world.clerk)
    with records("sitting.convened"):
        response = client.post(address(), filled(world, matter), follow=True)
    sitting = Sitting.objects.get()
    assert response.redirect_chain == [(f"/sittings/{sitting.uid}/", 302)]
    assert "通知已生成，请通知到人" in response.content.decode()
    assert sitting.noticed_at == clock.now()


def test_it_can_be_said_that_people_knew_before(world, client, address):
    matter = world.matter_at(Stage.REVIEWED)
    world.pass_days(5)
    told = {"noticed_at_0": f"{clock.today() - timedelta(3)}", "noticed_at_1": "08:00"}
    client.force_login(world.clerk)
    client.post(address(), filled(world, matter, "reps", **told))
    assert Sitting.objects.get(paper=False).noticed_on == clock.today() - timedelta(3)


@pytest.mark.parametrize(
    ("body", "days", "given", "title"),
    [
        ("reps", 2, {}, "通知得晚了"),
        ("villagers", 9, {}, "通知得晚了"),
        ("reps", 3, {"type": "M13"}, "应由成员大会决定"),
    ],
)
def test_what_the_law_forbids_is_refused_in_the_frame(
    world, client, address, body, days, given, title
):
    matter = world.matter_at(Stage.REVIEWED, **given)
    client.force_login(world.clerk)
    with nothing_changes():
        response = client.post(address(), filled(world, matter, body, days))
    html = response.content.decode()
    assert response.status_code == 422
    assert "暂不能发会议通知，还差 1 项" in html
    assert f"【{title}】" in html
    assert "怎么办：" in html


def test_an_unauthorised_body_and_a_guarantee_are_refused_together(
    world, client, address
):
    matter = world.draft(guarantee=True)
    Authorisation.objects.all().delete()
    client.force_login(world.clerk)
    response = client.post(address(), filled(world, matter, "reps", 3))
    assert [r.name for r in response.context["refusals"]] == [
        "authorised",
        "no_guarantee",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_at_0": ""}, "held_at"),
        ({"held_at_0": "0001-01-01"}, "held_at"),
        ({"held_at_0": "3/4/2026"}, "held_at"),
        ({"held_at_1": "nine"}, "held_at"),
        ({"held_at_0": "2026-02-20", "noticed_at_0": "2026-02-01"}, "held_at"),
        ({"place": ""}, "place"),
        ({"chair": "字" * 31}, "chair"),
        ({"matters": []}, "matters"),
        ({"matters": ["99"]}, "matters"),
        ({"noticed_at_0": "2026-05-01", "noticed_at_1": "09:00"}, "noticed_at"),
    ],
)
def test_a_form_that_cannot_be_read_says_where(world, client, address, wrong, field):
    matter = world.draft()
    given = {"noticed_at_1": "09:00"} if "noticed_at_0" in wrong else {}
    client.force_login(world.clerk)
    with nothing_changes():
        response = client.post(address(), filled(world, matter) | given | wrong)
    assert response.status_code == 400
    assert field in response.context["form"].errors


def test_pressed_twice_it_is_called_once(world, client, address):
    data = filled(world, world.draft())
    client.force_login(world.clerk)
    client.post(address(), data)
    with nothing_changes():
        response = client.post(address(), data)
    assert response.status_code == 409
    assert "已由村文书 郑小敏办好，没有重复记录" in response.content.decode()


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
