"""The list of matters: of my villages, filtered, paged by the last row."""

from __future__ import annotations

import pytest

from villages.models import Division, Village
from workflows.stage import Stage
from workflows.views.matters import PAGE


def titles(answer) -> list[str]:
    return [matter.title for matter in answer.context["matters"]]


def test_a_row_says_what_where_and_what_comes_next(world, page_of) -> None:
    world.matter_at(Stage.PROPOSED, title="修渠")
    text = page_of(world.clerk).get("/matters/").content.decode()
    for said in ("修渠", "两委已提议", "待支部大会审议", "误工补贴人员及标准"):
        assert said in text
    assert f"/matters/{world.village.slug}/1/" in text


@pytest.mark.parametrize(
    ("group", "stage"),
    [
        ("deciding", Stage.PROPOSED),
        ("carrying", Stage.ANNOUNCED),
        ("stopped", Stage.REJECTED),
        ("closed", Stage.ARCHIVED),
    ],
)
def test_matters_are_sifted_by_how_far_they_are(world, page_of, group, stage) -> None:
    world.draft(title="别的") if group != "deciding" else world.matter_at(
        Stage.WITHDRAWN, title="别的"
    )
    world.matter_at(stage, title="要找的")
    page = page_of(world.clerk)
    assert titles(page.get("/matters/", {"stage": group})) == ["要找的"]
    assert len(titles(page.get("/matters/"))) == 2


def test_the_township_chooses_among_its_villages(world, page_of) -> None:
    world.draft()
    page = page_of(world.township)
    everything = page.get("/matters/")
    assert "北岭村" in everything.content.decode()
    assert len(titles(everything)) == 1
    mine, other = world.village.slug, world.next_village.slug
    assert len(titles(page.get("/matters/", {"village": mine}))) == 1
    assert titles(page.get("/matters/", {"village": other})) == []


def test_a_stranger_sees_none_and_cannot_ask_for_them(world, page_of) -> None:
    world.draft()
    page = page_of(world.zhou)
    assert titles(page.get("/matters/")) == []
    asked = page.get("/matters/", {"village": world.village.slug})
    assert asked.status_code == 404
    assert page_of(world.li).get("/matters/").status_code == 200
    assert titles(page_of(world.li).get("/matters/")) == []


def test_who_is_not_signed_in_is_sent_to_sign_in(client, db) -> None:
    assert client.get("/matters/")["Location"] == "/sign-in/?next=/matters/"


@pytest.mark.parametrize(
    "asked",
    [{"stage": "nonsense"}, {"before": "x"}, {"before": "9" * 40}, {"before": "-1"}],
)
def test_nonsense_is_not_found(world, page_of, asked) -> None:
    assert page_of(world.clerk).get("/matters/", asked).status_code == 404


def test_older_rows_follow_the_last_of_the_page(world, page_of) -> None:
    for number in range(PAGE + 3):
        world.draft(title=f"第{number}件")
    page = page_of(world.clerk)
    first = page.get("/matters/", {"stage": "deciding"})
    assert len(titles(first)) == PAGE
    assert first.context["newer_url"] is None
    older = page.get(f"/matters/{first.context['older_url']}")
    assert titles(older) == ["第2件", "第1件", "第0件"]
    assert older.context["older_url"] is None
    assert titles(page.get(f"/matters/{older.context['newer_url']}")) == titles(first)


def test_only_who_may_draft_is_offered_to(world, page_of) -> None:
    for person, offered in ((world.clerk, True), (world.rep01, False)):
        text = page_of(person).get("/matters/").content.decode()
        assert ("新建事项" in text) is offered


def test_as_many_queries_for_twenty_matters_as_for_two(
    world, page_of, django_assert_max_num_queries
) -> None:
    counts = []
    page = page_of(world.township)
    for number in (2, PAGE):
        while world.drafts < number:
            world.matter_at(Stage.DRAFTED if world.drafts % 2 else Stage.REJECTED)
        with django_assert_max_num_queries(20) as asked:
            page.get("/matters/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_county_sees_its_own_villages_alone(world, page_of) -> None:
    county = Division.objects.create(code="140725", name="寿阳县", level="county")
    township = Division.objects.create(
        code="140725100", name="朝阳镇", level="township", parent=county
    )
    Village.objects.create(slug="elsewhere", name="外县村", division=township)
    text = page_of(world.county).get("/matters/").content.decode()
    assert "王家山村" in text
    assert "外县村" not in text
