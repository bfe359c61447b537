"""A villagers' meeting called at short notice, entered afterwards with its reason."""

from __future__ import annotations

import pytest

from audit import clock
from workflows.forms.paper import HeldOnPaper
from workflows.presenting.people import People


@pytest.mark.parametrize(
    ("body", "asked"), [("villagers", True), ("reps", False), ("members", False)]
)
def test_only_the_villagers_meeting_is_asked_why_it_was_called_so_late(body, asked):
    form = HeldOnPaper(
        body=body,
        matters=[],
        groups=[],
        people_on=lambda *given: People((), (), body, clock.today()),
    )
    assert ("special_reason" in form.fields) is asked
