"""gunicorn as `make run` starts it, and many who press at once."""

from __future__ import annotations

import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier, Thread
from urllib.parse import urlencode

from config import embedded, run

CLIENTS = 32
SECRET = "s" * 32  # of a form, which cookie and form must both bear
OK = 200


@dataclass(frozen=True)
class Press:
    """One form, sent by somebody who has signed in."""

    path: str
    form: dict[str, str]
    session: str

    def send(self, server: http.client.HTTPConnection) -> None:
        body = urlencode({"csrfmiddlewaretoken": SECRET, **self.form})
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={SECRET}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        server.request("POST", self.path, body, headers)
        answer = server.getresponse()
        answer.read()
        if answer.status != OK:
            raise RuntimeError(f"{self.path}: {answer.status}")


@contextmanager
def serving(database: str) -> Iterator[int]:
    """The port at which the service answers, on this database."""
    port = _free_port()
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = embedded.address_of(database)
    try:
        with run.running({"网页服务": run.web(port)}) as children:
            run.wait_for_answer(port, children)
            yield port
    finally:
        os.environ.pop("DATABASE_URL")
        if before is not None:
            os.environ["DATABASE_URL"] = before


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pressed(port: int, presses: list[Press]) -> float:
    """Seconds until all are answered, by as many clients at once."""
    start, failed = Barrier(CLIENTS + 1), list[Exception]()

    def client(share: list[Press]) -> None:
        server = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        start.wait()
        try:
            for press in share:
                press.send(server)
        except (OSError, http.client.HTTPException, RuntimeError) as error:
            failed.append(error)
        server.close()

    threads = [
        Thread(target=client, args=(presses[n::CLIENTS],)) for n in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return time.perf_counter() - began
