"""Whatever is given to whichever kind: no name and nobody's number gets into the bytes.

Each is put in every place an entry has, once as it is, once behind something that
looks like a code. It is refused, without being repeated, or only a commitment to it
is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from audit.facts import LARGEST
from audit.kinds import KINDS, Kind
from audit.log import Actor, record, sealed
from tests.audit.conftest import Place, Somebody, Thing

pytestmark = pytest.mark.django_db
ALL = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
Facts = Callable[..., dict[str, Any]]

NAMES = ["王小明", "诸葛建国", "Wang Xiaoming"]
TELEPHONES = ["13812345678", "8613812345678", "0354-4123456", "0354-41234567"]
IDENTITIES = ["140724196203041234", "14072419620304123x", "140724620304123"]
ACCOUNTS = ["6222021234567890123", "622202123456789012", "6222021234567890"]
ACCOUNTS += ["62220212345678901"]
NUMBERS = [*TELEPHONES, *IDENTITIES, *ACCOUNTS]
PERSONAL = [*NAMES, *NUMBERS]
# What a text would have to look like to be taken for a code, a village, a reference.
BEFORE = ["", "a", "tel:", "matter/", "matter/a", "village-", "m03."]


def planted(number: str) -> Iterator[Any]:
    """The same in every shape in which a fact might take it.

    A count of eleven digits is a count, whoever's telephone has the same; nobody types
    one that large, for no form takes it.
    """
    for before in BEFORE:
        text = before + number
        yield from (text, sealed(text))
    yield from ([number], {"a": number}, number.encode(), ["a" + number])
    if number.isdigit() and int(number) > LARGEST:
        yield from (int(number), Decimal(number), sealed(int(number)))


def tried(*args: Any, **facts: Any) -> str:
    """The body, or what was said instead."""
    try:
        return record(*args, **facts).body
    except (KeyError, ValueError, TypeError) as refused:
        return str(refused)


@ALL
def test_in_no_fact(
    kind: Kind, facts_of: Facts, clerk: Somebody, the_clock: Somebody
) -> None:
    by: Actor = the_clock if kind.clock else clerk
    usual, tries = facts_of(kind.code), count()
    for name in kind.facts:
        for number in PERSONAL:
            for given in planted(number):
                # Of one subject the clock records each kind once.
                subject = Thing(f"{kind.noun}/a{next(tries):06}")
                said = tried(kind.code, subject, by, **usual | {name: given})
                assert number not in said, (name, given)


@ALL
def test_in_nothing_around_the_facts(
    kind: Kind, facts_of: Facts, clerk: Somebody, the_clock: Somebody
) -> None:
    facts, right = facts_of(kind.code), f"{kind.noun}/0123456789"
    by = the_clock if kind.clock else clerk
    for number in PERSONAL:
        for before in BEFORE:
            text = before + number
            tries = [
                (Thing(f"{kind.noun}/{text}", Place()), by),
                (Thing(text, Place()), by),
                (Thing(right, Place(text)), by),
                (Thing(right), Somebody(office=text)),
                (Thing(right), Somebody(place=text)),
                (Thing(right), Somebody(person=text)),
            ]
            for subject, actor in tries:
                said = tried(kind.code, subject, actor, **facts)
                assert number not in said, (subject, actor)
