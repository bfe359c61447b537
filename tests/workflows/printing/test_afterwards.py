"""会议记录、决议书: what was recorded stands on paper, also where the answer was no."""

from __future__ import annotations

import pytest

from tests.papers import lowest, pages_of
from tests.workflows import sitting_steps as steps
from tests.workflows.printing.conftest import TEXT
from tests.workflows.sitting_steps import declare, declared, enter, held
from workflows.acts import arriving, casting, decision, leaving
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.figures import Figures
from workflows.presenting.people import on_roster
from workflows.printing import Decision, Minutes, put_to_paper
from workflows.stage import Stage
from workflows.views.agenda import ballots_of

pytestmark = [pytest.mark.paper, pytest.mark.django_db]
ON_PAPER = 14
MOST_PAGES = 4
HALF_A_PAGE = 297 / 2 / 25.4 * 72


def minutes(sitting):
    sitting.refresh_from_db()
    return Minutes(sitting, ballots_of(sitting))


@pytest.fixture(scope="module")
def rejected(village_of_papers):
    """A live sitting that said no."""
    world = village_of_papers
    matter = world.matter_at(Stage.REVIEWED, title="矾石厂立项", text=TEXT)
    return declared(world, matter, body="reps", votes_for=7, against=8)


@pytest.fixture(scope="module")
def six(village_of_papers):
    """Six matters on one agenda, entered afterwards; one was left without effect."""
    world = village_of_papers
    titles = [f"第{n}件事" for n in "甲乙丙丁戊己"]
    matters = [world.matter_at(Stage.REVIEWED, title=t, text=TEXT) for t in titles]
    sitting = enter(world, *matters, body="reps", present=ON_PAPER)
    for matter in matters:
        figures = Figures.by_hands(ON_PAPER, 10, 2)
        declare(world, sitting, matter, figures, witness_name="孙建国")
    return sitting


def test_the_minutes_say_who_came_and_what_was_decided(rejected):
    [first, *rest] = pages_of(put_to_paper([minutes(rejected.sitting).sheet()]))
    for said in (
        "王家山村村民代表会议记录",
        "应到16人实到16人缺席0人",
        "议题1《矾石厂立项》（第1稿）",
        "采纳修改内容：无",
        "表决方式：举手表决",
        "赞成7票反对8票弃权1票无效0票",
        "赞成未超过到会人员的半数（至少9票），未通过",
        "当场宣布时间：上午9时",
    ):
        assert said in first
    assert "回避与利害关系" in rest[-1]
    assert "已录入，办理记录号" in rest[-1]


def test_the_minutes_are_the_same_when_made_again(rejected):
    once, again = (
        put_to_paper([minutes(rejected.sitting).sheet()]) for _time in range(2)
    )
    assert once == again


def test_six_matters_take_at_most_four_pages(six):
    pages = pages_of(put_to_paper([minutes(six).sheet()]))
    assert len(pages) <= MOST_PAGES
    text = "".join(pages)
    assert all(f"《第{n}件事》" in text for n in "甲乙丙丁戊己")
    assert text.count("（7）当场宣布时间：＿＿＿时＿＿＿分") == 6
    assert "应到16人实到14人缺席2人" in text
    assert "见签到册" in text


def test_the_half_page_says_numbers_and_outcomes_alone(six):
    [page] = pages_of(put_to_paper([minutes(six).paste_in()]))
    assert "应到16人，实到14人，缺席2人。" in page
    passed = "赞成10票，超过到会人员的半数（至少8票），通过。"
    assert f"6.《第己件事》（第1稿）：{passed}" in page
    assert page.count("第三十条第二款") == 1
    assert "沿线剪下" in page
    assert "讨论发言" not in page


def test_six_outcomes_fit_on_half_a_page(six):
    pdf = put_to_paper([minutes(six).paste_in()])
    assert lowest(pdf, "沿线剪下") < HALF_A_PAGE


def test_nobody_signs_on_a_page_of_its_own(six):
    ballot = ballots_of(six)[0]
    resolution = ballot.matter.resolutions.get()
    for lines in (1, 4, 7, 10):
        resolution.text.text = "\n".join("写明的一条。" for _line in range(lines))
        pages = pages_of(put_to_paper([Decision(ballot, resolution).sheet()]))
        assert "监票人签字" in pages[-1]
        assert "依据：" in pages[-1]


def test_who_stayed_away_is_named_where_people_were_ticked_off(village_of_papers):
    world = village_of_papers
    matter = world.matter_at(Stage.REVIEWED)
    sitting = held(world, matter, body="reps")
    rows = list(sitting.roster.entries.all())
    came = keeping.Came(entries=rows[2:])
    keeping.attend(sitting, came, actor=world.clerk, again=True)
    known = minutes(sitting)
    assert known.room.absent == [row.name for row in rows[:2]]
    assert (known.room.present, known.room.missing) == (len(rows) - 2, 2)


