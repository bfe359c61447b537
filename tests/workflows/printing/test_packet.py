"""会议资料袋: everything for the room in one PDF, with the words of docs/wording.md."""

from __future__ import annotations

import pytest

from tests.papers import pages_of
from tests.workflows.printing.conftest import TEXT
from tests.workflows.sitting_steps import convened
from workflows.printing import Packet, put_to_paper
from workflows.stage import Stage
from workflows.views.agenda import ballots_of

pytestmark = [pytest.mark.paper, pytest.mark.django_db]
PEOPLE = 16


def packet(sitting):
    return Packet(sitting, ballots_of(sitting))


@pytest.fixture(scope="module")
def sitting(village_of_papers):
    world = village_of_papers
    world.village.phone = "0354-7654321"
    return convened(world, world.matter_at(Stage.REVIEWED, text=TEXT), body="reps")


@pytest.fixture(scope="module")
def printed(sitting):
    return put_to_paper(packet(sitting).sheets())


@pytest.fixture(scope="module")
def pages(printed):
    return pages_of(printed)


@pytest.fixture(scope="module")
def several(village_of_papers):
    world = village_of_papers
    matters = [world.draft(title=f"第{n}件事", text=TEXT) for n in "甲乙丙"]
    given = {"special_reason": "汛期抢险。"}
    return pages_of(
        put_to_paper(packet(convened(world, *matters, **given)).sheets()),
    )


def those(pages, *words):
    return [page for page in pages if all(word in page for word in words)]


def test_it_is_the_same_when_made_again(sitting, printed):
    assert put_to_paper(packet(sitting).sheets()) == printed


def test_the_cover_says_that_no_network_is_needed(pages):
    assert "会议资料袋" in pages[0]
    assert "网络不通也能开会：按纸办，会后录入，不影响效力。" in pages[0]
    for line in ("议案全文1份", "签到册1份，16人", "表决票16张", "经办人签字"):
        assert line in pages[0]


def test_the_notice_says_when_where_and_on_what(pages):
    [notice] = those(pages, "的通知")
    for said in (
        "关于召开王家山村村民代表会议2026年第1次会议的通知",
        "王家山村会通〔2026〕",
        "各位村民代表会议组成人员：",
        "经村民委员会研究，定于2026年3月5日（星期四）上午9时在村委会会议室召开",
        "1村口道路误工补贴村“两委”举手表决第1稿",
        "组成人员共16人（村民代表13人，村民委员会成员3人）",
        "议案全文附后，请会前征求所代表户的意见",
        "0354-7654321",
        "村民代表会议由本人参加，不办理委托表决",
        "召集人：村民委员会（盖章）",
        "张贴",
    ):
        assert said in notice


def test_a_special_notice_gives_its_reason(several):
    assert "本次为临时通知，理由：汛期抢险。" in several[1]
    assert those(several, "召集人：村党支部书记（签字）", "附：议案全文3份")


def test_the_texts_are_there_in_full(pages, several):
    assert those(pages, "议案1", "按出工登记发放", "名单公布十五日")
    assert len(those(several, "按出工登记发放")) == 3


def test_everybody_of_the_roster_has_a_line_to_sign(sitting, pages):
    names = [person.name for person in packet(sitting).people]
    assert len(names) == PEOPLE
    for title in ("送达登记表", "签到册"):
        start = next(n for n, page in enumerate(pages) if title in page and n)
        both = pages[start] + pages[start + 1]
        assert all(name in both for name in names)


def test_the_head_of_a_long_table_is_repeated(pages):
    assert len(those(pages, "小组或代表户", "序号")) == 2
    assert those(pages, "列席人员", "以上签到情况属实。", "应到16人")


def test_a_ballot_bears_no_number_but_its_counterfoil_does(pages):
    ballots = those(pages, "表决票", "票根号")
    assert len(ballots) == PEOPLE / 4
    for n in range(1, PEOPLE + 1):
        assert sum(f"票根号{n:03}" in page for page in ballots) == 1
    assert "在一格内画“○”。只画一格；画两格或认不出的作废；不画的按弃权。" in ballots[0]
    assert "赞成反对弃权" in ballots[0]


def test_several_questions_stand_on_one_ballot(several):
    ballots = those(several, "表决票", "票根号")
    assert "".join(ballots).count("票根号") == 5
    for n in "甲乙丙":
        assert "".join(ballots).count(f"第{n}件事（第1稿）") == 5
    assert "一行只画一格" in ballots[0]


def test_the_tally_sheet_has_a_line_for_each_question(several):
    [sheet] = those(several, "联席会议表决计票单")
    heads = "应到到会发出票收回票有效票无效票赞成反对弃权合计"
    assert heads in sheet.replace("是否通过", "")
    assert "第乙件事（第1稿）5" in sheet
    for who in ("唱票人", "计票人", "监票人（到会人员）", "主持人"):
        assert f"{who}签字" in sheet
    assert "以上票数当场清点、当场宣布。" in sheet


def test_the_minutes_are_ready_to_be_written(pages):
    [first] = those(pages, "王家山村村民代表会议记录", "（1）说明人及说明要点")
    assert "应到16人" in first
    assert those(pages, "回避与利害关系", "参会人员签字（或附签到册）")


def test_each_paper_counts_its_own_pages_and_says_nothing_of_printing(pages):
    assert "第1页共1页" in pages[0]
    assert "第1页共1页" in pages[1]
    assert not those(pages, "打印时间")
    assert those(pages, "记录于2026年3月2日（星期一）上午9时")
    assert those(pages, "王家山村", "事项编号1存村")


@pytest.mark.parametrize(("many", "pages"), [(6, 1), (9, 2), (12, 2)])
def test_who_counted_signs_under_what_was_counted(village_of_papers, many, pages):
    world = village_of_papers
    title = "硬化村东至水磨沟口生产道路并整修排水渠（第%s段）"
    matters = [world.draft(title=title % n) for n in range(many)]
    sheets = packet(convened(world, *matters)).sheets()
    [tally] = [sheet for sheet in sheets if sheet.template == "tally.html"]
    printed = pages_of(put_to_paper([tally]))
    assert len(printed) == pages
    assert "监票人（到会人员）签字" in printed[-1]
    assert f"渠（第{many - 1}段）（第1稿）" in printed[-1]
