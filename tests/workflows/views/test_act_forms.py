"""What is sent to the page of an act: read strictly, shown before it is published."""

from __future__ import annotations

from tests.workflows.views.addresses import of_act
from workflows.stage import Stage
from workflows.views.verbs import OF_MATTER


def test_bad_input_of_the_act_stands_at_its_field(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.ADOPTED)
    before = entries()
    answer = page_of(world.clerk).post(
        of_act(matter, "announce"), {"text": "决议。", "days": "3"}
    )
    assert answer.status_code == 400
    assert answer.context["form"].errors["days"] == ["公示不得少于 15 日，现填 3 日。"]
    assert entries() == before


def test_the_published_text_is_shown_with_numbers_blanked(world, page_of) -> None:
    text = "补贴打入6222021234567890123，联系13800001111。"
    matter = world.matter_at(Stage.ADOPTED, text=text)
    page = page_of(world.clerk).get(of_act(matter, "announce")).content.decode()
    assert "138****1111" in page
    assert "公示 2026年3月3日至2026年3月17日" in page


def test_a_no_of_the_party_is_answered_and_not_hung_up(world, page_of) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    world.hold(matter, "party", votes_for=1)
    page, url = page_of(world.clerk), of_act(matter, "announce")
    shown = page.get(url).content.decode()
    assert "书面答复提议人，不张贴" in shown
    assert "赞成 1" not in shown
    assert page.post(url, {"text": "没有通过。"}).status_code == 302
    assert matter.notices.get().kind == "reply"


def test_a_get_changes_nothing(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    before, stage = entries(), matter.stage
    for person in (world.clerk, world.director, world.supervisor1, world.township):
        page = page_of(person)
        for verb in OF_MATTER:
            page.get(of_act(matter, verb))
            page.get(of_act(matter, verb), {"confirm": "1", "text": "好"})
    matter.refresh_from_db()
    assert (entries(), matter.stage) == (before, stage)


def test_other_methods_and_other_content_are_refused(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    before, url = entries(), of_act(matter, "withdraw")
    page = page_of(world.clerk)
    for method in (page.put, page.delete, page.patch):
        answer = method(url)
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, POST"
        assert "请返回待办" in answer.content.decode()
    answer = page.post(url, '{"text": "x"}', content_type="application/json")
    assert answer.status_code == 400
    assert "没有写入" in answer.content.decode()
    assert page.head(url).status_code == 200
    assert entries() == before


def test_a_form_that_is_too_large_is_refused(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    before = entries()
    huge = {"text": "字" * 1_000_000}
    answer = page_of(world.clerk).post(of_act(matter, "withdraw"), huge)
    assert answer.status_code == 400
    assert "没有写入" in answer.content.decode()
    assert entries() == before
