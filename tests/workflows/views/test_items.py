"""One item of a sitting: put, counted, witnessed, declared, corrected."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Entry
from tests.workflows.sitting_steps import (
    counted,
    declared,
    nothing_changes,
    opened,
    perform,
    records,
    witnessed,
)
from workflows.acts import ballot as voting
from workflows.acts import correction
from workflows.figures import Figures
from workflows.models import Ballot

PDF = b"%PDF-1.4 a sheet"


def lead(response):
    found = response.context["lead"]
    return found.sentence, found.button.label if found.button else None


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


def test_what_is_announced_is_what_stood_on_the_page(world, desk, press):
    """Meanwhile it was void, and voted on again with another result."""
    first = witnessed(world, world.draft(), votes_for=5, against=0)
    sitting = first.sitting
    shown = desk(sitting, part="1/declare/").context["tally"]
    why = {"text": "收回多于发出。", "witness_name": "孙建国"}
    perform(first, "void", correction.void, world.clerk, **why)
    again = sitting.ballots.exclude(pk=first.pk).get()
    perform(again, "open_ballot", voting.open_ballot, world.clerk)
    figures = Figures.by_hands(sitting.present, 1, 4)
    perform(again, "count", voting.count, world.clerk, figures=figures)
    perform(again, "witness", voting.witness, world.secretary)
    with nothing_changes():
        response = press(sitting, "1/declare/", seen=shown.pk)
    assert response.status_code == 409
    assert "票数刚刚重新录入过，请再核对一遍。" in response.content.decode()
    page = desk(sitting, part="1/declare/").content.decode()
    assert f'name="seen" value="{again.tally.pk}"' in page
    with records("matter.rejected"):
        press(sitting, "1/declare/", seen=again.tally.pk)


def test_the_witness_sees_the_four_numbers(world, desk, press):
    ballot = counted(world, world.draft(), votes_for=3, against=1)
    response = desk(ballot.sitting, "secretary", "1/witness/")
    html = response.content.decode()
    for number in (3, 1, 0):
        assert f'<b class="live">{number}</b>' in html
    assert desk(ballot.sitting, part="1/witness/").status_code == 403
    assert desk(ballot.sitting, "supervisor1", "1/witness/").status_code == 403
    seen = {"seen": ballot.tally.pk}
    with records("ballot.witnessed"):
        press(ballot.sitting, "1/witness/", "secretary", **seen)
    with nothing_changes():
        again = press(ballot.sitting, "1/witness/", "deputy_director", **seen)
    assert again.status_code == 409
    assert "已由村党支部书记 赵长河办好" in again.content.decode()


def test_counts_on_slips_are_asked_for_and_must_close(world, desk, press):
    sitting = opened(world, world.draft(), method="paper").sitting
    html = desk(sitting, part="1/count/").content.decode()
    for label in ("发出", "收回", "赞成", "反对", "弃权", "无效"):
        assert f">{label}" in html
    who = {"caller_name": "卫秀兰", "teller_name": "郑小敏"}
    with nothing_changes():
        assert press(sitting, "1/count/", votes_for=4, against=0).status_code == 400
        response = press(sitting, "1/count/", votes_for=4, against=0, returned=5, **who)
    assert response.status_code == 422
    assert "【合计对不上】" in response.content.decode()
    press(sitting, "1/count/", votes_for=4, against=0, issued=5, **who)
    tally = Ballot.objects.get().tally
    assert (tally.issued, tally.returned, tally.unreturned) == (5, 4, 1)


def test_the_witness_of_slips_counts_unseen(world, desk, press):
    sitting = opened(world, world.draft(), method="paper").sitting
    first = {"votes_for": 3, "against": 2, "caller_name": "褚某", "teller_name": "卫某"}
    press(sitting, "1/count/", **first)
    for by, part in (("secretary", "1/witness/"), ("secretary", ""), ("clerk", "")):
        response = desk(sitting, by, part)
        html = response.content.decode()
        assert response.status_code == 200
        assert 'class="live"' not in html
        assert 'class="for"' not in html
        assert "赞成 3" not in html
    assert (
        "唱票人：褚某，计票人：卫某"
        in desk(sitting, "secretary", "1/witness/").content.decode()
    )
    matter = Ballot.objects.get().matter
    page = f"/matters/{matter.village.slug}/{matter.number}/"
    html = response.client.get(page).content.decode()
    assert "录入票数" in html
    assert "赞成 3" not in html
    seen = {"seen": Ballot.objects.get().tally.pk}
    with nothing_changes():
        wrong = {"votes_for": 2, "against": 3}
        response = press(sitting, "1/witness/", "secretary", **seen, **wrong)
    assert response.status_code == 400
    assert "和第一遍录入的票数对不上" in response.content.decode()
    with records("ballot.witnessed"):
        right = {"votes_for": 3, "against": 2}
        press(sitting, "1/witness/", "secretary", **seen, **right)
    assert 'class="for"' in desk(sitting).content.decode()


def test_a_witness_without_an_account_is_named_with_the_sheet(world, desk, press):
    sitting = opened(world, world.draft()).sitting
    votes = {"votes_for": 5, "against": 0, "witness_name": "冯保山"}
    press(sitting, "1/count/", **votes)
    ballot = Ballot.objects.get()
    assert ballot.state == "counted"
    sheet = SimpleUploadedFile("sheet.pdf", PDF, "application/pdf")
    press(sitting, "1/count/", **votes, sheet=sheet, seen=ballot.tally.pk)
    ballot = Ballot.objects.get()
    assert (ballot.state, ballot.tally.witness_name) == ("witnessed", "冯保山")
    assert ballot.tally.sheet_hash == hashlib.sha256(PDF).hexdigest()
    response = desk(sitting, part="1/sheet/")
    assert b"".join(response.streaming_content) == PDF
    assert desk(sitting, "rep01", "1/sheet/").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"votes_for": ""},
        {"votes_for": "-1"},
        {"against": "两票"},
        {"votes_for": "9" * 30},
        {"witness_name": "郑小敏"},
        {"witness_name": "孙建国"},
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
    entry = Entry.objects.of(ballot.matter).of_kind("matter.recounted").get()
    corrected = ballot.tallies.last()
    assert entry.facts["photo_hash"] == corrected.sheet_hash
    assert corrected.sheet_hash == hashlib.sha256(PDF).hexdigest()
    with nothing_changes():
        sheet = SimpleUploadedFile("sheet.pdf", PDF)
        again = press(ballot.sitting, "1/recount/", **given, **seen, sheet=sheet)
    assert again.status_code == 409
