"""The village of the tests; others with bodies of a given size; whose rules hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from audit import clock
from tests.world import FIRST_DAY, World, build
from tests.world import world as world  # noqa: PLC0414
from workflows import rulebook


@pytest.fixture
def village(db: None) -> Iterator[Callable[..., World]]:
    """Builds the village, once, with bodies as large as it is told."""
    try:
        yield lambda on=FIRST_DAY, **sizes: build(on=on, **sizes)
    finally:
        clock.move(None)


@pytest.fixture(params=["national", "demo-county"])
def under(request: Any) -> Iterator[str]:
    """Under the national text alone, and under the demonstration county's rules."""
    if request.param == "national":
        with rulebook.illustrate("national"):
            yield request.param
    else:
        yield request.param


@pytest.fixture
def nationally() -> Iterator[None]:
    """Under the national text alone."""
    with rulebook.illustrate("national"):
        yield
