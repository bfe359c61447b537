"""Who reads a matter, sees what, and may press what."""

from __future__ import annotations

from django.urls import reverse

from tests.workflows.views.addresses import of_matter
from workflows.acts import objection
from workflows.stage import Stage


def shown(page, matter) -> str:
    answer = page.get(of_matter(matter))
    assert answer.status_code == 200
    return str(answer.content.decode())


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
        page = page_of(person).get(of_matter(matter))
        first = page.context["first"]
        assert [b.url for b in first if b.main] == [
            f"{of_matter(matter)}notices/{uid}/{verb}/"
        ]
        text = page.content.decode()
        assert text.index("组织实施前还差 2 项") < text.index(first[0].url)
        assert "这一步由村民委员会主任、村民委员会副主任办理。" in text


def test_buttons_are_what_office_and_stage_allow(world, page_of) -> None:
    matter = world.matter_at(Stage.UNDERWAY)

    def offered(person) -> set[str]:
        context = page_of(person).get(of_matter(matter)).context
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
            context = page.get(of_matter(matter)).context
            buttons = [*context["first"], *context["more"]]
            buttons += [b for _row, found in context["shown"] for b in found]
            for button in buttons:
                assert page.get(button.url).status_code == 200, button
