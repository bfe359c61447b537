"""The table of permissions_table.py holds, and names every address there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.workflows import harmless
from tests.workflows.everywhere import (
    INSIDE,
    OUTSIDE,
    PERSONS,
    UNKNOWN,
    Scene,
    addresses,
    digest,
    undone,
)
from tests.workflows.everywhere import scene as scene  # noqa: PLC0414
from tests.workflows.permissions_table import STATUSES
from workflows.views.verbs import OF_MATTER, OF_NOTICE

pytestmark = pytest.mark.django_db

# What everybody may read, and pages about oneself or the log: they name no village.
FOR_ALL = ("disclosure:", "audit:")
PUBLIC = (*FOR_ALL, "sign_", "health")
OF_THE_LOG = ("kept", "checkpoint", "kept_paper", "kept_since", "cosign")
WITH_A_PAPER = ("vote_slip", "receipt")  # theirs who hold it
ONES_OWN = {
    f"workflows:{name}" for name in ("worklist", "matters", "sittings", "draft", "mine")
} | {f"workflows:{name}" for name in (*OF_THE_LOG, *WITH_A_PAPER)}
REFUSED = (403, 404, 405)
ANYTHING = {"text": "好。", "on": "2026-03-02", "days": "15", "outcome": "pass"}


Digest = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def as_it_was(scene: Scene) -> Digest:
    """All there is before anybody asks for anything."""
    return digest()


def patterns(
    resolver: URLResolver, inside: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the URLconf by its name; the admin has a test of its own."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{inside}{each.name}", each
        elif each.namespace != "admin":
            within = f"{each.namespace}:" if each.namespace else ""
            yield from patterns(each, inside + within)


def test_every_address_is_in_the_table(scene: Scene) -> None:
    asked = {row: name for row, (name, _args) in addresses(scene).items()}
    assert set(asked) == set(STATUSES)
    assert set(asked.values()) == {name for name, _ in patterns(get_resolver())}
    acts = {f"act {verb}" for verb in OF_MATTER}
    assert acts | {f"notice_act {verb}" for verb in OF_NOTICE} <= set(STATUSES)


@pytest.mark.parametrize("row", STATUSES)
def test_who_may_open_it(scene: Scene, as_it_was: Digest, row: str) -> None:
    answers = {person: scene.clients[person].get(scene.at[row]) for person in PERSONS}
    bodies = {person: read(answer) for person, answer in answers.items()}
    assert digest() == as_it_was
    statuses = {person: answer.status_code for person, answer in answers.items()}
    assert statuses == STATUSES[row]["GET"]
    for person, answer in answers.items():
        harmless.told_to_the_browser(answer)
        for_all = row.startswith(FOR_ALL)
        harmless.kept_by(answer, anybody=for_all)
        assert not for_all or bodies[person] == bodies["anonymous"]
        if statuses[person] == 302 and row != "sign_in":
            assert answer["Location"] == f"/sign-in/?next={scene.at[row]}"
    for answer in {answer.status_code: answer for answer in answers.values()}.values():
        if answer["Content-Type"].startswith("text/html") and not answer.streaming:
            harmless.markup(answer)


def read(answer: Any) -> bytes:
    """All of it: a file is closed at its end."""
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts)


@pytest.mark.parametrize("row", STATUSES)
def test_who_may_send_it(scene: Scene, as_it_was: Digest, row: str) -> None:
    """Who may not writes nothing, whatever is sent."""
    statuses = {}
    for person, status in STATUSES[row]["POST"].items():
        refused = status in REFUSED or (person in UNKNOWN and status == 302)
        with nullcontext() if refused and row != "sign_out" else undone():
            sent = ANYTHING if refused else {}
            answer = scene.client(person).post(scene.at[row], sent)
            statuses[person] = answer.status_code
        if refused and answer.status_code != 302:
            harmless.ours(answer)
    assert statuses == STATUSES[row]["POST"]
    assert digest() == as_it_was


@pytest.mark.parametrize("row", sorted(STATUSES))
def test_the_table_says_what_the_design_says(row: str) -> None:
    """A stranger finds nothing; the wrong office is told that it is the wrong one."""
    if row.startswith(PUBLIC) or row in ONES_OWN:
        return
    for method, statuses in STATUSES[row].items():
        nowhere = 405 if 405 in statuses.values() and method == "POST" else 404
        unknown = 405 if nowhere == 405 else 302
        assert {statuses[person] for person in OUTSIDE} == {nowhere}
        assert {statuses[person] for person in UNKNOWN} == {unknown}
        assert 404 not in {statuses[person] for person in INSIDE}
