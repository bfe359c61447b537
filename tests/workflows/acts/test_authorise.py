"""What the villagers' meeting lets the representatives decide is registered."""

from __future__ import annotations

from datetime import date

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import BadInput, supervision

GIVEN = {"types": ["M05", "M06"], "until": date(2027, 3, 1), "resolved_by": "村民会议"}


def test_which_kinds_of_matter_and_until_when(world):
    with records("village.authorised"):
        given = supervision.authorise(world.village, actor=world.clerk, **GIVEN)
    assert (given.types, given.everything) == (["M05", "M06"], False)
    entry = Entry.objects.last()
    assert entry.subject == "village/140724200205"
    assert entry.facts["types"] == ["M05", "M06"]
    assert (entry.facts["from_on"], entry.facts["until"]) == (
        "2026-03-02",
        "2027-03-01",
    )


def test_or_everything_that_can_be(world):
    given = {"types": [], "everything": True}
    authorised = supervision.authorise(world.village, actor=world.clerk, **given)
    assert authorised.until is None
    assert Entry.objects.last().facts["everything"] is True


def test_nobody_but_the_clerk(world):
    may_only(world, supervision.authorise, world.village, "clerk", **GIVEN)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"types": []}, "types"),
        ({"types": ["M99"]}, "types"),
        ({"until": date(2026, 3, 1)}, "until"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(world, wrong, field):
    with nothing_changes(), pytest.raises(BadInput) as refused:
        supervision.authorise(world.village, actor=world.clerk, **(GIVEN | wrong))
    assert refused.value.field == field


def test_not_from_a_day_to_come(world):
    given = GIVEN | {"since": date(2026, 3, 3)}
    with nothing_changes(), pytest.raises(BadInput, match="不能晚于今天"):
        supervision.authorise(world.village, actor=world.clerk, **given)
