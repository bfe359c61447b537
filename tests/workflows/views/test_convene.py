"""发会议通知: the notice of a sitting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.models import Authorisation, Sitting
from workflows.stage import Stage


def page_of(world):
    def address(**asked):
        pairs = "&".join(f"{k}={v}" for k, v in asked.items())
        return f"/villages/{world.village.slug}/sittings/new/?{pairs}"

    return address


@pytest.fixture
def address(world):
    return page_of(world)


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


def test_it_is_called_and_the_next_thing_is_the_desk(world, client, address):
    matter = world.draft()
    client.force_login(world.clerk)
    with records("sitting.convened"):
        response = client.post(address(), filled(world, matter), follow=True)
    sitting = Sitting.objects.get()
    assert response.redirect_chain == [(f"/sittings/{sitting.uid}/", 302)]
    assert "通知已生成，请打印资料袋并通知到人" in response.content.decode()
    assert sitting.noticed_at == clock.now()


def test_it_can_be_said_that_people_knew_before(world, client, address):
    matter = world.matter_at(Stage.REVIEWED)
    world.pass_days(5)
    told = {"noticed_at_0": f"{clock.today() - timedelta(3)}", "noticed_at_1": "08:00"}
    client.force_login(world.clerk)
    client.post(address(), filled(world, matter, "reps", **told))
    assert Sitting.objects.get(paper=False).noticed_on == clock.today() - timedelta(3)


@pytest.mark.parametrize(
    ("asked", "kind", "title"),
    [
        (("reps", 2), "M05", "通知得晚了"),
        (("villagers", 9), "M05", "通知得晚了"),
        (("reps", 3), "M13", "应由成员大会决定"),
    ],
)
def test_what_the_law_forbids_is_refused_in_the_frame(
    world, client, asked, kind, title
):
    address = page_of(world)
    matter = world.matter_at(Stage.REVIEWED, type=kind)
    client.force_login(world.clerk)
    with nothing_changes():
        response = client.post(address(), filled(world, matter, *asked))
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
    ("order", "put"),
    [
        ("", "123"),
        ("3", "312"),
        ("2、3", "231"),
        ("第２号，第1号", "213"),
        ("3 3 2 1", "321"),
    ],
)
def test_matters_are_put_in_the_order_asked_for_the_oldest_first(
    world, client, address, order, put
):
    matters = [world.draft(title=title) for title in ("打机井", "修路", "清渠")]
    client.force_login(world.clerk)
    chosen = [str(matter.number) for matter in reversed(matters)]
    form = filled(world, matters[0], matters=chosen, order=order)
    client.post(address(), form)
    agenda = Sitting.objects.get().ballots.order_by("position")
    assert "".join(str(ballot.matter.number) for ballot in agenda) == put


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("2、1", "第2号没有选作议题。请在上面选上，或者从先后里去掉。"),
        ("先打井", "议题先后要写第几号，例如 3、1、2。"),
    ],
)
def test_an_order_that_cannot_be_followed_is_asked_for_again(
    world, client, address, order, said
):
    chosen, _other = world.draft(title="打机井"), world.draft(title="修路")
    client.force_login(world.clerk)
    with nothing_changes():
        response = client.post(address(), filled(world, chosen, order=order))
    assert said in response.content.decode()
    assert order in response.content.decode()
