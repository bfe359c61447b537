"""Who may open what, and who may send it: person × address × status.

    clk sec dir sup   the village's clerk, secretary, director and supervisor
    pty rep           a party member and a representative
    twn cty           the officers of its township and of its county
    far nxt old       another county's, the next village's clerk; a former clerk
    non off           not signed in; whose account is closed

Each cell is the answer to GET and the answer to an empty POST: 200/400 opens the page
and is told what to fill in, 302 as first answer sends to sign in. Each row is asked
when its turn has come; when it has not, test_permissions_out_of_turn.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.workflows.everywhere import (
    INSIDE,
    OUTSIDE,
    PERSONS,
    UNKNOWN,
    Scene,
    addresses,
    nothing_written,
    undone,
)
from tests.workflows.everywhere import scene as scene  # noqa: PLC0414
from workflows.views.verbs import OF_MATTER, OF_NOTICE

pytestmark = pytest.mark.django_db

TABLE = """
@@
"""


def table() -> dict[str, dict[str, tuple[int, int]]]:
    """By row and person, what GET and POST are answered."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for line in TABLE.strip().splitlines()[1:]:
        row, *cells = re.split(r"  +", line.replace("|", "").strip(), maxsplit=1)
        pairs = [tuple(map(int, cell.split("/"))) for cell in cells[0].split()]
        found[row] = dict(zip(PERSONS, pairs, strict=True))
    return found


STATUSES = table()


def patterns(
    resolver: URLResolver, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the URLconf by its full name; the admin has its own test."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{namespace}{each.name}", each
        elif each.namespace != "admin":
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from patterns(each, namespace + inner)


def test_every_address_is_in_the_table(scene: Scene) -> None:
    names = {name for name, _pattern in patterns(get_resolver())}
    asked = {row: name for row, (name, _args) in addresses(scene).items()}
    assert set(asked) == set(STATUSES)
    assert set(asked.values()) == names
    verbs = {f"act {verb}" for verb in OF_MATTER}
    verbs |= {f"notice_act {verb}" for verb in OF_NOTICE}
    assert verbs <= set(STATUSES)


@dataclass(frozen=True)
class Got:
    """What somebody was answered."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: Any


@pytest.fixture(scope="module")
def got(scene: Scene) -> dict[tuple[str, str], Got]:
    """Every page as everybody gets it; asking for it all writes nothing."""
    found = {}
    with nothing_written():
        for row in STATUSES:
            for person in PERSONS:
                answer = scene.clients[person].get(scene.at[row])
                parts = answer.streaming_content if answer.streaming else [answer.content]
                body = b"".join(parts)
                found[row, person] = Got(
                    answer.status_code, dict(answer.items()), body, answer.cookies
                )
    return found


@pytest.mark.parametrize("row", STATUSES)
def test_who_may_open_it(got: dict[tuple[str, str], Got], row: str) -> None:
    answers = {person: got[row, person].status for person in PERSONS}
    assert answers == {person: pair[0] for person, pair in STATUSES[row].items()}


@pytest.mark.parametrize("row", STATUSES)
def test_who_may_send_it(scene: Scene, row: str) -> None:
    answers = {}
    for person in PERSONS:
        with undone():
            answers[person] = scene.client(person).post(scene.at[row]).status_code
    assert answers == {person: pair[1] for person, pair in STATUSES[row].items()}


def test_who_may_not_send_it_writes_nothing(scene: Scene) -> None:
    with nothing_written():
        for row, statuses in STATUSES.items():
            if row == "sign_out":
                continue
            for person, (_get, post) in statuses.items():
                if post in (403, 404, 405) or person in UNKNOWN:
                    scene.clients[person].post(scene.at[row], {"text": "好。"})


def test_whoever_has_not_signed_in_is_sent_there_and_back(scene: Scene) -> None:
    for row, statuses in STATUSES.items():
        for person in UNKNOWN:
            if statuses[person][0] == 302:
                answer = scene.client(person).get(scene.at[row])
                assert answer["Location"] == f"/sign-in/?next={scene.at[row]}"


@pytest.mark.parametrize("person", OUTSIDE)
def test_a_stranger_finds_nothing_but_public_pages(person: str) -> None:
    """What holds of every row with a village in it, whatever the table says."""
    public = ("disclosure:", "sign_", "health")
    own = ("workflows:worklist", "workflows:matters", "workflows:sittings")
    for row, statuses in STATUSES.items():
        if row.startswith(public) or row in (*own, "workflows:draft"):
            continue
        assert statuses[person] == (404, 404 if statuses["clerk"][1] != 405 else 405)


def test_no_office_of_the_village_is_told_that_there_is_nothing() -> None:
    for statuses in STATUSES.values():
        assert not [p for p in INSIDE if 404 in statuses[p]]
