"""The papers of a sitting, pressed at its desk: by whom, when, what is said else."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from tests.papers import pages_of
from tests.workflows.acts.test_void import WHY
from tests.workflows.sitting_steps import (
    convened,
    declared,
    held,
    nothing_changes,
    perform,
)
from tests.workflows.views.test_paper import enter
from workflows.acts import correction
from workflows.models import Sitting
from workflows.printing import press
from workflows.stage import Stage

PACKET, MINUTES, PASTE_IN = "packet/", "minutes/", "minutes/paste/"
RESOLUTION = "1/resolution/"
LONG = "硬化村东至水磨沟口生产道路并整修排水渠（第%s段）"
MOST_PAGES = 4


def printed(answer):
    """The words of the PDF, page by page."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return pages_of(answer.content)


def called(answer):
    return unquote(answer["Content-Disposition"].split("''")[1])


def offered(page):
    return [button.label for button in page.context["prints"]]


@pytest.mark.paper
def test_one_press_gives_the_packet(world, desk):
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    assert offered(desk(sitting)) == ["会议资料袋"]
    with nothing_changes():
        answer = desk(sitting, part=PACKET)
    assert printed(answer)[0].count("会议资料袋") == 1
    assert called(answer) == "王家山村村民代表会议2026年第1次会议资料袋.pdf"
    assert desk(sitting, part=PACKET).content == answer.content


@pytest.mark.paper
def test_six_matters_entered_on_one_page_take_four_pages_and_one_signature_sheet(
    world, client, desk
):
    matters = [world.matter_at(Stage.REVIEWED, title=LONG % n) for n in "一二三四五六"]
    votes = dict.fromkeys(matters, (9, 3))
    given = {"body": "reps", "witness_name": "孙建国"}
    assert enter(client, world, votes, **given).status_code == 302
    sitting = Sitting.objects.latest("pk")
    page = desk(sitting)
    assert offered(page)[:2] == ["会议记录", "会议记录粘贴页"]
    assert offered(page)[2:] == [f"决议书：{matter.title}" for matter in matters]
    pages = printed(desk(sitting, part=MINUTES))
    assert len(pages) <= MOST_PAGES
    text = "".join(pages)
    assert all(f"《{matter.title}》（第1稿）" in text for matter in matters)
    assert text.count("参会人员签字（或附签到册）") == 1
    assert text.count("主持人签字") == 1
    assert len(printed(desk(sitting, part=PASTE_IN))) == 1
    sixth = printed(desk(sitting, part="6/resolution/"))
    assert f"关于{matters[5].title}的决议" in "".join(sixth)


@pytest.mark.paper
def test_a_no_is_printed_as_a_resolution(world, desk):
    matter = world.matter_at(Stage.REVIEWED, title="矾石厂立项")
    ballot = declared(world, matter, body="reps", votes_for=7, against=8)
    answer = desk(ballot.sitting, "supervisor1", RESOLUTION)
    assert "本决议为不通过，按规定予以公示。" in "".join(printed(answer))
    assert called(answer) == "王家山村村民代表会议关于矾石厂立项的决议.pdf"


@pytest.mark.paper
def test_a_no_that_is_not_shown_to_the_people_is_answered(world, desk):
    ballot = declared(world, world.draft(), votes_for=1, against=4)
    text = "".join(printed(desk(ballot.sitting, part=RESOLUTION)))
    assert "本决议为不通过，书面答复提议人。" in text
    assert "公示" not in text.replace("公示编号", "")


@pytest.mark.parametrize(
    ("by", "packet", "minutes"),
    [
        ("clerk", 200, 200),
        ("director", 200, 200),
        ("supervisor1", 403, 200),
        ("township", 403, 200),
        ("rep01", 403, 403),
        ("zhou", 404, 404),
    ],
)
@pytest.mark.paper
def test_who_may_press_it(world, desk, by, packet, minutes):
    """Those who keep the sitting carry the packet; officers read what was kept."""
    sitting = held(world, world.matter_at(Stage.REVIEWED), body="reps")
    assert desk(sitting, by, PACKET).status_code == packet
    assert desk(sitting, by, MINUTES).status_code == minutes
    if packet != 404:
        seen = offered(desk(sitting, by))
        assert ("会议资料袋" in seen) == (packet == 200)
        assert ("会议记录" in seen) == (minutes == 200)


@pytest.mark.paper
def test_who_chairs_without_an_office_that_keeps_may_print(world, desk):
    chair = str(world.rep01)
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps", chair=chair)
    assert desk(sitting, "rep01", PACKET).status_code == 200
    assert desk(sitting, "party01", PACKET).status_code == 403


def test_before_the_sitting_there_is_nothing_to_read(world, desk):
    sitting = convened(world, world.matter_at(Stage.REVIEWED), body="reps")
    for part, why in (
        (MINUTES, "空白的会议记录纸在资料袋里"),
        (PASTE_IN, "空白的会议记录纸在资料袋里"),
        (RESOLUTION, "还没有形成决议"),
    ):
        answer = desk(sitting, part=part)
        assert answer.status_code == 409
        assert why in answer.content.decode()


def test_after_the_sitting_there_is_no_packet(world, desk):
    ballot = declared(world, world.draft())
    answer = desk(ballot.sitting, part=PACKET)
    assert answer.status_code == 409
    assert "会议已经结束，不用再打印资料袋。" in answer.content.decode()


def test_what_is_void_is_no_resolution(world, desk):
    matter = world.matter_at(Stage.REVIEWED)
    ballot = declared(world, matter, body="reps", votes_for=12)
    assert any("决议书" in label for label in offered(desk(ballot.sitting)))
    perform(ballot, "void", correction.void, world.clerk, **WHY)
    assert desk(ballot.sitting, part=RESOLUTION).status_code == 409
    assert not any("决议书" in label for label in offered(desk(ballot.sitting)))


def test_a_machine_that_lacks_a_library_says_so_and_prints_nothing(
    world, desk, monkeypatch
):
    monkeypatch.setattr(press, "LIBRARIES", {"libnowhere.so.0": "libharfbuzz-subset0"})
    press.switched_off.cache_clear()
    try:
        sitting = convened(world, world.draft())
        why = "这台服务器不能打印：没有安装 libharfbuzz-subset0。请联系管理员。"
        page = desk(sitting).content.decode()
        assert why in page
        assert "/packet/" not in page
        answer = desk(sitting, part=PACKET)
        assert answer.status_code == 409
        assert why in answer.content.decode()
    finally:
        press.switched_off.cache_clear()
