"""The desk: one sitting, led from its notice to its result."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.sitting_steps import (
    convened,
    counted,
    declare,
    declared,
    enter,
    held,
    nothing_changes,
    opened,
    records,
    witnessed,
)
from workflows.acts import sitting as keeping
from workflows.figures import Figures
from workflows.models import Ballot
from workflows.presenting.people import on_roster
from workflows.stage import Stage

PDF = b"%PDF-1.4 a sheet"


@pytest.fixture
def desk(world, client):
    """The page as somebody reads it."""

    def read(sitting, by="clerk", part=""):
        client.force_login(getattr(world, by))
        return client.get(f"/sittings/{sitting.uid}/{part}")

    return read


@pytest.fixture
def press(world, client):
    def post(sitting, part, by="clerk", **data):
        client.force_login(getattr(world, by))
        return client.post(f"/sittings/{sitting.uid}/{part}", data)

    return post


def lead(response):
    found = response.context["lead"]
    return found.sentence, found.button.label if found.button else None


def test_a_sitting_is_led_from_its_notice_to_its_result(world, desk, press):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = convened(world, matter, body="reps")
    assert lead(desk(sitting))[1] == "登记通知情况"
    press(sitting, "serve/", means=["phone"], reached=16)
    assert lead(desk(sitting)) == ("已经通知，等开会。", None)
    world.pass_days(3)
    assert lead(desk(sitting)) == ("今天开会：请登记到会，开始表决", "登记到会")
    keys = on_roster(sitting).keys
    press(sitting, "attend/", people=keys[:12], shown=",".join(keys))
    assert lead(desk(sitting))[1] == "开始表决"
    press(sitting, "1/open/", method="hands")
    assert lead(desk(sitting))[1] == "录入票数"
    press(sitting, "1/count/", votes_for=9, against=2)
    assert lead(desk(sitting))[1] is None
    assert lead(desk(sitting, "supervisor1"))[1] == "监票确认"
    press(sitting, "1/witness/", "supervisor1", seen=Ballot.objects.last().tally.pk)
    assert lead(desk(sitting))[1] == "宣布结果"
    with records("matter.adopted"):
        response = press(sitting, "1/declare/")
    assert response.url == f"/sittings/{sitting.uid}/"
    response = desk(sitting)
    assert "已宣布。下一步：公示决议" in response.content.decode()
    assert lead(response)[0] == "会议已经结束。"
    matter.refresh_from_db()
    assert matter.stage == "adopted"


def test_it_always_says_how_many_came_and_whether_that_is_enough(world, desk):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = convened(world, matter, body="reps")
    with nothing_changes():
        quorum = desk(sitting).context["quorum"]
    assert quorum.sentence == "应到 16 人，至少要到 11 人。"
    assert "第三十条第二款，到会人数要达到全体的三分之二以上" in quorum.because
    world.pass_days(3)
    came = keeping.Came(in_person=10)
    keeping.attend(sitting, came, actor=world.clerk)
    response = desk(sitting)
    quorum = response.context["quorum"]
    said = "组成人员 16 人，至少要到 11 人，现到会 10 人，还差 1 人。"
    assert (quorum.stands, quorum.sentence) == (False, said)
    assert lead(response)[1] == "宣布流会"


def test_too_few_came_and_the_way_to_the_next_sitting_is_offered(world, desk, press):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = held(world, matter, body="reps", present=10)
    html = desk(sitting, part="lapse/").content.decode()
    assert "到会 10 人，至少要到 11 人。宣布流会后需另行通知" in html
    with records("sitting.lapsed"):
        press(sitting, "lapse/")
    response = desk(sitting)
    again = response.context["lead"].button
    assert again.label == "再次召集"
    assert again.url.endswith(f"/sittings/new/?body=reps&matter={matter.number}")
    assert "会议没有开成，事项留待下次会议" in lead(response)[0]


def test_an_item_whose_step_has_not_come_is_left_out(world, desk, press):
    first, later = world.draft(), world.draft(chain="four_deliberations")
    sitting = held(world, later, first)
    response = desk(sitting)
    assert f"《{first.title}》" in lead(response)[0]
    assert "下一步应当是" in response.context["items"][0].note
    assert desk(sitting, part="1/open/").status_code == 409
    for part, data in (
        ("2/open/", {"method": "hands"}),
        ("2/count/", {"votes_for": 5, "against": 0}),
    ):
        press(sitting, part, **data)
    press(sitting, "2/witness/", "supervisor1")
    press(sitting, "2/declare/")
    assert lead(desk(sitting))[1] == "散会"
    with records("sitting.closed"):
        press(sitting, "close/")


def test_what_is_missing_is_said_before_the_button_is_pressed(world, desk, press):
    sitting = counted(world, world.draft()).sitting
    response = desk(sitting, part="1/declare/")
    assert "宣布结果前还差 1 项" in response.content.decode()
    with nothing_changes():
        response = press(sitting, "1/declare/")
    assert response.status_code == 422
    assert "【票数还没有监票人核对】" in response.content.decode()


def test_the_verdict_stands_on_the_page_before_it_is_declared(world, desk):
    sitting = witnessed(world, world.draft(), votes_for=2, against=3).sitting
    assert "未形成提议" in desk(sitting, part="1/declare/").content.decode()


def test_the_witness_sees_the_four_numbers(world, desk, press):
    ballot = counted(world, world.draft(), votes_for=3, against=1)
    response = desk(ballot.sitting, "supervisor1", "1/witness/")
    html = response.content.decode()
    for number in (3, 1, 0):
        assert f'<b class="live">{number}</b>' in html
    assert desk(ballot.sitting, part="1/witness/").status_code == 403
    seen = {"seen": ballot.tally.pk}
    with records("ballot.witnessed"):
        press(ballot.sitting, "1/witness/", "supervisor1", **seen)
    with nothing_changes():
        again = press(ballot.sitting, "1/witness/", "supervisor2", **seen)
    assert again.status_code == 409
    assert "已由村务监督委员会成员 孙建国办好" in again.content.decode()


def test_counts_on_slips_are_asked_for_and_must_close(world, desk, press):
    sitting = opened(world, world.draft(), method="paper").sitting
    html = desk(sitting, part="1/count/").content.decode()
    for label in ("发出", "收回", "赞成", "反对", "弃权", "无效"):
        assert f">{label}" in html
    with nothing_changes():
        response = press(sitting, "1/count/", votes_for=4, against=0, returned=5)
    assert response.status_code == 422
    assert "【合计对不上】" in response.content.decode()
    press(sitting, "1/count/", votes_for=4, against=0, issued=5)
    tally = Ballot.objects.get().tally
    assert (tally.issued, tally.returned, tally.unreturned) == (5, 4, 1)


def test_a_witness_without_an_account_is_named_with_the_sheet(world, desk, press):
    sitting = opened(world, world.draft()).sitting
    votes = {"votes_for": 5, "against": 0, "witness_name": "褚大勇"}
    sheet = SimpleUploadedFile("sheet.pdf", PDF, "application/pdf")
    press(sitting, "1/count/", **votes, sheet=sheet)
    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.tally.witness_name) == ("witnessed", "褚大勇")
    response = desk(sitting, part="1/sheet/")
    assert b"".join(response.streaming_content) == PDF
    assert desk(sitting, "rep01", "1/sheet/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"votes_for": ""},
        {"votes_for": "-1"},
        {"against": "两票"},
        {"votes_for": "9" * 30},
        {"witness_name": "郑小敏"},
        {"sheet": SimpleUploadedFile("x.jpg", b"MZ not a picture")},
    ],
)
def test_counts_that_cannot_be_read_say_where(world, press, wrong):
    sitting = opened(world, world.draft()).sitting
    with nothing_changes():
        data = {"votes_for": 4, "against": 1} | wrong
        assert press(sitting, "1/count/", **data).status_code == 400


def test_a_ballot_is_void_and_put_again_at_the_same_place(world, desk, press):
    sitting = opened(world, world.draft()).sitting
    with records("matter.voided"):
        press(sitting, "1/void/", text="多收了一张。", witness_name="孙建国")
    response = desk(sitting)
    assert lead(response)[1] == "开始表决"
    assert [item.state for item in response.context["items"]] == ["已作废", "列入议题"]
    press(sitting, "1/open/", method="hands")
    assert Ballot.objects.filter(state="open").count() == 1


def test_counts_are_corrected_by_two_with_the_sheet(world, desk, press):
    ballot = declared(world, world.draft())
    given = {"votes_for": 2, "against": 3, "text": "念错了。", "witness_name": "孙建国"}
    seen = {"seen": ballot.tally.pk}
    with nothing_changes():
        response = press(ballot.sitting, "1/recount/", **given, **seen)
    assert "sheet" in response.context["form"].errors
    with records("matter.recounted"):
        sheet = SimpleUploadedFile("sheet.pdf", PDF)
        press(ballot.sitting, "1/recount/", **given, **seen, sheet=sheet)
    assert ballot.matter.ballots.get().matter.stage == "rejected"
    with nothing_changes():
        sheet = SimpleUploadedFile("sheet.pdf", PDF)
        again = press(ballot.sitting, "1/recount/", **given, **seen, sheet=sheet)
    assert again.status_code == 409


def test_votes_of_the_joint_sitting_are_for_officers_alone(world, desk):
    sitting = declared(world, world.draft(), votes_for=4, against=1).sitting
    for by in ("clerk", "supervisor1", "township", "county"):
        assert "赞成 4 人" in desk(sitting, by).content.decode()
    html = desk(sitting, "rep01").content.decode()
    assert "应到 5 人，到会 5 人，形成提议" in html
    assert "赞成" not in html


def test_a_flawed_sitting_says_plainly_which_rules_it_did_not_keep(world, desk):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = enter(world, matter, body="reps", present=10)
    declare(world, sitting, matter, Figures.by_hands(10, 10, 0))
    response = desk(sitting)
    html = response.content.decode()
    assert "程序有瑕疵，不作为推进依据" in html
    assert "【到会人数不够】组成人员 16 人，至少要到 11 人，现到会 10 人" in html
    assert response.context["lead"].button.label == "再次召集"


PARTS = ("serve", "attend", "lapse", "close")
OF_ITEM = ("open", "count", "witness", "declare", "void", "recount")


@pytest.mark.parametrize("part", [*PARTS, *(f"1/{name}" for name in OF_ITEM)])
def test_a_stranger_finds_none_of_it(world, desk, press, part):
    sitting = convened(world, world.draft())
    for by in ("zhou", "li"):
        assert desk(sitting, by, f"{part}/").status_code == 404
        assert press(sitting, f"{part}/", by).status_code == 404


@pytest.mark.parametrize("part", ["lapse", "close", *(f"1/{n}" for n in OF_ITEM)])
def test_before_its_turn_each_page_says_so(world, desk, press, part):
    sitting = convened(world, world.draft())
    with nothing_changes():
        assert desk(sitting, part=f"{part}/").status_code == 409
        assert press(sitting, f"{part}/").status_code == 409


@pytest.mark.parametrize("by", ["rep01", "township", "supervisor1"])
def test_others_of_the_village_read_and_press_nothing(world, desk, press, by):
    sitting = convened(world, world.draft())
    assert lead(desk(sitting, by))[1] is None
    for part in ("serve/", "attend/"):
        assert desk(sitting, by, part).status_code == 403
        assert press(sitting, part, by).status_code == 403


def test_an_item_that_is_not_on_the_agenda_is_not_found(world, desk):
    sitting = convened(world, world.draft())
    for position in (0, 2, 10**12):
        assert desk(sitting, part=f"{position}/open/").status_code == 404


def test_the_desk_asks_the_database_as_often_for_a_long_agenda(world, desk):
    counts = []
    for size in (1, 8):
        matters = [world.draft() for _n in range(size)]
        sitting = held(world, *matters)
        desk(sitting)
        with CaptureQueriesContext(connection) as queries:
            desk(sitting)
        counts.append(len(queries))
    assert counts[0] == counts[1]
