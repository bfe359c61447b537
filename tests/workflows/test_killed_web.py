"""kill -9 of web workers while people vote: a receipt shown is a vote counted."""

from __future__ import annotations

import http.client
import random
import re
import time
from collections import Counter
from threading import Thread

import pytest

from audit import codes
from tests.served import Service, Telephone, telephones
from tests.served import service as service  # noqa: PLC0414
from tests.workflows import sitting_steps as steps
from tests.workflows.crowds import PEOPLE, put
from tests.workflows.crowds import alone as alone  # noqa: PLC0414
from tests.workflows.crowds import village_of_200 as village_of_200  # noqa: PLC0414
from tests.workflows.racing import PATIENCE, join
from workflows.acts import casting
from workflows.models import Ballot, Receipt

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LANES, KILLS = 16, 4
SHOWN = re.compile(r'<p class="code">([^<]+)</p>')
VOTED, ALREADY = 200, 409
CUT = (ConnectionError, http.client.HTTPException, TimeoutError)


class Voters:
    """People who press again until they are answered."""

    def __init__(self, ballot: Ballot, phones: list[Telephone]) -> None:
        self.uid = ballot.uid
        self.phones = phones
        self.receipts: list[str] = []
        self.answers: Counter[int] = Counter()
        self.cut = 0

    def vote(self, phone: Telephone, choice: str) -> None:
        while True:
            try:
                status, page = phone.vote(self.uid, choice)
            except CUT:
                self.cut += 1
                time.sleep(0.05)
                continue
            self.answers[status] += 1
            self.receipts += SHOWN.findall(page)
            return

    def lane(self, at: int, choices: list[str]) -> None:
        for phone, choice in [*zip(self.phones, choices, strict=True)][at::LANES]:
            self.vote(phone, choice)


def kill_one(service: Service, voters: Voters, after: float) -> None:
    """As soon as so many were shown a receipt."""
    until = time.monotonic() + PATIENCE
    while len(voters.receipts) < after:
        assert time.monotonic() < until, "nobody votes any more"
        time.sleep(0.005)
    random.choice(service.workers).kill()


def test_a_receipt_that_was_shown_is_a_vote_that_counts(village_of_200, service):
    ballot = put(village_of_200, "secret")
    choices = random.sample(["for"] * 120 + ["against"] * 80, PEOPLE)
    voters = Voters(ballot, telephones(service.port, steps.lines(ballot)))
    threads = [Thread(target=voters.lane, args=(n, choices)) for n in range(LANES)]
    for thread in threads:
        thread.start()
    for kill in range(1, KILLS + 1):
        kill_one(service, voters, kill * PEOPLE / (KILLS + 2))
    join(threads, started=True)

    # Who was cut off after the commit is told that they have voted, and has no receipt.
    assert voters.answers[VOTED] == len(voters.receipts)
    assert voters.answers[VOTED] + voters.answers[ALREADY] == PEOPLE
    tally = casting.close_ballot(ballot, actor=village_of_200.clerk)
    kept = {*Receipt.objects.values_list("code", flat=True)}
    assert {codes.read(shown) for shown in voters.receipts} <= kept
    assert len(kept) == tally.returned == PEOPLE
    assert (tally.votes_for, tally.votes_against) == (120, 80)
