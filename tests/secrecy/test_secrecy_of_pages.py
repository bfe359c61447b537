"""Nor do the logs of web server and service tell who chose what.

The attacker has the access log with an address for each telephone, the number of bytes
of each page, and knows whose address it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from audit import codes
from tests.secrecy.attacking import attacked, better_than_chance
from tests.secrecy.attacking import village_of_30 as village_of_30  # noqa: PLC0414
from tests.secrecy.elections import Election, sittings
from tests.secrecy.holdings import LogFile
from tests.served import BUTTONS, Telephone, telephones
from tests.served import service as service  # noqa: PLC0414
from tests.world import World
from workflows.models import Ballot

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ELECTIONS = 8
ACCESS = re.compile(
    r"(?P<address>\S+) .*?\[(?P<at>.+?)\] "
    r'"(?P<request>.*?)" (?P<status>\d+) (?P<bytes>\S+)'
)
SHOWN = re.compile(r'<p class="code">([^<]+)</p>')


class ByTelephone(Election):
    """All vote on the pages: choose, check, done."""

    def __init__(self, world: World, ballot: Ballot, port: int) -> None:
        super().__init__(world, ballot)
        self.phones: list[Telephone] = telephones(port, self.lines)

    @property
    def ways(self) -> list[Callable[[int], str]]:
        return [self.on_the_pages]

    def on_the_pages(self, voter: int) -> str:
        uid, choice = self.ballot.uid, self.choices[voter]
        phone, path = self.phones[voter], f"/vote/{uid}/"
        assert phone.ask(path)[0] == 200
        assert phone.ask(path, choice=BUTTONS[choice])[0] == 200
        status, page = phone.vote(uid, choice)
        assert status == 200
        (shown,) = SHOWN.findall(page)
        return codes.read(shown)

    def words_of(self, voter: int) -> list[str]:
        return [*super().words_of(voter), self.phones[voter].address]


def a_request(line: str) -> dict[str, str] | None:
    found = ACCESS.match(line)
    return found and found.groupdict()


def test_pages_and_their_logs_tell_no_more_than_chance(village_of_30, service):
    access = LogFile("access log", service.access_log, a_request)
    logs = [access, LogFile("log of the service", service.log)]
    ballots = sittings(village_of_30, ELECTIONS)
    voted = (ByTelephone(village_of_30, ballot, service.port) for ballot in ballots)
    found = attacked(voted, logs)
    assert better_than_chance(found) == {}
    for page in ("first", "second", "third"):
        assert any(f"{page} access log by bytes" in way for way in found)
