"""The first page: what I owe, what I follow; for strangers the way in."""

from __future__ import annotations

from workflows.acts import objection, supervision
from workflows.stage import Stage


def test_who_is_not_signed_in_finds_the_board_and_the_door(client, db) -> None:
    answer = client.get("/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="/villages/"' in text
    assert 'href="/sign-in/"' in text
    assert client.post("/").status_code == 405


def test_the_clerk_sees_what_is_owed_with_a_way_to_it(world, page_of) -> None:
    matter = world.draft()
    text = page_of(world.clerk).get("/").content.decode()
    assert "请召集两委会，对本事项形成提议" in text
    assert f'href="/matters/{world.village.slug}/{matter.number}/"' in text
    assert "2026年3月2日起" in text


def test_what_is_overdue_says_so_in_words(world, page_of) -> None:
    world.matter_at(Stage.ANNOUNCED)
    world.pass_days(9)
    assert "已超 9 天" in page_of(world.clerk).get("/").content.decode()
    assert "已超 4 天" in page_of(world.supervisor1).get("/").content.decode()


def test_what_is_missing_stands_at_the_duty(world, page_of) -> None:
    world.matter_at(Stage.ANNOUNCED)
    text = page_of(world.director).get("/").content.decode()
    assert "还差：" in text
    assert "还没有张贴" in text


def test_answers_owed_lead_to_their_pages(world, page_of) -> None:
    matter = world.matter_at(Stage.ANNOUNCED)
    notice = matter.standing_notices[0]
    lodged = world.do(
        matter, objection.object_to, world.clerk, of=notice, name="", text="不同意。"
    )
    given = world.do(matter, supervision.suggest, world.supervisor1, text="请补。")
    page = page_of(world.director)
    text = page.get("/").content.decode()
    for row in (f"objections/{lodged.uid}/answer/", f"opinions/{given.uid}/reply/"):
        assert row in text
        url = f"/matters/{world.village.slug}/{matter.number}/{row}"
        assert page.get(url).status_code == 200


def test_the_next_village_sees_nothing_of_it(world, page_of) -> None:
    world.matter_at(Stage.PROPOSED)
    text = page_of(world.zhou).get("/").content.decode()
    assert "现在没有要办的事。" in text
    assert "还没有事项。" in text


def test_the_township_sees_of_which_village(world, page_of) -> None:
    world.matter_at(Stage.RECTIFYING)
    text = page_of(world.township).get("/").content.decode()
    assert "王家山村" in text


def test_as_many_queries_for_twenty_matters_as_for_two(
    world, page_of, django_assert_max_num_queries
) -> None:
    counts = {}
    page = page_of(world.clerk)
    for number in (2, 20):
        while world.drafts < number:
            world.matter_at(Stage.DRAFTED if world.drafts % 2 else Stage.ANNOUNCED)
        with django_assert_max_num_queries(80) as asked:
            page.get("/")
        counts[number] = len(asked)
    assert counts[2] == counts[20]
