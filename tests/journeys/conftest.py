from __future__ import annotations

from collections.abc import Iterator

import pytest

from audit import sequencer
from tests.tampering import verified
from tests.world import world as world  # noqa: PLC0414


@pytest.fixture(autouse=True)
def the_record_is_in_order(db: None) -> Iterator[None]:
    """After every story, whatever its acts wrote is as they recorded it."""
    yield
    sequencer.sequence_all()
    assert verified() == []
