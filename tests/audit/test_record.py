"""record(): what one act leaves behind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.transaction import TransactionManagementError

from audit import clock
from audit.log import record
from audit.models import Entry

Write = Callable[..., Entry]
NOON = datetime(2026, 3, 20, 4, 0, 0, 250000, tzinfo=UTC)


def test_an_act_is_not_recorded_outside_its_transaction(write: Write) -> None:
    with pytest.raises(TransactionManagementError):
        write("matter.archived")


@pytest.mark.django_db
def test_the_body_is_what_was_said(thing: Any, clerk: Any) -> None:
    with clock.moved_to(NOON):
        entry = record(
            "matter.archived",
            thing("matter/0123456789"),
            clerk,
            held_on=date(2026, 3, 19),
            from_stage="reported",
            stage="archived",
        )
    body = json.loads(entry.body)
    assert re.fullmatch("[0-9a-f]{32}", body.pop("id"))
    assert re.fullmatch("[0-9a-f]{64}", body.pop("person")["sealed"])
    assert body == {
        "v": 1,
        "kind": "matter.archived",
        "village": "140724200205",
        "subject": "matter/0123456789",
        "office": "clerk",
        "place": "140724200205",
        "held_on": "2026-03-19",
        "recorded_at": "2026-03-20T04:00:00.250000Z",
        "facts": {"from_stage": "reported", "stage": "archived"},
        "clock": "scenario",
    }


@pytest.mark.django_db
def test_the_bytes_are_canonical(write: Write) -> None:
    body = write("matter.adopted").body
    as_written = json.dumps(
        json.loads(body), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert body == as_written
    assert body.isascii()


@pytest.mark.django_db
def test_it_takes_one_journey_to_the_database(
    write: Write, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        entry = write("matter.recounted")
    with django_assert_num_queries(0):
        assert entry.pk
        assert entry.facts["stage"] == "vr.quorum"
        assert entry.label == "更正票数"
    assert entry.kind == "matter.recounted"
    assert entry.commitments.count() == 3


@pytest.mark.django_db
def test_an_entry_says_that_the_clock_was_moved_and_nothing_where_it_was_not(
    write: Write,
) -> None:
    with clock.moved_to(NOON):
        assert write("matter.archived").scenario is True
    entry = write("matter.archived")
    assert entry.scenario is False
    assert "clock" not in entry.content


@pytest.mark.django_db
def test_the_clock_has_no_name_and_no_place(write: Write) -> None:
    entry = write("notice.elapsed")
    assert entry.content["person"] is None
    assert (entry.office, entry.person, entry.content["place"]) == ("clock", None, "")
    assert entry.label == "2026年3月20日至2026年3月20日公示期满"


@pytest.mark.django_db
def test_nobody_records_for_the_clock_nor_the_clock_for_anybody(
    write: Write, clerk: Any, the_clock: Any
) -> None:
    for kind, by in (("notice.elapsed", clerk), ("matter.begun", the_clock)):
        with pytest.raises(ValueError, match="not for this actor"):
            write(kind, by=by)


@pytest.mark.django_db
def test_a_kind_nobody_declared_is_an_error(thing: Any, clerk: Any) -> None:
    with pytest.raises(KeyError):
        record("matter.forgotten", thing("matter/0123456789"), clerk)
    with pytest.raises(KeyError):
        Entry.objects.of_kind("matter.forgotten")


@pytest.mark.django_db
def test_a_kind_speaks_of_its_own_noun_only(thing: Any, clerk: Any) -> None:
    with pytest.raises(ValueError, match="speaks of a sitting"):
        record("sitting.closed", thing("matter/0123456789"), clerk, items=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("held_on", "label"),
    [
        (date(2026, 3, 20), "归档"),
        (None, "归档"),
        (date(2026, 3, 19), "归档（2026年3月20日补记）"),
    ],
)
def test_what_was_recorded_later_says_so(
    write: Write, held_on: date | None, label: str
) -> None:
    with clock.moved_to(NOON):
        assert write("matter.archived", held_on=held_on).label == label
