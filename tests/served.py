"""The service as gunicorn serves it, on the database of the test, and telephones."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from config import embedded, run
from config.settings import BASE_DIR
from tests.clock import really
from villages.models import RosterEntry, User
from workflows.forms.casting import WRITTEN

PATIENCE = 30
SECRET = "s" * 32  # of a form, which cookie and form must both bear


def address_of_the_database() -> str:
    """Where others find the database of the test."""
    return embedded.address_of(connection.settings_dict["NAME"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Service:
    port: int
    access_log: Path
    log: Path
    master: psutil.Process

    @property
    def workers(self) -> list[psutil.Process]:
        return self.master.children()


@pytest.fixture
def service(transactional_db: None) -> Iterator[Service]:
    """Two workers with four threads, as `make run` starts them.

    Their clock is the real one, and so is ours as of now.
    """
    with ExitStack() as until_the_end:
        folder = until_the_end.enter_context(tempfile.TemporaryDirectory())
        port, access, log = free_port(), Path(folder) / "access", Path(folder) / "log"
        command = [*run.web(port), "--access-logfile", str(access)]
        command += ["--error-logfile", str(log), "--capture-output"]
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("DATABASE_URL", address_of_the_database())
            environment.setenv("SECRET_KEY", settings.SECRET_KEY)
            environment.setenv("LOG_KEY", settings.LOG_KEY)
            environment.setenv("VAR_DIR", folder)
            collect = [sys.executable, "manage.py", "collectstatic", "--no-input"]
            subprocess.run(collect, cwd=BASE_DIR, check=True, capture_output=True)
            children = until_the_end.enter_context(run.running({"网页": command}))
        run.wait_for_answer(port, children)
        until_the_end.enter_context(really())
        yield Service(port, access, log, psutil.Process(children["网页"].pid))


BUTTONS = {str(vote): key for key, vote in WRITTEN.items()}


@dataclass(frozen=True)
class Telephone:
    """Somebody's, with the session open; each has an address of its own."""

    port: int
    session: str
    address: str = "127.0.0.1"

    def ask(self, path: str, **form: str) -> tuple[int, str]:
        """Status and page; a GET where nothing is sent."""
        server = http.client.HTTPConnection(
            "127.0.0.1", self.port, PATIENCE, source_address=(self.address, 0)
        )
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={SECRET}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Connection": "close",
        }
        sent = urlencode({"csrfmiddlewaretoken": SECRET, **form}) if form else None
        try:
            server.request("POST" if form else "GET", path, sent, headers)
            answer = server.getresponse()
            return answer.status, answer.read().decode()
        finally:
            server.close()

    def vote(self, uid: str, choice: str) -> tuple[int, str]:
        """The last of the three pages, and whether there is one."""
        return self.ask(f"/vote/{uid}/", choice=BUTTONS[choice], sure="1")


def telephones(port: int, lines: list[RosterEntry]) -> list[Telephone]:
    """One of each of these, who get an account."""
    return [
        Telephone(port, _session(line), f"127.0.1.{n + 1}")
        for n, line in enumerate(lines)
    ]


def _session(line: RosterEntry) -> str:
    user = User.objects.filter(resident=line.resident_id).first()
    if user is None:
        user = User.objects.create(
            username=f"voter{line.resident_id}", resident_id=line.resident_id
        )
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value
