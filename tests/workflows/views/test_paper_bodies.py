"""会后录入 for bodies that are counted in ways of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import tests.world
from audit import clock
from tests.workflows.sitting_steps import nothing_changes, records
from tests.workflows.views.test_paper import address, enter, filled
from tests.world import World, build
from workflows.models import Sitting
from workflows.stage import Stage

SIZES = {
    "villagers": {"adults": 130, "households": 40},
    "collective": {"members": 62, "reps": 12},
    "group": {"adults": 20, "households": 8},
}


@pytest.fixture
def large(db: None) -> Iterator[World]:
    """A village of a hundred and thirty adults, with groups and a collective."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tests.world, "SIZES", tests.world.SIZES | SIZES)
        yield build()
    clock.move(None)


def outcome(client, response):
    return client.get(response.url).context["items"][0]


def test_large_bodies_are_entered_as_totals(large, client):
    matter = large.matter_at(Stage.REVIEWED)
    given = {"body": "villagers", "in_person": 131}
    with nothing_changes():
        response = enter(client, large, {matter: (60, 10)}, **given)
    assert "in_person" in response.context["form"].errors
    given["in_person"] = 80
    with records("sitting.recorded", "matter.adopted"):
        enter(client, large, {matter: (60, 10)}, **given)
    assert Sitting.objects.get(body="villagers").attendances.count() == 0


def test_members_also_come_online_and_by_proxy(large, client):
    matter = large.matter_at(Stage.REVIEWED, type="M13")
    came = {"in_person": 40, "online": 10, "by_proxy": 5}
    with records("sitting.recorded", "matter.adopted"):
        response = enter(client, large, {matter: (50, 1)}, **came)
    assert "现场 40、在线 10、书面委托 5" in outcome(client, response).verdict


def test_a_group_decides_what_is_its_own(large, client):
    matter = large.draft(chain="group", group_name="第一村民小组", type="M27")
    with records("sitting.recorded", "matter.adopted"):
        response = enter(client, large, {matter: (18, 1)}, by="group_leader")
    assert "本组 20 人，到会 20" in outcome(client, response).verdict


def test_where_the_law_asks_for_no_quorum_it_says_what_can_still_pass(large, client):
    matter = large.matter_at(Stage.REVIEWED, type="M15")
    client.force_login(large.clerk)
    url = address(large, matter, body="member_reps")
    page = client.get(url)
    assert "没有规定到会人数" in page.context["quorum"].because
    keys = page.context["people"].keys[:7]
    response = client.post(url, filled(page, {matter: (7, 0)}, people=keys))
    quorum = client.get(response.url).context["quorum"]
    assert "已不可能通过" in quorum.sentence
    matter.refresh_from_db()
    assert matter.stage == "rejected"


def test_by_households_the_roster_is_one_of_households(world, client):
    matter = world.matter_at(Stage.REVIEWED)
    client.force_login(world.clerk)
    url = address(world, matter, body="villagers")
    page = client.get(url)
    data = filled(page, {matter: (15, 0)}, mode="households")
    with nothing_changes():
        response = client.post(url, data)
    assert response.status_code == 400
    assert "名册有变化，已重新列出" in response.content.decode()
    people = response.context["people"]
    assert len(people.entitled) == 15
    again = filled(response, {matter: (15, 0)}, mode="households", people=people.keys)
    client.post(url, again)
    matter.refresh_from_db()
    assert matter.stage == "adopted"
