"""One matter from draft to archive, on phones, without scripts, by those who owe it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.clock import at
from workflows.models import Matter
from workflows.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "村口道路硬化"
TYPE = "公益事业兴办和建设承包方案"
TEXT = "硬化村口至小学道路八百米，八月底前完工，由村委会组织实施。"
ITEMS = ("立项", "选址", "招标", "施工方案", "工程预算")
LIVE = [
    "sitting.convened",
    "sitting.served",
    "sitting.attended",
    "ballot.opened",
    "ballot.counted",
    "ballot.witnessed",
]
SHOWN = ["notice.posted", "notice.audited"]
KINDS = [
    "village.authorised",
    "matter.drafted",
    *["sitting.recorded", "matter.proposed"],
    *[*LIVE, "matter.reviewed"],
    *[*LIVE, "matter.adopted"],
    *["matter.announced", *SHOWN],
    *["notice.published"] * len(ITEMS),
    *["matter.begun", "report.given", "matter.accepted"],
    *["matter.reported", *SHOWN],
    "matter.archived",
]


def pass_days(days: int) -> None:
    clock.move(at(clock.today() + timedelta(days=days)))


def day(on: date) -> str:
    return on.isoformat()


def test_from_draft_to_archive(village, someone, anyone):
    clerk = someone("clerk")
    authorise(clerk)
    draft(clerk)
    two_committees_on_paper(clerk)
    party_members_live(someone)
    representatives_live(someone)
    put_on_the_board(someone, "发布公示")
    what_villagers_read(anyone())
    disclose(clerk)
    carry_out(someone)
    put_on_the_board(someone, "公示结果")
    clerk.open().follow("到期可归档").follow("归档").press("归档")

    what_villagers_read(anyone())
    assert Matter.objects.get().stage == Stage.ARCHIVED
    assert list(Entry.objects.order_by("id").values_list("kind", flat=True)) == KINDS


def authorise(clerk):
    """The villagers' meeting lets the representatives decide."""
    clerk.follow("事项").follow("登记村民会议对村代会的授权")
    clerk.choose("法律允许授权的全部事项").fill(授权之日="2026-01-10")
    clerk.press("登记授权")


def draft(clerk):
    clerk.open().follow("事项").follow("新建事项")
    clerk.fill(类别=TYPE, 事项名称=TITLE, 方案正文=TEXT, 涉及金额="380000.00")
    clerk.press("新建事项").reads("下一步：两委提议")


def two_committees_on_paper(clerk):
    clerk.open().follow("请召集两委会").follow("会后录入")
    today = day(clock.today())
    clerk.fill(开会时间=today, 几点="08:00", 通知日期=today)
    clerk.fill(赞成="5", 反对="0", 监票人="孙建国").press("会后录入")


def party_members_live(someone):
    recorder = someone("recorder")
    call(recorder, "请召集党员大会审议")
    vote(recorder, votes_for=8, against=1)
    confirm(someone("party01"))
    recorder.open().follow("请把会开完").press("宣布结果")


def representatives_live(someone):
    clerk = someone("clerk")
    call(clerk, "请召集村代会决议")
    vote(clerk, votes_for=14, against=2)
    confirm(someone("rep01"))
    clerk.open().follow("请把会开完").press("宣布结果")


def call(keeper, todo):
    """People are called together and told; then the day comes."""
    keeper.open().follow(todo).follow("发会议通知").press("发会议通知")
    keeper.follow("登记通知情况").choose("电话").press("登记通知情况")
    pass_days(3)


def vote(keeper, *, votes_for, against):
    keeper.open().follow("今天开会").follow("登记到会").press("登记到会")
    keeper.press("开始表决")
    keeper.fill(赞成=str(votes_for), 反对=str(against))
    keeper.press("录入票数")


def confirm(second):
    second.open().follow("请核对票数").follow("监票确认").press("监票确认")


def put_on_the_board(someone, button):
    clerk = someone("clerk")
    todo = {"发布公示": "请公示决议", "公示结果": "请公示实施结果"}[button]
    clerk.open().follow(todo).follow(button)
    if button == "公示结果":
        clerk.fill(张贴的文字="八百米道路八月二十日完工，共花三十七万元。")
    clerk.press(button)
    clerk.open().follow("请张贴并登记").press("登记张贴")
    supervisor = someone("supervisor1")
    supervisor.open().follow("请审核本公示").choose("同意公布").press("审核公示")
    pass_days(16)


def disclose(clerk):
    for item in ITEMS:
        clerk.follow(f"公开{item}").fill(公开的内容=f"{item}的情况。").press("专项公开")


def carry_out(someone):
    director, supervisor = someone("director"), someone("supervisor1")
    director.open().follow("可以组织实施了").follow("组织实施").press("组织实施")
    director.follow("报进展").fill(进度="100", 到现在共支出="370000.00")
    director.press("报进展")
    supervisor.open().follow("请验收").follow("登记验收")
    supervisor.choose("孙建国", "孙玉梅").fill(还有谁验收="李秀英").press("登记验收")


def what_villagers_read(villager):
    """The representatives' counts; of party and committees only that they agreed."""
    villager.open().follow("去公示栏").follow("王家山村").follow(f"关于{TITLE}决议")
    villager.reads("到会 16 人", "赞成 14 票", "审议通过")
    counts = re.findall(r"(赞成|反对)\s*(\d+)", villager.text)
    assert set(counts) == {("赞成", "14"), ("反对", "2")}
