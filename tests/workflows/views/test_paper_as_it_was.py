"""会后录入 keeps what happened: too few, not in order, on another day, broken off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from tests.workflows.sitting_steps import enter as entered
from tests.workflows.sitting_steps import nothing_changes, records
from tests.workflows.views.test_paper import address, enter, filled
from villages.models import Resident, Seat
from workflows.stage import Stage


def test_where_nobody_counted_and_too_few_came_it_lapsed(world, client):
    matter = world.matter_at(Stage.REVIEWED)
    client.force_login(world.clerk)
    url = address(world, matter)
    page = client.get(url)
    data = filled(page, {}, people=page.context["people"].keys[:10])
    with records("sitting.recorded", "sitting.lapsed"):
        response = client.post(url, data, follow=True)
    html = response.content.decode()
    assert "已录入。人数不够，已记为流会。" in html
    assert "再次召集" in html
    matter.refresh_from_db()
    assert matter.stage == "reviewed"


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ({"people": 10}, "到会人数不够"),
        ({"told": 9, "body": "villagers"}, "通知得晚了"),
    ],
)
def test_what_was_not_in_order_is_kept_and_said_plainly(world, client, given, title):
    matter = world.matter_at(Stage.REVIEWED)
    body = given.get("body", "reps")
    client.force_login(world.clerk)
    url = address(world, matter, body=body)
    page = client.get(url)
    keys = page.context["people"].keys[: given.get("people")]
    told = clock.today() - timedelta(days=given.get("told", 11))
    data = filled(page, {matter: (len(keys), 0)}, people=keys, noticed_on=f"{told}")
    with records("sitting.recorded", "ballot.declared"):
        response = client.post(url, data, follow=True)
    html = response.content.decode()
    assert f"《{matter.title}》程序有瑕疵，不作为推进依据" in html
    assert f"【{title}】" in html
    matter.refresh_from_db()
    assert matter.stage == "reviewed"


def test_out_of_turn_is_said_before_and_after(world, client):
    matter = world.draft()
    client.force_login(world.clerk)
    page = client.get(address(world, matter, body="reps"))
    assert "现在是“已起草”" in page.content.decode()
    response = enter(client, world, {matter: (16, 0)}, body="reps")
    assert "【还没到这一步】" in client.get(response.url).content.decode()


def test_the_party_recorder_enters_the_party_sitting(world, client):
    matter = world.matter_at(Stage.PROPOSED)
    with records("sitting.recorded", "matter.reviewed"):
        enter(client, world, {matter: (9, 0)}, by="recorder")


def test_those_entitled_on_the_day_of_the_sitting_count(world, client):
    matter = world.draft()
    world.pass_days(20)
    newcomer = Seat.objects.filter(body__kind="committee").last()
    newcomer.since = clock.today()
    newcomer.save()
    client.force_login(world.clerk)
    url = address(world, matter)
    page = client.get(url)
    assert len(page.context["people"].entitled) == 5
    data = filled(page, {matter: (4, 0)}, days_ago=5)
    response = client.post(url, data)
    assert response.status_code == 400
    assert len(response.context["people"].entitled) == 4
    assert response.context["form"]["people"].value() == response.context["people"].keys


def test_who_died_since_the_page_was_opened_is_asked_about_again(world, client):
    matter = world.draft()
    client.force_login(world.clerk)
    url = address(world, matter)
    data = filled(client.get(url), {matter: (5, 0)})
    Resident.objects.filter(users=world.director).update(died_on=clock.today())
    with nothing_changes():
        assert client.post(url, data).status_code == 400


def test_where_entering_broke_off_the_desk_goes_on(world, client):
    matter, other = world.draft(), world.draft()
    sitting = entered(world, matter, other)
    client.force_login(world.clerk)
    address = f"/sittings/{sitting.uid}/"
    lead = client.get(address).context["lead"]
    assert (lead.button.label, lead.button.url) == ("录入票数", f"{address}1/count/")
    assert client.get(f"{address}1/count/").status_code == 200
    with nothing_changes():
        wrong = {"votes_for": 6, "against": 0, "method": "hands"}
        assert client.post(f"{address}1/count/", wrong).status_code == 400
    with records("matter.proposed"):
        votes = {"votes_for": 5, "against": 0, "method": "hands"}
        client.post(f"{address}1/count/", votes)
    assert client.get(f"{address}1/count/").status_code == 409
    assert client.get(f"{address}1/open/").status_code == 409
