"""The door: everybody on the roster with a button, and the code on the screen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from tests.workflows.acts.test_void import WHY
from tests.workflows.answers import SIGNED
from tests.workflows.sitting_steps import convened, nothing_changes, perform, records
from workflows import rotating
from workflows.acts import arriving, correction
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.presenting.people import on_roster
from workflows.stage import Stage


@pytest.fixture
def called(world):
    """A sitting of the representatives, on its day."""
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    clock.move(sitting.held_at + timedelta(minutes=4))
    return sitting


def buttons(html):
    return re.findall(r'name="came" value="(\w+)"', html)


def test_everybody_who_is_not_there_has_a_button(world, called, desk, press):
    keys = on_roster(called).keys
    with nothing_changes():
        html = desk(called, part="door/").content.decode()
    assert buttons(html) == keys
    assert "还有 16 人没有签到" in html
    with records("sitting.arrived"):
        response = press(called, "door/", came=keys[2])
    assert response.url == f"/sittings/{called.uid}/door/#{keys[2]}"
    html = response.client.get(f"/sittings/{called.uid}/door/").content.decode()
    assert buttons(html) == [key for key in keys if key != keys[2]]
    assert "上午9时4分　点名" in html
    assert "现到会 1 人，还差 10 人" in html


def test_those_on_a_sheet_of_paper_are_marked_so(called, desk, press):
    keys = on_roster(called).keys
    html = desk(called, part="door/?signed=sheet").content.decode()
    assert '<input type="hidden" name="signed" value="sheet">' in html
    response = press(called, "door/", came=keys[0], signed="sheet")
    assert "?signed=sheet#" in response.url
    assert called.attendances.get().signed == "sheet"


def test_a_name_is_drawn_and_shown(called, desk, press):
    key = on_roster(called).keys[0]
    page = desk(called, part=f"door/{key}/sign/").content.decode()
    assert 'id="pad" width="600" height="240" data-into="id_written"' in page
    assert "<noscript>" in page
    with nothing_changes():
        response = press(called, f"door/{key}/sign/", written="")
    assert response.status_code == 400
    assert "没有看到签名" in response.content.decode()
    press(called, f"door/{key}/sign/", written=SIGNED)
    html = desk(called, part="door/").content.decode()
    assert 'd="M10,20 L30,40' in html
    assert "手写签名" in html


def test_who_is_absent_is_said_with_the_reason(called, desk, press):
    key = on_roster(called).keys[0]
    press(called, f"door/{key}/absent/", reason="leave", note="外出打工")
    html = desk(called, part="door/").content.decode()
    assert "缺席</span>" in html
    assert "请假：外出打工" in html
    assert key in buttons(html)


def test_who_listens_is_entered_and_taken_out(world, called, desk, press):
    html = desk(called, part="observers/").content.decode()
    assert f'<option value="{world.supervisor1}">' in html
    press(called, "observers/", name="吴明", capacity="township", post="乡经管站")
    html = desk(called, part="observers/").content.decode()
    assert "乡镇干部　乡经管站" in html
    row = called.observers.get()
    with records("sitting.unobserved"):
        press(called, "observers/", remove=row.pk)
    assert press(called, "observers/", remove=row.pk).status_code == 409
    assert press(called, "observers/", remove="x").status_code == 409


def test_the_screen_shows_a_code_that_changes(called, desk):
    first = desk(called, part="code/")
    html = first.content.decode()
    code = rotating.code_at(called, clock.now())
    assert first.context["address"].endswith(f"/sittings/{called.uid}/in/{code}/")
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in html
    assert 'hx-trigger="load delay:5s"' in html
    clock.move(clock.now() + timedelta(seconds=40))
    part = first.client.get(
        f"/sittings/{called.uid}/code/", headers={"HX-Request": "true"}
    )
    assert part.context["address"] != first.context["address"]
    assert part.context["seconds"] == 5
    assert "<html" not in part.content.decode()


def hanging(sitting, screen):
    """What comes to the screen that hangs in the room, when it asks again."""
    address = f"/sittings/{sitting.uid}/code/"
    return screen.client.get(address, headers={"HX-Request": "true"})


def test_the_screen_waits_while_people_vote_and_goes_on(world, called, desk):
    for key in on_roster(called).keys[:11]:
        arriving.arrive(called, key, actor=world.clerk)
    screen = desk(called, part="code/")
    ballot = called.ballots.get()
    perform(ballot, "open_ballot", voting.open_ballot, world.clerk, method="hands")
    for page in (hanging(called, screen), desk(called, part="code/")):
        html = page.content.decode()
        assert page.status_code == 200
        assert "正在表决，宣布结果以后再签到。" in html
        assert 'hx-trigger="load delay:5s"' in html
        assert 'class="qr"' not in html
    correction.void(ballot, actor=world.clerk, **WHY)
    assert 'class="qr"' in hanging(called, screen).content.decode()


def test_the_screen_says_when_it_is_over_and_asks_no_more(world, called, desk):
    arriving.arrive(called, on_roster(called).keys[0], actor=world.clerk)
    screen = desk(called, part="code/")
    keeping.lapse(called, actor=world.clerk)
    html = hanging(called, screen).content.decode()
    assert "会议已经结束。" in html
    assert "hx-get" not in html
    assert desk(called, part="code/").status_code == 409


def test_who_scans_signs_in_by_a_button(world, called, desk, press):
    code = rotating.code_at(called, clock.now())
    with nothing_changes():
        html = desk(called, "rep01", f"in/{code}/").content.decode()
    assert "您是卫秀兰，现在到会。" in html
    with records("sitting.arrived"):
        response = press(called, f"in/{code}/", "rep01")
    assert response.url == f"/sittings/{called.uid}/"
    assert "卫秀兰已签到" in response.client.get(response.url).content.decode()
    with nothing_changes():
        again = desk(called, "rep01", f"in/{code}/")
    assert again.status_code == 302
    assert "您已经签到。" in again.client.get(again.url).content.decode()


def test_an_old_code_sends_back_to_the_screen(called, desk, press):
    code = rotating.code_at(called, clock.now())
    clock.move(clock.now() + timedelta(minutes=1))
    with nothing_changes():
        for answer in (
            desk(called, "rep01", f"in/{code}/"),
            press(called, f"in/{code}/", "rep01"),
        ):
            assert answer.status_code == 409
            assert "二维码已经换了，请重新扫屏幕上的。" in answer.content.decode()


def test_who_is_not_on_the_roster_is_told_so(called, desk):
    code = rotating.code_at(called, clock.now())
    html = desk(called, "supervisor1", f"in/{code}/").content.decode()
    assert "您不在这次会议的名册上" in html
    assert '<button class="btn">' not in html


def test_a_list_that_lay_open_does_not_undo_who_signed_in_meanwhile(
    world, called, desk, press
):
    keys = on_roster(called).keys
    arriving.arrive(called, keys[0], actor=world.clerk)
    form = desk(called, part="attend/").context["form"]
    arriving.arrive(called, keys[1], actor=world.clerk)
    press(
        called,
        "attend/",
        people=keys[5:7],
        shown=",".join(keys),
        there=form["there"].value(),
        signed="sheet",
        again="1",
    )
    there = {row.entry.key: row.signed for row in called.attendances.all()}
    assert there == {keys[1]: "ticked", keys[5]: "sheet", keys[6]: "sheet"}


def test_a_person_who_is_not_on_the_roster_has_no_page(called, desk):
    for part in ("door/r0/sign/", "door/x/absent/"):
        assert desk(called, part=part).status_code == 404


def test_the_door_asks_the_database_as_often_for_a_long_roster(village, page_of):
    world = village(
        reps={"total": 45, "committee": 3, "women": 15},
        villagers={"adults": 120, "households": 40},
    )
    browser, counts = page_of(world.clerk), []
    reviewed = world.matter_at(Stage.REVIEWED)
    for body, matter in (("joint", world.draft()), ("reps", reviewed)):
        sitting = convened(world, matter, body=body)
        clock.move(max(clock.now(), sitting.held_at))
        for key in on_roster(sitting).keys[:-2]:
            arriving.arrive(sitting, key, actor=world.clerk)
        browser.get(f"/sittings/{sitting.uid}/door/")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/sittings/{sitting.uid}/door/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
