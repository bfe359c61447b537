"""What was voted on is what was announced, and what is shown is what was resolved."""

from __future__ import annotations

import pytest

from audit import clock
from tests.workflows.sitting_steps import convened, held, nothing_changes, perform
from workflows.acts import Refused, disclosure, drafting
from workflows.acts import ballot as voting
from workflows.acts import sitting as keeping
from workflows.stage import Stage

NEW, CHECKED = "误工补贴每人每天一百元，按出工登记发放。", {"checked_by": "孙建国"}


def amend(world, matter):
    world.do(matter, drafting.amend, world.clerk, text=NEW, source="村民代表")


def open_it(world, sitting):
    ballot = sitting.ballots.get()
    return perform(ballot, "open_ballot", voting.open_ballot, world.clerk)


def test_a_text_changed_since_the_notice_is_not_put_to_the_vote(world, under):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = convened(world, matter, body="reps")
    amend(world, matter)
    sitting = held_now(world, sitting)
    with nothing_changes(), pytest.raises(Refused) as refused:
        open_it(world, sitting)
    (refusal,) = refused.value.unmet
    assert (refusal.name, refusal.shortfall.case) == ("text_unchanged", "ballot")
    assert refusal.sentence == "通知和审议的是第 1 稿，现在是第 2 稿。"


def held_now(world, sitting):
    clock.move(sitting.held_at)
    came = keeping.Came(in_person=16)
    return keeping.attend(sitting, came, actor=world.clerk)


def test_what_was_read_out_at_the_sitting_is_put_to_the_vote(world):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = held(world, matter, body="reps")
    amend(world, matter)
    open_it(world, sitting)
    assert sitting.ballots.get().version.version == 2


def test_a_slip_of_the_pen_does_not_change_what_is_put_to_the_vote(world):
    matter = world.matter_at(Stage.REVIEWED)
    sitting = convened(world, matter, body="reps")
    world.do(matter, drafting.erratum, world.clerk, text=NEW, **CHECKED)
    open_it(world, held_now(world, sitting))
    assert sitting.ballots.get().state == "open"


def test_advice_taken_in_after_the_partys_review_needs_no_new_review(world):
    """The steps before stand; the sitting is called on the new text."""
    matter = world.matter_at(Stage.REVIEWED)
    amend(world, matter)
    sitting = held(world, matter, body="reps")
    open_it(world, sitting)
    assert matter.stage == Stage.REVIEWED


def test_what_is_shown_is_what_was_resolved(world):
    matter = world.matter_at(Stage.ADOPTED)
    world.do(matter, drafting.erratum, world.clerk, text=NEW, **CHECKED)
    assert matter.unmet("announce") == []
    notice = world.do(matter, disclosure.announce, world.clerk)
    assert notice.resolution.text.version == 1
