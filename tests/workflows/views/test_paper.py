"""会后录入: a whole sitting on one page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.models import Sitting
from workflows.stage import Stage


def address(world, *matters, body=""):
    asked = [f"body={body}"] if body else []
    asked += [f"matter={matter.number}" for matter in matters]
    return f"/villages/{world.village.slug}/sittings/paper/?{'&'.join(asked)}"


def filled(page, votes, *, days_ago=0, **more):
    """The form as the page offers it, with these counts; everybody came."""
    form = page.context["form"]
    at = clock.local(clock.now()) - timedelta(days=days_ago)
    data = {name: form[name].value() for name in form.fields}
    data |= {
        "held_at_0": f"{at:%Y-%m-%d}",
        "held_at_1": f"{at:%H:%M}",
        "noticed_on": f"{at - timedelta(days=11):%Y-%m-%d}",
    }
    for matter, counts in votes.items():
        names = ("votes_for", "against", "abstain", "invalid", "issued", "returned")
        fields = zip(names, counts, strict=False)
        data |= {f"m{matter.number}-{name}": n for name, n in fields}
    return {key: value for key, value in (data | more).items() if value is not None}


def enter(client, world, votes, *, body="", by="clerk", **more):
    """The page is opened once and its button pressed once."""
    client.force_login(getattr(world, by))
    url = address(world, *votes, body=body)
    page = client.get(url)
    assert page.status_code == 200
    return client.post(url, filled(page, votes, **more))


def test_one_page_and_one_button_enter_a_whole_sitting(world, client):
    yes, no = world.draft(), world.draft()
    expected = ["sitting.recorded", "matter.proposed", "matter.rejected"]
    with records(*expected):
        response = enter(
            client, world, {yes: (5, 0), no: (1, 4)}, witness_name="孙建国"
        )
    sitting = Sitting.objects.get()
    assert response.url == f"/sittings/{sitting.uid}/"
    assert (sitting.state, sitting.present, sitting.paper) == ("closed", 5, True)
    assert {b.tally.witness_name for b in sitting.ballots.all()} == {"孙建国"}
    assert "已录入" in client.get(response.url).content.decode()


def test_the_photographed_sheets_come_with_it_and_officers_see_them(world, client):
    sheets = {
        name: SimpleUploadedFile(f"{name}.pdf", f"%PDF- {name}".encode())
        for name in ("sign_in_sheet", "tally_sheet")
    }
    enter(client, world, {world.draft(): (5, 0)}, **sheets)
    sitting = Sitting.objects.get()
    page = client.get(f"/sittings/{sitting.uid}/").content.decode()
    for name in ("sign_in", "tally"):
        url = f"/sittings/{sitting.uid}/scans/{name}/"
        assert url in page
        seen = b"".join(client.get(url).streaming_content)
        assert seen == f"%PDF- {name}_sheet".encode()
    assert client.get(f"/sittings/{sitting.uid}/scans/place/").status_code == 404
    client.force_login(world.rep01)
    assert "scans" not in client.get(f"/sittings/{sitting.uid}/").content.decode()


def test_what_is_no_photograph_is_refused_where_it_stands(world, client):
    wrong = SimpleUploadedFile("a.jpg", b"MZ not a picture")
    matter = world.draft()
    with nothing_changes():
        page = enter(client, world, {matter: (5, 0)}, tally_sheet=wrong)
    assert page.status_code == 400
    assert "tally_sheet" in page.context["form"].errors


def test_a_sitting_that_is_refused_leaves_no_photograph(
    world, client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    matter = world.draft()
    enter(client, world, {matter: (5, 0)}, body="joint")
    again = {"tally_sheet": SimpleUploadedFile("a.pdf", b"%PDF- again")}
    with nothing_changes():
        again = enter(client, world, {matter: (5, 0)}, body="joint", **again)
    assert again.status_code == 409
    assert not list(tmp_path.rglob("*.pdf"))


def test_the_page_writes_nothing_and_shows_everybody_as_present(world, client):
    matter = world.matter_at(Stage.REVIEWED)
    client.force_login(world.clerk)
    with nothing_changes():
        page = client.get(address(world, matter))
    html = page.content.decode()
    assert html.count(" checked class") + html.count("checked") >= 16
    assert "应到 16 人，至少要到 11 人" in html
    assert "两个日期同时记录" in html
    assert html.count('<button class="btn">') == 1


def test_without_matters_it_asks_which_first(world, client):
    matter = world.draft(title="打机井")
    client.force_login(world.clerk)
    page = client.get(address(world, body="joint"))
    assert page.context["chosen"] == [str(matter.number)]
    assert "打机井" in page.content.decode()
    assert client.get(address(world)).context["bodies"][0]["waiting"] == ["打机井"]


def test_who_is_un_ticked_was_not_there(world, client):
    matter = world.matter_at(Stage.REVIEWED)
    client.force_login(world.clerk)
    url = address(world, matter)
    page = client.get(url)
    keys = page.context["people"].keys
    data = filled(page, {matter: (8, 2)}, people=keys[:11])
    client.post(url, data)
    sitting = Sitting.objects.get(body="reps")
    assert (sitting.present, sitting.attendances.count()) == (11, 11)
    assert sitting.ballots.get().tally.abstain == 1


def test_pressed_twice_it_is_entered_once(world, client):
    matter = world.matter_at(Stage.REVIEWED)
    client.force_login(world.clerk)
    url = address(world, matter)
    data = filled(client.get(url), {matter: (16, 0)})
    client.post(url, data)
    matter.refresh_from_db()
    assert matter.stage == "adopted"
    with nothing_changes():
        again = client.post(url, data)
    assert again.status_code == 409
    assert "已由村文书 郑小敏办好" in again.content.decode()


@pytest.mark.parametrize(
    ("by", "body", "status"),
    [
        ("clerk", "joint", 200),
        ("secretary", "joint", 200),
        ("secretary", "reps", 403),
        ("clerk", "party", 403),
        ("recorder", "party", 200),
        ("supervisor1", "joint", 403),
        ("township", "joint", 403),
        ("zhou", "joint", 404),
    ],
)
def test_who_may_enter_a_sitting(world, client, by, body, status):
    matter = world.draft()
    client.force_login(getattr(world, by))
    url = address(world, matter, body=body)
    assert client.get(url).status_code == status
    if status != 200:
        assert client.post(url, {"body": body}).status_code == status


def test_the_page_asks_the_database_as_often_for_many_matters(world, client):
    counts = []
    client.force_login(world.clerk)
    for size in (1, 9):
        matters = [world.draft() for _n in range(size)]
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(world, *matters)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
