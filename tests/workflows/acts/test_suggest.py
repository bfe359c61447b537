"""The supervisors give an opinion, which must be answered."""

from __future__ import annotations

from datetime import date

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from workflows.acts import AlreadyDone, BadInput, supervision
from workflows.stage import Stage

TEXT = {"text": "请公开补贴的计算办法。"}
REPLY = {"text": "已补充在公示中。"}


@pytest.mark.parametrize("stage", [Stage.DRAFTED, Stage.UNDERWAY, Stage.REJECTED])
def test_it_has_a_day_by_which_it_is_answered_and_moves_nothing(world, stage):
    matter = world.matter_at(stage)
    with records("opinion.suggested"):
        opinion = world.do(matter, supervision.suggest, world.supervisor1, **TEXT)
    assert matter.stage == stage
    entry = Entry.objects.of(opinion).get()
    assert entry.facts["due_on"] == opinion.due_on.isoformat()
    assert "计算办法" not in entry.body


def test_the_term_is_that_of_the_day_it_is_given(world):
    opinion = world.do(world.draft(), supervision.suggest, world.supervisor1, **TEXT)
    assert opinion.due_on == date(2026, 3, 12)


def test_nobody_but_a_supervisor(world):
    may_only(world, supervision.suggest, world.draft(), "supervisor1", **TEXT)


def test_not_of_a_closed_matter(world):
    matter = world.matter_at(Stage.WITHDRAWN)
    is_out_of_turn(supervision.suggest, matter, world.supervisor1, **TEXT)


def test_not_without_words(world):
    matter = world.draft()
    with nothing_changes(), pytest.raises(BadInput) as refused:
        supervision.suggest(matter, actor=world.supervisor1, text=" ")
    assert refused.value.field == "text"


@pytest.fixture
def opinion(world):
    return world.do(world.draft(), supervision.suggest, world.supervisor1, **TEXT)


def test_the_village_committee_answers_it_once(world, opinion):
    given = {"of": opinion, **REPLY}
    with records("opinion.answered"):
        answered = world.do(opinion.matter, supervision.reply, world.director, **given)
    assert answered.answer == REPLY["text"]
    with nothing_changes(), pytest.raises(AlreadyDone):
        supervision.reply(opinion, actor=world.director, **REPLY)


def test_nobody_else_answers_it(world, opinion):
    may = ("director", "deputy_director")
    may_only(world, supervision.reply, opinion, *may, **REPLY)
