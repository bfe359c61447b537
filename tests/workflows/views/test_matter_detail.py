"""One matter: its text, its sittings, its notices, all that was done."""

from __future__ import annotations

import pytest

from audit import clock
from tests.clock import after
from tests.workflows.views.addresses import of_matter
from workflows.acts import disclosure, drafting, objection
from workflows.stage import Stage


def shown(page, matter) -> str:
    answer = page.get(of_matter(matter))
    assert answer.status_code == 200
    return str(answer.content.decode())


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
    url = of_matter(matter)
    assert client.get(url)["Location"] == f"/sign-in/?next={url}"
    for person in (world.zhou, world.li):
        assert page_of(person).get(url).status_code == 404
    assert page_of(world.clerk).post(url).status_code == 405
    missing = url.replace("/1/", "/99999999999999999999/")
    assert page_of(world.clerk).get(missing).status_code == 404


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


def test_the_timeline_says_when_it_was_and_when_it_was_entered(world, page_of) -> None:
    world.pass_days(3)
    matter = world.draft(on=clock.today().replace(day=3))
    event = page_of(world.clerk).get(of_matter(matter)).context["events"][-1]
    assert event.late
    assert event.what == "起草"
    text = shown(page_of(world.clerk), matter)
    assert "2026年3月3日（星期二） <span" in text
    assert "2026年3月5日（星期四）上午9时记录" in text
    assert f"事项名称：{matter.title}" in text


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
    assert "程序瑕疵：还没到这一步" in text


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
            page.get(of_matter(matter))
        counts.append(len(asked))
    assert counts[0] == counts[1]