def test_why_somebody_stayed_away_and_who_listened_is_said(village_of_papers):
    world = village_of_papers
    sitting = steps.convened(world, world.draft())
    first, second, third, *_others = on_roster(sitting).keys
    arriving.arrive(sitting, first, actor=world.clerk)
    arriving.excuse(sitting, second, actor=world.clerk, reason="ill", note="住院")
    arriving.observe(sitting, actor=world.clerk, name="吴明", capacity="township")
    known = minutes(sitting)
    names = {row.key: row.name for row in sitting.roster.entries.all()}
    assert known.room.absent[:2] == [f"{names[second]}（生病：住院）", names[third]]
    text = "".join(pages_of(put_to_paper([known.sheet()])))
    assert f"{names[second]}（生病：住院）、{names[third]}" in text
    assert "列席吴明（乡镇干部）" in text


def test_who_left_who_stood_back_and_who_voted_how(village_of_papers):
    world = village_of_papers
    matter = world.matter_at(Stage.REVIEWED, title="机井承包")
    ballot = steps.voting_on(world, matter, method="named", body="reps")
    people = steps.lines(ballot)
    why = {"reason": "承包人是他弟弟。"}
    casting.recuse(ballot, people[0], actor=world.clerk, **why)
    for person, choice in zip(
        people[1:14], [*["for"] * 11, "against", "abstain"], strict=True
    ):
        casting.cast_line(ballot, person, choice)
    casting.close_ballot(ballot, actor=world.clerk)
    voting.witness(ballot, actor=world.supervisor1)
    steps.perform(ballot, "declare", decision.declare, world.clerk)
    text = "".join(pages_of(put_to_paper([minutes(ballot.sitting).sheet()])))
    name = people[0].name
    assert f"{name}因承包人是他弟弟不参加第1项表决（计入组成人员）。" in text
    assert f"赞成：{'、'.join(one.name for one in people[1:12])}反对：" in text
    assert f"反对：{people[12].name}弃权：{people[13].name}（6）" in text
    assert "没有的写“无”" not in text
    assert "表决方式：记名表决" in text


def test_who_left_came_all_the_same(village_of_papers):
    world = village_of_papers
    matters = [world.draft() for _time in range(2)]
    sitting = held(world, *matters, ticked=True)
    leaver = sitting.roster.entries.entitled().first()
    leaving.leave(sitting, [leaver], actor=world.clerk)
    text = "".join(pages_of(put_to_paper([minutes(sitting).sheet()])))
    assert "应到5人实到5人缺席0人" in text
    assert f"中途离会{leaver.name}（上午9时）" in text


def test_of_those_who_left_as_a_number_the_number_is_said(village_of_papers):
    world = village_of_papers
    sitting = held(world, world.draft(), present=4)
    leaving.leave(sitting, number=2, actor=world.clerk)
    text = "".join(pages_of(put_to_paper([minutes(sitting).sheet()])))
    assert "应到5人实到4人缺席1人" in text
    assert "中途离会2人（上午9时）" in text


def test_too_few_came_and_the_minutes_say_so(village_of_papers):
    world = village_of_papers
    matter = world.matter_at(Stage.REVIEWED)
    sitting = held(world, matter, body="reps", present=10)
    keeping.lapse(sitting, actor=world.clerk)
    text = "".join(pages_of(put_to_paper([minutes(sitting).sheet()])))
    assert "会议没有开成，事项留待下次会议" in text
    assert "没有表决" in text


def test_a_resolution_says_what_was_resolved_and_who_carries_it_out(six):
    ballot = ballots_of(six)[0]
    decision = Decision(ballot, ballot.matter.resolutions.get())
    text = "".join(pages_of(put_to_paper([decision.sheet()])))
    for said in (
        "王家山村村民代表会议关于第甲件事的决议",
        "王家山村决〔2026〕",
        "应到组成人员16人，实到14人，符合法定人数。",
        "会议审议了《第甲件事》（第1稿）。经举手表决，赞成10票，反对2票，弃权2票",
        "决议内容一、每人每天一百二十元",
        "由村民委员会组织实施",
        "第三十条第二款",
        "王家山村村民委员会（盖章）",
    ):
        assert said in text
    assert "不通过" not in text


def test_a_no_is_a_resolution_too(rejected):
    [ballot] = ballots_of(rejected.sitting)
    decision = Decision(ballot, ballot.matter.resolutions.get())
    text = "".join(pages_of(put_to_paper([decision.sheet()])))
    assert "关于矾石厂立项的决议" in text
    assert "没有通过的方案" in text
    assert "本决议为不通过，按规定予以公示。" in text
    assert "组织实施" not in text
