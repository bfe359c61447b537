"""One matter: its text, its chain, its sittings, its notices, all that was done."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit import clock
from tests.clock import after
from workflows.acts import disclosure, drafting, objection, supervision
from workflows.stage import Stage


def address(matter) -> str:
    return reverse("workflows:matter", args=[matter.village.slug, matter.number])


def shown(page, matter) -> str:
    answer = page.get(address(matter))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("stage", list(Stage))
def test_it_is_shown_at_every_stage(world, page_of, stage) -> None:
    chain = "four_deliberations" if stage == Stage.INITIATED else "four_step"
    matter = world.matter_at(stage, chain=chain)
    for person in (world.clerk, world.rep01, world.township):
        text = shown(page_of(person), matter)
        assert matter.stage_label in text
        assert matter.title in text


def test_strangers_find_nothing(world, page_of, client) -> None:
    matter = world.draft()
    url = address(matter)
    assert client.get(url)["Location"] == f"/sign-in/?next={url}"
    for person in (world.zhou, world.li):
        assert page_of(person).get(url).status_code == 404
    assert page_of(world.clerk).post(url).status_code == 405
    missing = url.replace("/1/", "/99999999999999999999/")
    assert page_of(world.clerk).get(missing).status_code == 404


def test_the_chain_says_how_far_with_dates_bodies_and_counts(world, page_of) -> None:
    matter = world.matter_at(Stage.ADOPTED)
    page = page_of(world.clerk).get(address(matter))
    steps = page.context["steps"]
    assert [s.label for s in steps[:5]] == [
        "起草",
        "两委提议",
        "支部大会审议",
        "村代会决议",
        "公示决议",
    ]
    assert [s.state for s in steps[:6]] == ["done"] * 4 + ["now", "todo"]
    assert steps[3].body == "村民代表会议"
    assert steps[3].tally == "应到 16，到会 16，赞成 16，反对 0，通过"
    assert {s.held_on for s in steps[:4]} == {clock.today()}
    assert 'aria-current="step"' in page.content.decode()


def test_a_no_ends_the_chain_where_it_was_said(world, page_of) -> None:
    matter = world.matter_at(Stage.REJECTED)
    steps = page_of(world.clerk).get(address(matter)).context["steps"]
    assert [s.state for s in steps] == ["done", "done", "done", "halt", "todo"]
    assert (steps[3].label, steps[4].label) == ("村代会决议", "归档")
    assert "未通过" in steps[3].tally


def test_a_rejected_matter_keeps_its_end_when_it_is_filed(world, page_of) -> None:
    matter = world.matter_at(Stage.REJECTED)
    world.do(matter, disclosure.announce, world.clerk)
    world.carry_on(matter)
    assert matter.stage == Stage.ARCHIVED
    steps = page_of(world.clerk).get(address(matter)).context["steps"]
    assert [s.state for s in steps] == ["done", "done", "done", "halt", "done"]


def test_a_withdrawn_matter_says_so_on_its_chain(world, page_of) -> None:
    matter = world.matter_at(Stage.WITHDRAWN)
    steps = page_of(world.clerk).get(address(matter)).context["steps"]
    assert [(s.state, s.state_label) for s in steps] == [
        ("done", ""),
        ("halt", "已撤回"),
    ]


def test_an_ordered_correction_stops_the_chain_for_the_time(world, page_of) -> None:
    matter = world.matter_at(Stage.RECTIFYING)
    page = page_of(world.director).get(address(matter))
    halted = [s for s in page.context["steps"] if s.state == "halt"]
    assert [(s.label, s.state_label) for s in halted] == [("公示决议", "责令改正中")]
    assert "公示中补充补贴名单。" in page.content.decode()
    world.do(matter, supervision.comply, world.director, text="补好了。")
    world.do(matter, supervision.examine, world.township, outcome="pass")
    steps = page_of(world.clerk).get(address(matter)).context["steps"]
    assert steps[4].state == "now"
    assert steps[4].held_on == clock.today()


def test_changes_of_the_text_are_marked(world, page_of) -> None:
    matter = world.draft(text="每人每天一百二十元。\n六月底前办完。")
    new = "每人每天一百三十元。\n六月底前办完。"
    world.do(matter, drafting.amend, world.clerk, text=new, source="三名党员")
    text = shown(page_of(world.clerk), matter)
    assert "一百<del>二</del><ins>三</ins>十元。" in text
    assert "采纳：三名党员" in text
    assert "共 2 稿" in text


def test_a_text_is_never_markup(world, page_of) -> None:
    matter = world.draft(title="<b>修渠</b>", text="<script>alert(1)</script>")
    world.do(matter, drafting.amend, world.clerk, text="<i>x</i>", source="<u>")
    text = shown(page_of(world.clerk), matter)
    assert "<script>alert" not in text
    assert "<i>x" not in text
    assert "<b>修渠" not in text


def test_party_and_joint_votes_are_for_officers(world, page_of) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    world.hold(matter, "party", votes_for=7)
    officers = shown(page_of(world.clerk), matter)
    assert "赞成 7 人，超过应到会人数的半数" in officers
    assert "票数：赞成 7、反对 2" in officers
    readers = shown(page_of(world.rep01), matter)
    assert "应到 9 人，到会 9 人，审议通过" in readers
    assert "赞成 7" not in readers
    assert "<b>7</b>" not in readers


def test_names_are_for_officers(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    notice = matter.standing_notices[0]
    world.do(
        matter,
        objection.object_to,
        world.clerk,
        of=notice,
        name="张三丰",
        text="不同意。",
        phone="13800001111",
    )
    officers = shown(page_of(world.clerk), matter)
    assert "张三丰" in officers
    assert "13800001111" in officers
    assert "村文书 郑小敏" in officers
    readers = shown(page_of(world.rep01), matter)
    assert "张某" in readers
    assert "不同意。" in readers
    for hidden in ("张三丰", "13800001111", "郑小敏"):
        assert hidden not in readers.replace("郑小敏</small>", "")


def test_findings_are_for_officers(world, page_of) -> None:
    matter = world.matter_at(Stage.REVIEWED)
    officers = shown(page_of(world.clerk), matter)
    assert "监票是纸面签字，没有本人登录确认" in officers
    assert "/explain/?finding=" in officers
    assert "<h2>待核</h2>" in shown(page_of(world.township), matter)
    assert "监票是纸面签字" not in shown(page_of(world.rep01), matter)


def test_the_timeline_says_when_it_was_and_when_it_was_entered(world, page_of) -> None:
    matter = world.draft()
    world.pass_days(3)
    world.do(
        matter,
        drafting.withdraw,
        world.clerk,
        text="不办了。",
        on=clock.today().replace(day=3),
    )
    event = page_of(world.clerk).get(address(matter)).context["events"][-1]
    assert event.late
    assert event.what == "撤回"
    text = shown(page_of(world.clerk), matter)
    assert "2026年3月3日（星期二） <span" in text
    assert "2026年3月5日（星期四）上午9时记录" in text
    assert "理由：不办了。" in text


def test_the_next_step_and_whose_it_is(world, page_of) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    text = shown(page_of(world.clerk), matter)
    assert "下一步：支部大会审议" in text
    assert "这一步由支部记录人、村党支部书记、村党支部副书记办理。" in text
    keeper = shown(page_of(world.recorder), matter)
    for name in ("convene", "record_paper"):
        url = reverse(f"workflows:{name}", args=[world.village.slug])
        assert f'href="{url}?body=party&amp;matter={matter.number}"' in keeper


def test_what_is_missing_comes_with_what_the_reader_can_do(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    uid = matter.standing_notices[0].uid
    for person, verb in ((world.clerk, "post"), (world.sun, "audit_notice")):
        page = page_of(person).get(address(matter))
        first = page.context["first"]
        assert [b.url for b in first if b.main] == [
            f"{address(matter)}notices/{uid}/{verb}/"
        ]
        text = page.content.decode()
        assert text.index("组织实施前还差 2 项") < text.index(first[0].url)
        assert "这一步由村民委员会主任、村民委员会副主任办理。" in text


def test_buttons_are_what_office_and_stage_allow(world, page_of) -> None:
    matter = world.matter_at(Stage.UNDERWAY)

    def offered(person) -> set[str]:
        context = page_of(person).get(address(matter)).context
        buttons = [*context["first"], *context["more"]]
        return {button.url.rstrip("/").rsplit("/", 1)[1] for button in buttons}

    assert offered(world.director) == {"done", "report", "attach"}
    assert offered(world.supervisor1) == {"suggest"}
    assert offered(world.rep01) == set()
    assert offered(world.township) == {"advise", "order"}


def test_every_button_opens_a_page(world, page_of) -> None:
    for stage in (Stage.REVIEWED, Stage.ANNOUNCED, Stage.REJECTED, Stage.RECTIFYING):
        matter = world.matter_at(stage)
        for person in (world.clerk, world.director, world.sun, world.township):
            page = page_of(person)
            context = page.get(address(matter)).context
            buttons = [*context["first"], *context["more"]]
            buttons += [b for _row, found in context["shown"] for b in found]
            for button in buttons:
                assert page.get(button.url).status_code == 200, button


def test_a_notice_says_how_it_hangs(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    assert "已发布，还没有张贴" in shown(page_of(world.clerk), matter)
    notice = world.show(matter)
    text = shown(page_of(world.clerk), matter)
    assert "公示中，还有 15 天（2026年3月3日至3月17日，共15日）" in text
    assert f'href="/notices/{notice.uid}/"' in text
    with after(notice):
        assert "公示已满" in shown(page_of(world.clerk), matter)
    world.do(matter, disclosure.take_down, world.clerk, of=notice)
    assert "已撤下（提前，需重新公示）" in shown(page_of(world.clerk), matter)


def test_a_flawed_sitting_says_what_was_not_kept(world, page_of) -> None:
    matter = world.draft()
    world.hold(matter, "reps")
    assert matter.stage == Stage.DRAFTED
    text = shown(page_of(world.clerk), matter)
    assert "程序有瑕疵，不作为推进依据" in text
    assert "没有做到：还没到这一步" in text


def test_as_many_queries_with_a_long_history(
    world, page_of, django_assert_max_num_queries
) -> None:
    counts = []
    matter = world.matter_at(Stage.ANNOUNCED)
    page = page_of(world.clerk)
    for times in (1, 8):
        for _time in range(times):
            world.do(
                matter,
                objection.object_to,
                world.clerk,
                of=matter.standing_notices[0],
                name="张三",
                text="不同意。",
            )
            world.do(matter, disclosure.announce, world.clerk, text="更正。")
        with django_assert_max_num_queries(60) as asked:
            page.get(address(matter))
        counts.append(len(asked))
    assert counts[0] == counts[1]
