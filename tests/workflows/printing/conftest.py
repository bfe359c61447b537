"""Papers that are printed once for all tests of a module, and read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from audit import clock
from tests import world as worlds
from tests.workflows.everywhere import undone
from tests.world import World

TEXT = "一、每人每天一百二十元，按出工登记发放。\n二、名单公布十五日。"


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
