"""Who may not, when it is too early or too late, what is missing: told on the page."""

from __future__ import annotations

import pytest

from tests.clock import after
from tests.workflows.views.addresses import of_act
from workflows.stage import Stage

DAY = "2026-03-02"


@pytest.mark.parametrize("verb", ["begin", "announce", "withdraw"])
def test_only_the_offices_named_may(world, page_of, entries, verb) -> None:
    stages = {"begin": Stage.ANNOUNCED, "announce": Stage.ADOPTED}
    matter = world.matter_at(stages.get(verb, Stage.DRAFTED))
    before, url = entries(), of_act(matter, verb)
    page = page_of(world.supervisor1)
    for answer in (page.get(url), page.post(url, {"text": "好。"})):
        assert answer.status_code == 403
        assert "可以办" in answer.content.decode()
    assert entries() == before


def test_the_wrong_office_is_told_who_may_by_name(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    page = page_of(world.clerk).get(of_act(matter, "begin")).content.decode()
    assert "村民委员会主任、村民委员会副主任可以办" in page
    assert "请钱有田、冯保山办理" in page


def test_a_stranger_finds_nothing(world, page_of) -> None:
    matter = world.matter_at(Stage.ADOPTED)
    for person in (world.zhou, world.li):
        for url in (of_act(matter, "announce"), of_act(matter, "nonsense")):
            assert page_of(person).get(url).status_code == 404
            assert page_of(person).post(url).status_code == 404


def test_an_unknown_act_is_not_found(world, page_of) -> None:
    matter = world.draft()
    assert page_of(world.clerk).get(of_act(matter, "cast")).status_code == 404


def test_who_is_not_signed_in_is_sent_to_sign_in(world, client) -> None:
    url = of_act(world.draft(), "withdraw")
    for answer in (client.get(url), client.post(url, {"text": "好。"})):
        assert answer.status_code == 302
        assert answer["Location"] == f"/sign-in/?next={url}"


def test_out_of_turn_says_where_the_matter_is_and_what_comes_next(
    world, page_of, entries
) -> None:
    matter = world.matter_at(Stage.PROPOSED)
    before, url = entries(), of_act(matter, "archive")
    page = page_of(world.clerk)
    for answer in (page.get(url), page.post(url)):
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "本事项现在是“两委已提议”，下一步应当是支部大会审议。" in text
    assert entries() == before


def test_what_was_done_already_says_by_whom_and_when(world, page_of, entries) -> None:
    matter = world.matter_at(Stage.COMPLETED)
    before = entries()
    page = page_of(world.director)
    for answer in (
        page.get(of_act(matter, "done")),
        page.post(of_act(matter, "done"), {"on": DAY}),
    ):
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "已由村民委员会主任 钱有田办好，没有重复记录。" in text
    assert entries() == before


def test_a_matter_that_ended_says_so(world, page_of) -> None:
    rejected = world.matter_at(Stage.REJECTED)
    text = page_of(world.clerk).get(of_act(rejected, "withdraw")).content.decode()
    assert "村代会于2026年3月2日未通过本事项，不能再就原方案表决。" in text
    withdrawn = world.matter_at(Stage.WITHDRAWN)
    text = page_of(world.clerk).get(of_act(withdrawn, "amend")).content.decode()
    assert "本事项已撤回，不再修改。" in text


def test_what_was_decided_is_carried_out_and_not_withdrawn(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    answer = page_of(world.clerk).get(of_act(matter, "withdraw"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "村代会已于2026年3月2日决议，村民委员会应当执行。" in text
    assert "需要改变的，提请原会议或村民会议变更。" in text


def test_what_is_missing_is_said_before_the_button_and_after(
    world, page_of, entries
) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    before, url = entries(), of_act(matter, "begin")
    page = page_of(world.director)
    shown = page.get(url).content.decode()
    assert shown.index("组织实施前还差 2 项") < shown.index('<button class="btn alt"')
    assert "公示已发布，但没有登记张贴，公示期没有开始。" in shown
    assert "第八条），组织实施要等到公示期满。</p>" in shown
    refused = page.post(url)
    assert refused.status_code == 422
    assert "暂不能组织实施，还差 2 项" in refused.content.decode()
    assert entries() == before


def test_days_are_said_in_words(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    world.show(matter)
    page = page_of(world.director).get(of_act(matter, "begin")).content.decode()
    assert "公示自2026年3月3日起，应满 15 日，到2026年3月17日止，还有 15 日。" in page


def test_what_can_be_done_says_so(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    notice = world.show(matter)
    with after(notice):
        page = page_of(world.director).get(of_act(matter, "begin")).content.decode()
    assert "可以组织实施了" in page
