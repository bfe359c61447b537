"""Looking for a notice among those of ten years."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from disclosure.board import PAGE
from tests.disclosure.reading import many
from workflows.models import Notice

BOARD = "/villages/140724200205/"


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
