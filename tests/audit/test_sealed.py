"""What an entry keeps sealed, and what is left when it is erased."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from audit.log import sealed
from audit.models import ERASED, Commitment, Entry

Write = Callable[..., Entry]
VOTES = {"votes_for": 18, "votes_against": 2, "abstain": 7, "invalid": 9}
SEALED_VOTES = {name: sealed(votes) for name, votes in VOTES.items()}
pytestmark = pytest.mark.django_db


def test_what_is_sealed_is_not_in_the_body(write: Write) -> None:
    entry = write("matter.reviewed", body="party", **SEALED_VOTES)
    for name in VOTES:
        assert re.fullmatch("[0-9a-f]{64}", entry.facts[name]["sealed"])
    reason = write("matter.withdrawn", reason="李四不同意")
    assert "李四" not in reason.body
    assert "王文书" not in entry.body
    assert re.findall(r"\\u|[^\x00-\x7f]", entry.body + reason.body) == []


def test_equal_votes_have_different_commitments(write: Write) -> None:
    equal = dict.fromkeys(VOTES, sealed(9))
    sealed_facts = write("matter.reviewed", body="party", **equal).facts
    assert len({sealed_facts[name]["sealed"] for name in VOTES}) == len(VOTES)


def test_what_is_sealed_can_be_opened(write: Write) -> None:
    entry = write("matter.reviewed", body="party", **SEALED_VOTES)
    assert entry.opened() == entry.facts | VOTES
    assert entry.person == "12:王文书"
    for kept in entry.commitments.exclude(path="/person"):
        fact = entry.facts[kept.path.removeprefix("/facts/")]
        assert kept.opens(fact["sealed"])


def test_what_was_erased_leaves_the_entry_as_it_was(write: Write) -> None:
    written = write("matter.reviewed", body="party", **SEALED_VOTES)
    before = Entry.objects.get(pk=written.pk)
    gone = before.commitments.filter(path__in=["/person", "/facts/votes_for"])
    assert gone.delete()[0] == 2
    after = Entry.objects.get(pk=written.pk)
    assert (after.body, after.leaf_hash) == (before.body, before.leaf_hash)
    assert after.opened() == after.facts | VOTES | {"votes_for": ERASED}
    assert after.person is ERASED
    assert not ERASED
    assert str(ERASED) == "（已删去）"


def test_what_was_put_in_its_place_is_not_opened(write: Write) -> None:
    entry = write("matter.reviewed", body="party", **SEALED_VOTES)
    kept = entry.commitments.get(path="/facts/votes_for")
    kept.delete()
    Commitment.objects.create(
        entry=entry, path="/facts/votes_for", salt=bytes(kept.salt), value="24"
    )
    assert Entry.objects.get(pk=entry.pk).opened()["votes_for"] is ERASED


def test_a_timeline_is_opened_with_two_queries(
    write: Write, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        write("matter.reviewed", body="party", **SEALED_VOTES)
    with django_assert_num_queries(2):
        timeline = Entry.objects.of("matter/0123456789").ready_to_open()
        assert [entry.opened()["abstain"] for entry in timeline] == [7, 7, 7]
