"""The columns of an entry are its body's, and the clock says a thing once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib import admin
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit.admin import EntryAdmin
from audit.kinds import CLOCK_KINDS, KINDS
from audit.models import Entry

Write = Callable[..., Entry]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("held_on", [None, date(2026, 3, 18)])
def test_columns_equal_the_body(write: Write, code: str, held_on: date | None) -> None:
    entry = Entry.objects.get(pk=write(code, held_on=held_on).pk)
    body = entry.content
    assert entry.uid == body["id"]
    assert entry.recorded_at == datetime.fromisoformat(body["recorded_at"])
    assert entry.held_on == held_on
    assert entry.scenario is False
    for column in ("kind", "village", "subject", "office"):
        assert getattr(entry, column) == body[column]
    for column in ("stage", "from_stage"):
        assert getattr(entry, column) == body["facts"].get(column)
    leaf = hashlib.sha256(b"\x00" + entry.body.encode()).digest()
    assert bytes(entry.leaf_hash) == leaf


def test_entries_are_found_by_what_they_speak_of_and_by_kind(write: Write) -> None:
    first, second = write("matter.begun"), write("matter.archived")
    write("matter.begun", uid="abcdefghjk")
    assert [*Entry.objects.of("matter/0123456789")] == [first, second]
    assert [*Entry.objects.of("matter/0123456789").of_kind("matter.begun")] == [first]
    everything = Entry.objects.of("matter/0123456789", "matter/abcdefghjk")
    assert everything.count() == 3


@pytest.mark.parametrize("code", CLOCK_KINDS)
def test_the_clock_says_a_thing_once(write: Write, code: str) -> None:
    write(code)
    write(code, uid="abcdefghjk")
    with pytest.raises(IntegrityError, match="the_clock_records_once"):
        write(code)


def test_what_people_do_can_be_done_again(write: Write) -> None:
    write("notice.posted")
    write("notice.posted")


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        "{}",
        '{"id":"1","kind":"matter.begun","village":"v","office":"clerk",'
        '"subject":"matter/1","recorded_at":null}',
        '{"id":"1","kind":"matter.begun","village":"v","office":"clerk",'
        '"subject":"matter/1","recorded_at":"yesterday noon"}',
    ],
)
def test_a_body_that_does_not_say_who_what_and_when_is_refused(body: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(body=body)


def test_an_entry_cannot_be_written_twice(write: Write) -> None:
    body = write("matter.begun").body
    with pytest.raises(IntegrityError, match="entry_uid_is_unique"):
        Entry.objects.create(body=body)


def test_a_session_reads_instants_and_days_the_same_whatever_its_settings(
    write: Write,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'SQL, DMY'")
        cursor.execute("SET LOCAL timezone = 'America/New_York'")
        entry = write("matter.begun", held_on=date(2026, 3, 4))
        cursor.execute("SET LOCAL datestyle = 'ISO'")
        cursor.execute("SET LOCAL timezone = 'UTC'")
    said = datetime.fromisoformat(entry.content["recorded_at"])
    assert (entry.held_on, entry.recorded_at) == (date(2026, 3, 4), said)


def test_the_admin_only_reads(write: Write, rf: Any) -> None:
    page = EntryAdmin(Entry, admin.site)
    assert not page.has_add_permission(rf.get("/"))
    assert not page.has_change_permission(rf.get("/"))
    assert not page.has_delete_permission(rf.get("/"))
    write("matter.begun")
    assert page.get_paginator(rf.get("/"), Entry.objects.all(), 100).count == 1
