"""Papers that are printed once for all tests of a module, and read page by page."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from audit import clock
from tests import world as worlds
from tests.workflows.everywhere import undone
from tests.world import World

TEXT = "一、每人每天一百二十元，按出工登记发放。\n二、名单公布十五日。"


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, without the blanks that laying out put between them."""
    read = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(read, input=pdf, capture_output=True, check=True).stdout
    return [re.sub(r"\s+", "", page) for page in text.decode().split("\f")[:-1]]


def lowest(pdf: bytes, words: str) -> float:
    """How far down the page these words reach, in points."""
    read = ["pdftotext", "-bbox", "-", "-"]
    text = subprocess.run(read, input=pdf, capture_output=True, check=True).stdout
    found = re.search(rf'yMax="([0-9.]+)">{words}', text.decode())
    assert found
    return float(found[1])


@contextmanager
def a_world(blocker: Any) -> Iterator[World]:
    """A village outside the transaction of a single test, taken back at the end."""
    with blocker.unblock(), undone():
        try:
            yield worlds.build()
        finally:
            clock.move(None)


@pytest.fixture(scope="module")
def village_of_papers(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with a_world(django_db_blocker) as world:
        yield world
