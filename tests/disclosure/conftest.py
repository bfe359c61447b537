"""What villagers may see, looked at as they do: without signing in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from audit import sequencer
from tests import world as worlds
from tests.disclosure.reading import plain
from tests.world import World
from villages.models import Village
from workflows.acts import disclosure
from workflows.models import Matter, Notice

# While a browser runs, its event loop would give this thread a second connection, and
# the first would outlive the tests (asgiref 3.13, local.py).
connections._connections = threading.local()  # type: ignore[attr-defined]

Read = Callable[..., str]


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The village, which can be reached by telephone."""
    with worlds.lived_in() as built:
        Village.objects.filter(pk=built.village.pk).update(
            phone="0354-4123456", supervisors_phone="0354-4123457", code="140724200205"
        )
        built.village.refresh_from_db()
        yield built


@pytest.fixture
def public() -> Client:
    """Somebody with a phone."""
    return Client()


@pytest.fixture
def read(public: Client) -> Read:
    """The words of a public page, tags left out."""

    def words(address: str, **asked: Any) -> str:
        response = public.get(address, asked)
        assert response.status_code == 200, response.status_code
        return plain(response.content.decode())

    return words


@pytest.fixture
def decided(world: World) -> Callable[..., Matter]:
    """A matter on which each body voted by numbers no other body had."""

    def vote(reps: int = 11, **content: Any) -> Matter:
        matter = world.draft(**content)
        for body, votes in (("joint", 4), ("party", 6), ("reps", reps)):
            world.hold(matter, body, votes_for=votes)
        return matter

    return vote


@pytest.fixture
def announced(world: World, decided: Callable[..., Matter]) -> Callable[..., Notice]:
    """The notice of its resolution, not yet on the board."""

    def announce(reps: int = 11, **content: Any) -> Notice:
        matter = decided(reps, **content)
        notice: Notice = world.do(matter, disclosure.announce, world.clerk)
        return notice

    return announce


@pytest.fixture
def posted(world: World, announced: Callable[..., Notice]) -> Callable[..., Notice]:
    """The same, posted today."""

    def post(reps: int = 11, **content: Any) -> Notice:
        notice = announced(reps, **content)
        matter = notice.matter
        assert matter is not None
        world.do(matter, disclosure.post, world.clerk, of=notice)
        return notice

    return post


@pytest.fixture
def replied(world: World) -> Notice:
    """The answer to whoever proposed what the joint sitting said no to."""
    matter = world.draft(title="村委会换锁")
    world.hold(matter, "joint", votes_for=1)
    notice: Notice = world.do(matter, disclosure.announce, world.clerk)
    assert notice.kind == Notice.Kind.REPLY
    return notice


@pytest.fixture
def numbered(posted: Callable[..., Notice]) -> Notice:
    """A notice that hangs, and whose entries have their numbers."""
    notice = posted()
    sequencer.sequence_all()
    return notice
