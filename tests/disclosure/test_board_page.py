"""The board of a village."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from disclosure.board import PAGE
from tests.disclosure.reading import many
from villages.models import Village
from workflows.acts import disclosure
from workflows.models import Notice
from workflows.stage import Stage

BOARD = "/villages/140724200205/"


@pytest.fixture
def halves(read):
    """The words of what is up now, and of what was up before."""

    def both():
        now, before = read(BOARD).split("以前的公示哪一年")
        return now, before

    return both


def test_an_empty_board_says_so(world, read):
    words = read(BOARD)
    assert "现在没有公示" in words
    assert "以前没有公示" in words


def test_a_village_nobody_knows_is_not_found(public, db):
    assert public.get("/villages/999/").status_code == 404


def test_a_notice_is_seen_before_it_is_posted(announced, halves):
    announced(title="误工补贴标准")
    now, before = halves()
    assert "关于误工补贴标准决议的公示已发布，待张贴" in now
    assert "误工补贴标准" not in before


@pytest.mark.parametrize(("days", "left"), [(0, 15), (1, 15), (2, 14), (15, 1)])
def test_a_notice_that_hangs_says_how_long_still(world, posted, halves, days, left):
    posted()
    world.pass_days(days)
    now, _before = halves()
    assert f"公示中，还有{left}天" in now
    assert "村代会赞成11票，反对" in now
    assert "弃权0票，通过。" in now
    assert "2026年3月3日至3月17日，共15日" in now


def test_after_the_last_day_it_is_among_the_earlier_ones(world, posted, halves):
    posted()
    world.pass_days(16)
    now, before = halves()
    assert "现在没有公示" in now
    assert "公示已满" in before


def test_one_taken_down_early_has_to_be_posted_again(world, posted, halves):
    notice = posted()
    world.pass_days(3)
    world.do(notice.matter, disclosure.take_down, world.clerk, of=notice)
    now, _before = halves()
    assert "已撤下（提前，需重新公示）" in now


def test_one_that_was_put_right_names_the_newer(world, posted, halves):
    notice = posted()
    newer = world.do(
        notice.matter, disclosure.announce, world.clerk, text="每人每天一百三十元。"
    )
    now, before = halves()
    assert newer.uid in now
    assert f"已更正，请看{newer.uid}" in before


def test_a_no_is_shown_as_such(posted, halves):
    posted(reps=4)
    now, _before = halves()
    assert "未通过，公示中，还有15天" in now
    assert "弃权0票，未通过。" in now


def test_an_answer_to_a_proposer_is_not_on_the_board(world, replied, read):
    assert "换锁" not in read(BOARD)


def test_what_was_archived_says_so(world, halves):
    world.matter_at(Stage.ARCHIVED)
    now, before = halves()
    assert "现在没有公示" in now
    assert before.count("现在：已办结归档") == 2


def test_notices_of_one_matter_stand_together(world, posted, halves):
    notice = posted(type="M03", title="修路")
    for item in ("site", "budget"):
        world.do(
            notice.matter, disclosure.disclose, world.clerk, item=item, text="见图"
        )
    now, _before = halves()
    assert "这件事另有2张公示" in now
    assert now.index("关于修路决议的公示") < now.index("修路：选址公开")


def test_the_board_of_a_merged_village_leads_on(world, read):
    Village.objects.filter(pk=world.next_village.pk).update(successor=world.village)
    assert "北岭村已并入王家山村" in read(f"/villages/{world.next_village.slug}/")


# -- looking for one


@pytest.fixture
def filled(world, posted):
    """A notice that hangs, and 45 of the year before."""
    notice = posted(title="修渠")
    last_year = clock.now() - timedelta(days=365)
    many(notice, 45)
    Notice.objects.filter(kind="bulletin").update(published_at=last_year)
    return notice


def titles(public, **asked):
    page = public.get(BOARD, asked)
    return [one["title"] for one in page.context["earlier"]]


def test_pages_join_without_gap_or_overlap(public, filled):
    seen, asked = [], {}
    for _page in range(3):
        page = public.get(BOARD, asked)
        seen += [one["title"] for one in page.context["earlier"]]
        older = page.context["older_url"]
        asked = dict(
            pair.split("=") for pair in older.partition("?")[2].split("&") if pair
        )
    assert seen == [f"第{n:03}次通报" for n in range(44, -1, -1)]
    assert older == ""


def test_one_comes_back_to_the_page_before(public, filled):
    first = public.get(BOARD)
    second = public.get(first.context["older_url"])
    back = public.get(second.context["newer_url"])
    assert back.context["earlier"] == first.context["earlier"]
    assert len(second.context["earlier"]) == PAGE
    assert back.context["newer_url"] == ""


def test_a_page_that_begins_nowhere_is_the_first(public, filled):
    assert titles(public, before="nowhere") == titles(public)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "通报"}, PAGE),
        ({"q": "第007次"}, 1),
        ({"q": "修渠"}, 1),
        ({"q": "修渠", "year": "2025"}, 0),
        ({"year": "2025"}, PAGE),
        ({"year": "2026"}, 1),
        ({"year": "1066"}, 0),
        ({"year": "zz"}, PAGE),
        ({"q": "%_"}, 0),
    ],
)
def test_notices_are_found_by_title_and_year(public, filled, asked, found):
    assert len(titles(public, **asked)) == found


def test_what_was_looked_for_stays_on_the_next_page(public, filled):
    page = public.get(BOARD, {"q": "通报", "year": "2025"})
    assert "year=2025" in page.context["older_url"]
    assert "%E9%80%9A%E6%8A%A5" in page.context["older_url"]


def test_the_years_go_back_to_the_first_notice(public, filled):
    assert list(public.get(BOARD).context["years"]) == [2026, 2025]


def test_the_number_of_queries_does_not_grow(public, posted, django_assert_num_queries):
    notice = posted()
    with CaptureQueriesContext(connection) as few:
        public.get(BOARD)
    posted(title="又一件")
    many(notice, 60)
    with CaptureQueriesContext(connection) as more:
        public.get(BOARD)
    # One more at most: nothing was up before, so that there were no postings to read.
    assert len(few) <= len(more) <= len(few) + 1 <= 9
