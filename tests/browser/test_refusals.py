"""What a page says when something cannot be done: what is missing, why, what to do."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password

from audit import clock
from tests.browser.conftest import PASSWORD
from tests.workflows.sitting_steps import convened
from tests.world import lived_in
from villages import cast as casting
from workflows.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db):
    """Its matters may be brought on by acts; what is tried here is pressed."""
    with lived_in() as built:
        casting.let_in(built.cast, make_password(PASSWORD))
        yield built


def ticks(person):
    return person.page.locator(".tick label").all_inner_texts()


def test_one_short_of_a_quorum(world, someone):
    matter = world.matter_at(Stage.REVIEWED)
    clock.move(convened(world, matter, body="reps").held_at)
    clerk, director = someone("clerk"), someone("director")
    clerk.open().follow("今天开会").follow("登记到会")
    clerk.choose(*ticks(clerk)[:5]).press("登记到会")
    clerk.reads("应到 16 人，到会 11 人，达到规定人数")

    # Somebody leaves before the clerk presses.
    director.open().follow("请把会开完").follow("修改到会人数")
    director.choose(ticks(director)[-1]).press("登记到会")

    missing = "至少要到 11 人，现到会 10 人，还差 1 人。"
    director.reads(missing, "等人到齐再开始表决，或者宣布流会、另行通知。")
    clerk.press("开始表决", status=422).reads(
        "暂不能开始表决，还差 1 项",
        missing,
        "依据《中华人民共和国村民委员会组织法》（2025年修正）第三十条第二款",
        "怎么办：等人到齐再开始表决，或者宣布流会、另行通知。",
    )


def test_begun_while_the_notice_runs(world, someone):
    matter = world.matter_at(Stage.ANNOUNCED, type="M03")
    world.show(matter)
    world.pass_days(5)
    director = someone("director")
    missing = (
        "公示自2026年3月3日起，应满 15 日，到2026年3月17日止，还有 11 日。",
        "怎么办：2026年3月17日次日起可以办。",
        "还没有公开：立项、选址、招标、施工方案、工程预算。",
        "按照本县规定（《示范县内部控制规定》（示范发〔2010〕12号）第十条第二款）",
    )
    director.open().follow("组织实施前还有事要办")
    director.reads("组织实施前还差 2 项", *missing)
    director.follow("组织实施").reads("组织实施前还差 2 项", *missing)
    director.press("组织实施", status=422)
    director.reads("暂不能组织实施，还差 2 项", *missing)


def test_counts_that_do_not_close(world, someone):
    world.matter_at(Stage.REVIEWED)
    clerk = someone("clerk").open().follow("请召集村代会决议").follow("会后录入")
    today = clock.today().isoformat()
    clerk.fill(开会时间=today, 几点="08:00", 通知日期="2026-02-20")
    clerk.fill(赞成="14", 反对="3").press("会后录入", status=400)
    clerk.reads(
        "请先改好下面 1 处",
        "《村口道路误工补贴》：四项合计 17 票，到会 16 人，多出 1 票。",
        "请对照计票单重新录入。",
    )


def test_before_the_villagers_have_authorised(world, someone):
    world.village.authorisations.all().delete()
    world.matter_at(Stage.REVIEWED, type="M03")
    clerk = someone("clerk").open().follow("请召集村代会决议").follow("发会议通知")
    clerk.press("发会议通知", status=422).reads(
        "村民代表会议只能决定村民会议授权的事项",
        "第二十八条第二款、第二十九条第一款",
        "怎么办：登记村民会议的授权决议；没有授权的，提请村民会议决定。",
    )
    clerk.follow("登记授权")


def test_too_few_to_accept_the_works(world, someone):
    world.matter_at(Stage.UNDERWAY, type="M03")
    supervisor = someone("supervisor1").open().follow("请验收").follow("登记验收")
    supervisor.fill(还有谁验收="李秀英\n王大山").press("登记验收", status=422)
    supervisor.reads("现有 2 人（村监委 0 人）", "第十一条", "怎么办：请再来验收。")


def test_pressed_by_two_people(world, someone):
    matter = world.matter_at(Stage.ANNOUNCED)
    world.show(matter)
    world.pass_days(16)
    director, deputy = someone("director"), someone("deputy_director")
    for officer in (director, deputy):
        officer.open().follow("可以组织实施了").follow("组织实施")
    director.press("组织实施")
    deputy.press("组织实施", status=409)
    deputy.reads("已经办过", "已由村民委员会主任 钱有田办好", "没有重复记录")


def test_not_by_this_office(world, someone):
    matter = world.matter_at(Stage.ANNOUNCED)
    address = f"/matters/{world.village.slug}/{matter.number}/begin/"
    clerk = someone("clerk").open(address, status=403)
    clerk.reads("村民委员会主任", "可以办", "请钱有田")


def test_a_wrong_password(world, anyone):
    villager = anyone().open().follow("村干部、代表登录")
    villager.fill(账号="clerk@140724200205", 密码="sixu").press("登录")
    villager.reads("账号或密码不对。", "可以请乡镇帮您重设密码")
