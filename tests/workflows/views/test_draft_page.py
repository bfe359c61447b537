"""A new matter: asked plainly, parsed strictly, begun once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from villages.models import Office
from workflows.models import Matter
from workflows.stage import Stage

GIVEN = {
    "type": "M05",
    "title": "村口道路误工补贴",
    "text": "每人每天一百二十元。",
    "amount": "9600.00",
    "chain": "four_step",
}


def test_a_matter_is_begun_and_says_what_comes_next(world, page_of) -> None:
    page = page_of(world.clerk)
    done = page.post("/matters/new/", GIVEN)
    matter = Matter.objects.get()
    assert done["Location"] == f"/matters/{world.village.slug}/{matter.number}/"
    assert "已建好。下一步：两委提议" in page.get(done["Location"]).content.decode()
    assert matter.amount == Decimal("9600.00")
    assert matter.stage == Stage.DRAFTED
    assert matter.proceedings.filter(running=True).count() == 1


def test_the_page_is_shown_and_changes_nothing(world, page_of, entries) -> None:
    before = entries()
    for person in (world.clerk, world.secretary, world.director):
        text = page_of(person).get("/matters/new/").content.decode()
        assert "新建事项" in text
        assert "哪个村的事" not in text
    assert entries() == before


@pytest.mark.parametrize("who", ["sun", "rep01", "township", "county", "li"])
def test_others_may_not(world, page_of, who) -> None:
    page = page_of(world.li if who == "li" else getattr(world, who))
    for answer in (page.get("/matters/new/"), page.post("/matters/new/", GIVEN)):
        assert answer.status_code == 403
        text = answer.content.decode()
        assert "村文书、村党支部书记、村民委员会主任可以办" in text
    assert not Matter.objects.exists()


def test_who_is_not_signed_in_is_sent_to_sign_in(client, db) -> None:
    assert client.get("/matters/new/")["Location"] == "/sign-in/?next=/matters/new/"
    assert client.post("/matters/new/", GIVEN).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        ("title", "", "请填写事项名称。"),
        ("title", "长" * 101, "事项名称最多写 100 个字。"),
        ("text", "   ", "请填写方案正文。"),
        ("type", "", "请选择类别。"),
        ("type", "M99", "请选择类别。"),
        ("type", "M08", "请选择类别。"),
        ("amount", "三十八万", "金额写到元，最多两位小数，例如 380000.00。"),
        ("amount", "1.234", "金额写到元，最多两位小数，例如 380000.00。"),
        ("amount", "-5", "金额写到元，最多两位小数，例如 380000.00。"),
        ("amount", "9" * 20, "金额写到元，最多两位小数，例如 380000.00。"),
        ("amount", "NaN", "金额写到元，最多两位小数，例如 380000.00。"),
        ("chain", "committee", "这类事项可以走：四项程序、四议两公开、法定提议。"),
        ("chain", "statutory", "法定提议要写明由谁联名提出。"),
        ("origin_count", "三", "联名人数要填整数。"),
        ("origin_count", "-1", "联名人数不能小于 0。"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_written(
    world, page_of, entries, wrong
) -> None:
    field, value, said = wrong
    before = entries()
    answer = page_of(world.clerk).post("/matters/new/", {**GIVEN, field: value})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert entries() == before
    assert not Matter.objects.exists()


def test_what_was_filled_in_is_still_there(world, page_of) -> None:
    given = {**GIVEN, "title": "", "origin_by": "villagers", "origin_count": "70"}
    text = page_of(world.clerk).post("/matters/new/", given).content.decode()
    assert "每人每天一百二十元。" in text
    assert 'value="70"' in text
    assert "<details open>" in text


def test_a_petition_is_begun(world, page_of) -> None:
    given = {
        **GIVEN,
        "chain": "statutory",
        "origin_by": "villagers",
        "origin_count": "70",
    }
    assert page_of(world.clerk).post("/matters/new/", given).status_code == 302
    matter = Matter.objects.get()
    assert (matter.origin_by, matter.origin_count) == ("villagers", 70)


def test_who_serves_two_villages_says_for_which(world, page_of) -> None:
    Office.objects.create(
        holder=world.clerk,
        village=world.next_village,
        role="clerk",
        since=world.cast.offices["clerk"].since,
    )
    page = page_of(world.clerk)
    assert "哪个村的事" in page.get("/matters/new/").content.decode()
    assert page.post("/matters/new/", GIVEN).status_code == 400
    elsewhere = {**GIVEN, "village": "nowhere"}
    assert page.post("/matters/new/", elsewhere).status_code == 400
    given = {**GIVEN, "village": world.next_village.slug}
    assert page.post("/matters/new/", given).status_code == 302
    assert Matter.objects.get().village == world.next_village


def test_a_matter_that_follows_a_rejected_one_is_linked_to_it(world, page_of) -> None:
    earlier = world.matter_at(Stage.REJECTED)
    page = page_of(world.clerk)
    shown = page.get("/matters/new/", {"follows": earlier.uid}).content.decode()
    assert earlier.title in shown
    assert "重新提出" in shown
    given = {**GIVEN, "follows": earlier.uid}
    assert page.post("/matters/new/", given).status_code == 302
    assert Matter.objects.latest("pk").follows == earlier
    for stray in ("nothing", "\x00"):
        answer = page.get("/matters/new/", {"follows": stray})
        assert answer.status_code in (200, 404)


def test_the_usual_chain_is_chosen_already(world, page_of) -> None:
    world.draft(chain="four_deliberations")
    form = page_of(world.clerk).get("/matters/new/").context["form"]
    assert form["chain"].value() == "four_deliberations"
