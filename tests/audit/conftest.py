"""Somebody who acts, something acted on, and facts for every kind of entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from audit.kinds import KINDS
from audit.log import record
from audit.models import Entry

SAMPLES: dict[str, Any] = {
    "BOOL": True,
    "CODE": "vr.quorum",
    "CODES": ["quorum_present", "authorised"],
    "COUNT": 33,
    "COUNT_OR_SEALED": 14,
    "DAY": date(2026, 3, 20),
    "HASH": "0f" * 32,
    "HASHES": ["0f" * 32, "f0" * 32],
    "INSTANT": datetime(2026, 3, 20, 1, tzinfo=UTC),
    "MATTER_TYPE": "M09c",
    "MATTER_TYPES": ["M03", "M18"],
    "MONEY": Decimal("380000.5"),
    "REF": "ballot/0123456789",
    "REFS": ["matter/0123456789", "matter/abcdefghjk"],
    "SEALED": "李四家的承包地，电话13812345678",
}


@dataclass(frozen=True)
class Place:
    slug: str = "140724200205"


@dataclass(frozen=True)
class Thing:
    subject: str
    village: Place = Place()


@dataclass(frozen=True)
class Somebody:
    office: str = "clerk"
    place: str = "140724200205"
    person: str | None = "12:王文书"


@pytest.fixture
def clerk() -> Somebody:
    return Somebody()


@pytest.fixture
def the_clock() -> Somebody:
    return Somebody(office="clock", place="", person=None)


@pytest.fixture
def thing() -> Callable[[str], Thing]:
    return Thing


@pytest.fixture
def facts_of() -> Callable[..., dict[str, Any]]:
    """A value for each fact of a kind, also for those that may be left out."""

    def facts(code: str, **others: Any) -> dict[str, Any]:
        declared = KINDS[code].facts.items()
        return {name: SAMPLES[fact.name] for name, fact in declared} | others

    return facts


@pytest.fixture
def write(
    facts_of: Callable[..., dict[str, Any]], clerk: Somebody, the_clock: Somebody
) -> Callable[..., Entry]:
    """Record an entry of a kind, with facts made up for it."""

    def write_one(code: str, uid: str = "0123456789", **others: Any) -> Entry:
        kind = KINDS[code]
        by = others.pop("by", the_clock if kind.clock else clerk)
        return record(code, Thing(f"{kind.noun}/{uid}"), by, **facts_of(code, **others))

    return write_one
