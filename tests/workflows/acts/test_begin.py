"""The village committee carries the resolution out."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, perform, records
from workflows import rulebook
from workflows.acts import (
    Refused,
    correction,
    disclosure,
    implementation,
    objection,
    supervision,
)
from workflows.figures import Figures
from workflows.stage import Stage

MAY = ("director", "deputy_director")


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


@pytest.fixture
def ready(world, announced):
    world.pass_days(world.show(announced).days + 1)
    return announced


@pytest.mark.parametrize("who", MAY)
def test_director_or_deputy_begin(world, ready, who):
    with records("matter.begun"):
        world.do(ready, implementation.begin, getattr(world, who))
    assert ready.stage == Stage.UNDERWAY
    facts = Entry.objects.of(ready).last().facts
    assert (facts["waits_for"], facts["in_notice"]) == ("full_period", False)


def test_nobody_else(world, ready):
    may_only(world, implementation.begin, ready, *MAY)


@pytest.mark.parametrize("stage", [Stage.ADOPTED, Stage.UNDERWAY, Stage.RECTIFYING])
def test_neither_before_it_is_shown_nor_twice(world, stage):
    is_out_of_turn(implementation.begin, world.matter_at(stage), world.director)


def refused(world, matter) -> list[str]:
    with nothing_changes(), pytest.raises(Refused) as no:
        implementation.begin(matter, actor=world.director)
    return no.value.names


def test_everything_that_is_missing_is_named_at_once(world):
    matter = world.matter_at(Stage.ANNOUNCED, type="M18")
    assert refused(world, matter) == [
        "shown_long_enough",
        "supervisors_reviewed",
        "disclosures_complete",
    ]


def test_shown_long_enough(world, announced):
    world.show(announced)
    assert refused(world, announced) == ["shown_long_enough"]


def test_supervisors_reviewed(world, announced):
    notice = announced.standing_notices[0]
    world.do(announced, disclosure.post, world.clerk, of=notice)
    world.pass_days(16)
    assert refused(world, announced) == ["supervisors_reviewed"]


def test_objections_answered(world, announced):
    notice = world.show(announced)
    given = {"of": notice, "name": "李秀英", "text": "少算了三天。"}
    world.do(announced, objection.object_to, world.clerk, **given)
    world.pass_days(16)
    assert refused(world, announced) == ["objections_answered"]


def test_disclosures_complete(world):
    matter = world.matter_at(Stage.ANNOUNCED, type="M18")
    world.pass_days(world.show(matter).days + 1)
    assert refused(world, matter) == ["disclosures_complete"]


def test_approved_by_authority(world):
    matter = world.matter_at(Stage.ANNOUNCED, type="M01a")
    world.pass_days(world.show(matter).days + 1)
    assert refused(world, matter) == ["approved_by_authority"]
    given = {"outcome": "approved", "paper": "昔政函〔2026〕1号"}
    world.do(matter, supervision.approve, world.clerk, **given)
    world.do(matter, implementation.begin, world.director)
    assert matter.stage == Stage.UNDERWAY


def test_a_recount_since_wants_a_corrected_notice_first(world, ready):
    ballot = ready.resolution.ballot
    given = {"text": "一张票认错了。", "witness_name": "孙建国"}
    figures = Figures.by_hands(16, 15, 1)
    perform(
        ballot, "recount", correction.recount, world.clerk, figures=figures, **given
    )
    assert refused(world, ready) == ["shown_long_enough", "supervisors_reviewed"]
    world.do(ready, disclosure.announce, world.clerk)
    world.pass_days(world.show(ready).days + 1)
    world.do(ready, implementation.begin, world.director)
    assert ready.stage == Stage.UNDERWAY


def test_nationally_it_is_begun_at_once_and_the_entry_says_so(world):
    with rulebook.illustrate("national"):
        matter = world.matter_at(Stage.ANNOUNCED, type="M18")
        world.show(matter)
        world.do(matter, implementation.begin, world.director)
    facts = Entry.objects.of(matter).last().facts
    assert (facts["waits_for"], facts["in_notice"]) == ("none", True)
