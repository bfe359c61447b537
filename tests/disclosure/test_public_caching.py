"""Public pages are the same for everybody, and may be kept for a minute."""

from __future__ import annotations

import gzip

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.disclosure.reading import address, many
from villages.divisions import load
from workflows.acts import objection
from workflows.stage import Stage

BOARD = "/villages/140724200205/"


@pytest.fixture
def addresses(posted):
    notice = posted()
    return [
        "/villages/",
        BOARD,
        f"{BOARD}feed/",
        address(notice),
        f"{address(notice)}print/",
    ]


def test_they_may_be_kept_for_a_minute(addresses, public):
    for one in addresses:
        response = public.get(one)
        assert response.headers["Cache-Control"] == "public, max-age=60", one
        assert response.headers["ETag"], one


def test_who_is_signed_in_changes_nothing(world, addresses, public):
    strangers = [public.get(one).content for one in addresses]
    public.force_login(world.clerk)
    for one, seen in zip(addresses, strangers, strict=True):
        response = public.get(one)
        assert response.content == seen, one
        assert "Cookie" not in response.headers.get("Vary", ""), one
        assert not response.cookies, one


def test_a_message_for_one_reader_is_not_shown_to_all(addresses, public):
    waiting = CookieStorage(RequestFactory().get("/"))
    encoded = waiting._encode([Message(constants.INFO, "只给一个人看")])
    public.cookies["messages"] = encoded
    for one in addresses:
        response = public.get(one)
        assert "只给一个人看" not in response.content.decode(), one
        assert not response.cookies, one


def test_what_has_not_changed_is_not_sent_again(addresses, public):
    for one in addresses:
        tag = public.get(one).headers["ETag"]
        again = public.get(one, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b""), one
        assert again.headers["Cache-Control"] == "public, max-age=60", one


def test_another_day_is_another_page(world, posted, public):
    notice = posted()
    tag = public.get(address(notice)).headers["ETag"]
    world.pass_days(2)
    again = public.get(address(notice), headers={"if-none-match": tag})
    assert again.status_code == 200


def test_nothing_can_be_sent_to_them(addresses, public):
    for one in addresses:
        assert public.post(one).status_code == 405, one
        assert public.head(one).status_code == 200, one


def test_reading_writes_nothing(addresses, public):
    with CaptureQueriesContext(connection) as queries:
        for one in addresses:
            public.get(one)
    said = [query["sql"].lstrip("(") for query in queries]
    assert all(sql.startswith("SELECT") for sql in said)


def test_pages_are_light(world, posted, public):
    """Sixty kilobytes as sent, with sheet and script, pictures aside."""
    load()
    notice = posted()
    many(notice, 200)
    for n in range(30):
        world.do(
            notice.matter,
            objection.object_to,
            world.clerk,
            of=notice,
            name=f"村民{n}",
            text=f"第{n}条意见：" + "标准太高，请重新讨论。" * 30,
        )
    for one in ("/villages/", BOARD, address(notice)):
        assert len(gzip.compress(public.get(one).content)) < 50_000, one


def test_the_number_of_queries_of_a_notice_does_not_grow(world, posted, public):
    notice = posted()
    with CaptureQueriesContext(connection) as few:
        public.get(address(notice))
    many(notice, 30)
    for n in range(10):
        world.do(
            notice.matter,
            objection.object_to,
            world.clerk,
            of=notice,
            name=f"村民{n}",
            text="高",
        )
    with CaptureQueriesContext(connection) as more:
        public.get(address(notice))
    # The postings of the other notices, where there are any.
    assert len(few) <= len(more) <= len(few) + 1 <= 13


@pytest.mark.parametrize("stage", [Stage.REPORTED, Stage.RECTIFYING, Stage.REJECTED])
def test_no_stage_needs_many_queries(world, public, stage):
    matter = world.matter_at(stage)
    notice = matter.notices.order_by("pk").last()
    if notice is None:
        return
    with CaptureQueriesContext(connection) as queries:
        public.get(address(notice))
    assert len(queries) <= 13
