"""record(): the only writer of entries."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from django.db import connection
from django.db.transaction import TransactionManagementError

from . import clock
from .canonical import Json, canonical, commitment, instant
from .facts import CODE, DAY, PLACE, REF, Sealed
from .kinds import KINDS, Kind
from .models import Entry, Named
from .rows import PERSONS, ROWS, snapshot

VERSION = 1
SALT_BYTES = 32


class Place(Protocol):
    """A village, as far as the record knows it."""

    @property
    def slug(self) -> str: ...


class Subject(Named, Protocol):
    """What is acted on, and the village it belongs to."""

    @property
    def village(self) -> Place: ...


class Actor(Protocol):
    """Who acts: office and place in clear, the person sealed; None is the clock."""

    @property
    def office(self) -> str: ...

    @property
    def place(self) -> str: ...

    @property
    def person(self) -> str | None: ...


class Envelope:
    """What is put away beside an entry: paths, salts and values, in the same order."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.salts: list[bytes] = []
        self.values: list[str] = []

    def put(self, path: str, value: Json) -> Json:
        """Put a value away; what stands for it in the entry."""
        salt, text = secrets.token_bytes(SALT_BYTES), canonical(value)
        self.paths.append(path)
        self.salts.append(salt)
        self.values.append(text.decode())
        return {"sealed": commitment(salt, text)}

    def close(self, facts: dict[str, Json | Sealed]) -> dict[str, Json]:
        """The facts as they stand in the entry: what is sealed is put away."""
        return {
            name: self.put(f"/facts/{name}", fact.value)
            if isinstance(fact, Sealed)
            else fact
            for name, fact in facts.items()
        }


def sealed(value: Any) -> Sealed:
    """Keep a count out of the entry: only a commitment to it goes in."""
    return Sealed(value)


def record(
    kind: str,
    subject: Subject,
    by: Actor,
    *,
    held_on: date | None = None,
    wrote: Sequence[Any] = (),
    **facts: Any,
) -> Entry:
    """Record an act, in the act's own transaction.

    Only what the kind declares can be said, in the types it declares; a fact given as
    None is left out. `wrote` are the rows that the act wrote besides its subject: how
    they all stand now is sealed.

    Of the entry returned, id and body are known; the columns that
    PostgreSQL computes are fetched when one of them is asked for.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("An act is recorded in its own transaction.")
    declared, envelope = KINDS[kind], Envelope()
    rows, persons = snapshot([subject, *wrote])
    facts |= {ROWS: rows or None, PERSONS: persons or None}
    content: dict[str, Any] = {
        "v": VERSION,
        "id": secrets.token_hex(16),
        "kind": kind,
        "recorded_at": instant(clock.now()),
        "held_on": held_on and declared.encode("held_on", DAY, held_on),
        **about(declared, subject),
        **by_whom(declared, by, envelope),
        "facts": envelope.close(declared.write(facts)),
    }
    if clock.moved():
        content["clock"] = "scenario"
    return insert(canonical(content).decode(), envelope)


def about(declared: Kind, subject: Subject) -> dict[str, Json]:
    """What the entry speaks of; its noun must be the one the kind is about."""
    name = declared.encode("subject", REF, subject.subject)
    if name.partition("/")[0] != declared.noun:
        raise ValueError(f"{declared.code} speaks of a {declared.noun}")
    village = declared.encode("village", PLACE, subject.village.slug)
    return {"subject": name, "village": village}


def by_whom(declared: Kind, by: Actor, envelope: Envelope) -> dict[str, Json]:
    """Who acted: the clock where the kind is the clock's, and nowhere else."""
    if (by.person is None) is not declared.clock:
        raise ValueError(f"{declared.code} is not for this actor to record")
    office = declared.encode("office", CODE, by.office)
    if by.person is None:
        return {"office": office, "place": "", "person": None}
    place = declared.encode("place", PLACE, by.place)
    person = envelope.put("/person", by.person)
    return {"office": office, "place": place, "person": person}


def insert(body: str, envelope: Envelope) -> Entry:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_record(%s, %s, %s, %s)",
            [body, envelope.paths, envelope.salts, envelope.values],
        )
        (number,) = cursor.fetchone()
    return Entry.from_db(connection.alias, ["id", "body"], [number, body])
