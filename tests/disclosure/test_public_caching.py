"""Public pages are the same for everybody, and may be kept for a minute."""

from __future__ import annotations

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.disclosure.reading import address

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
