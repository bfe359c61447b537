"""A text exists, and the procedure can begin."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.acts.asking import EVERYBODY
from tests.workflows.sitting_steps import nothing_changes, records
from workflows import flows
from workflows.acts import BadInput, Forbidden, drafting
from workflows.models import Matter
from workflows.stage import Stage

GIVEN = {"type": "M05", "title": "村口道路误工补贴", "text": "每人每天一百二十元。"}


def draft(world, who: str = "clerk", **given) -> Matter:
    content = drafting.Draft(**(GIVEN | given))
    actor = getattr(world, who)
    return flows.draft(lambda: drafting.draft(world.village, content, actor=actor))


@pytest.mark.parametrize("who", ["clerk", "secretary", "director"])
def test_a_draft_is_a_matter_with_a_text(world, who):
    with records("matter.drafted"):
        matter = draft(world, who, amount=Decimal("380000.00"))
    assert (matter.stage, matter.number, matter.text_version) == (Stage.DRAFTED, 1, 1)
    assert matter.stage_since == clock.today()
    assert matter.text.text == GIVEN["text"]
    assert matter.text.hash == matter.digest(GIVEN["text"])


def test_the_entry_says_what_kind_of_matter_and_seals_its_title(world):
    matter = draft(world, amount=Decimal("380000.00"))
    entry = Entry.objects.of(matter).get()
    assert entry.facts["amount"] == "380000.00"
    assert (entry.facts["type"], entry.facts["chain"]) == ("M05", "four_step")
    assert GIVEN["title"] not in entry.body
    assert entry.opened()["title"] == GIVEN["title"]


def test_nobody_else_drafts(world):
    with nothing_changes():
        for who in set(EVERYBODY) - {"clerk", "secretary", "director"}:
            with pytest.raises(Forbidden):
                draft(world, who)


def test_numbers_follow_one_another_in_each_village(world):
    assert [draft(world).number for _draft in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"type": "M99"}, "type"),
        ({"chain": "five_step"}, "chain"),
        ({"title": "  "}, "title"),
        ({"text": ""}, "text"),
        ({"amount": Decimal("-1.00")}, "amount"),
        ({"chain": "statutory"}, "origin_by"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(world, wrong, field):
    with nothing_changes(), pytest.raises(BadInput) as refused:
        draft(world, **wrong)
    assert refused.value.field == field


def test_a_petition_says_by_whom_and_how_many(world):
    given = {"chain": "statutory", "origin_by": "reps", "origin_count": 9}
    matter = draft(world, **given)
    facts = Entry.objects.of(matter).get().facts
    assert (facts["origin"], facts["origin_count"]) == ("reps", 9)


def test_a_new_matter_may_name_the_one_it_follows(world):
    old = world.matter_at(Stage.REJECTED)
    matter = draft(world, follows=old)
    assert matter.follows == old
    assert Entry.objects.of(matter).get().facts["follows"] == old.subject
    assert Matter.objects.get(pk=old.pk).stage == Stage.REJECTED
