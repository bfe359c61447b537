"""Votes cast over HTTP, against a page behind the same doors that inserts one row.

gunicorn with two workers, clients on the same machine. What is timed of a vote is the
last of its three pages: the one that casts it. The floor is a view for people who have
signed in, behind the same middleware and the same check of the form, that inserts one
row and answers with one character. And the same votes where ten years of a county lie
in the tables, against those where nothing does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

from django.db import connection
from django.test import Client

from audit import clock
from benchmarks import county
from benchmarks.many import draft
from benchmarks.measure import Ratio
from benchmarks.served import CLIENTS, Press, pressed, serving
from benchmarks.village import BODIES, settle
from villages.models import RosterEntry, User
from workflows import flows
from workflows.acts import ballot as voting
from workflows.acts import casting
from workflows.acts import sitting as sittings
from workflows.models import Ballot, Matter, Sitting
from workflows.presenting.people import on_roster
from workflows.replay.database import Server, working_in

BATCHES, EACH = 24, 3
FLOOR, FLOOR_OF_YEARS = 0.6, 0.8
VOTERS, IN_A_VILLAGE = CLIENTS * EACH, 30
A_COUNTY = "bench_county"
ELSEWHERE = "140724201"  # a township whose worklist nobody measures


def ratios() -> Iterator[Ratio]:
    """Ours over bare, and with FULL=1 that of a county's ten years over none."""
    room, here = Room(VOTERS, "room", BATCHES + 1), connection.settings_dict["NAME"]
    if not os.environ.get("FULL"):
        with serving(here) as port:
            bare, ours = _interleaved(room.bare(port), room.votes(port))
        yield Ratio.of("cast", bare, ours, FLOOR, per_batch=VOTERS)
        return
    pattern = Room(IN_A_VILLAGE, "pattern", 1)
    pattern.vote()
    with _copied(here, A_COUNTY):
        with working_in(A_COUNTY):
            county.fill(pattern.ballots[0])
        with serving(here) as empty, serving(A_COUNTY) as full:
            bare, ours, years = _interleaved(
                room.bare(empty), room.votes(empty), room.votes(full)
            )
    yield Ratio.of("cast", bare, ours, FLOOR, per_batch=VOTERS)
    yield Ratio.of("cast 十年", ours, years, FLOOR_OF_YEARS, per_batch=VOTERS)


def _interleaved(*works: Iterator[float]) -> tuple[list[float], ...]:
    """Seconds of each batch of each work; the first of each is not counted."""
    batches = list(zip(*works, strict=True))
    return tuple(list(times) for times in zip(*batches[1:], strict=True))


class Room:
    """A sitting of so many people, with so many secret ballots under way."""

    def __init__(self, people: int, slug: str, ballots: int) -> None:
        bodies = BODIES | {"joint": people, "party": {"full": people + 20}}
        bodies |= {"villagers": {"adults": people * 4 + 200, "households": 100}}
        self.hamlet = settle(slug, bodies, township=ELSEWHERE)
        self.clerk = self.hamlet.users["clerk"]
        sitting = self._sitting([draft(self.hamlet) for _one in range(ballots)])
        self.ballots = [self._open(put) for put in sitting.ballots.order_by("position")]
        assert sitting.roster is not None
        self.lines = list(sitting.roster.entries.entitled())
        self.sessions = [_session(line) for line in self.lines]

    def _sitting(self, matters: list[Matter]) -> Sitting:
        call = sittings.Call(
            body="joint",
            held_at=clock.now() + timedelta(seconds=1),
            noticed_at=clock.now() - timedelta(days=5),
            matters=matters,
            chair="支书",
        )
        sitting = sittings.convene(self.hamlet.village, call, actor=self.clerk)
        came = sittings.Came(people=on_roster(sitting).keys)
        return sittings.attend(sitting, came, actor=self.clerk)

    def _open(self, put: Ballot) -> Ballot:
        flows.perform(
            put.matter,
            "open_ballot",
            lambda: voting.open_ballot(put, actor=self.clerk, method="secret"),
            actor=self.clerk,
        )
        return Ballot.objects.select_related("sitting", "matter").get(pk=put.pk)

    def vote(self) -> None:
        """The first of the ballots is held."""
        for line in self.lines:
            casting.cast_line(self.ballots[0], line, "for")
        casting.close_ballot(self.ballots[0], actor=self.clerk)

    def votes(self, port: int) -> Iterator[float]:
        """Seconds of each ballot: everybody votes."""
        form = {"choice": "1", "sure": "1"}
        for put in self.ballots:
            yield pressed(port, self._all(f"/vote/{put.uid}/", form))

    def bare(self, port: int) -> Iterator[float]:
        """Seconds of as many presses of the page that only inserts."""
        for _put in self.ballots:
            yield pressed(port, self._all("/bare/", {"text": "1"}))

    def _all(self, path: str, form: dict[str, str]) -> list[Press]:
        return [Press(path, form, session) for session in self.sessions]


def _session(line: RosterEntry) -> str:
    """Of somebody who has signed in."""
    user, _made = User.objects.get_or_create(
        resident_id=line.resident_id,
        defaults={"username": f"voter{line.resident_id}"},
    )
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@contextmanager
def _copied(name: str, copy: str) -> Iterator[None]:
    """Another database with the same in it, and dropped afterwards."""
    with closing(Server()) as server, working_in("postgres"):
        server.connection.settings_dict["NAME"] = "postgres"
        server.drop(copy)
        server.create(copy, name)
    try:
        yield
    finally:
        with closing(Server()) as server:
            server.drop(copy)
