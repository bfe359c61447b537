"""The steps as villagers read them, and what of them is nobody's business."""

from __future__ import annotations

import re

import pytest

from disclosure.steps import Steps
from tests.disclosure.reading import address, plain
from workflows.acts import disclosure
from workflows.stage import Stage

COUNT = re.compile(r"(?:赞成|反对|弃权|无效)(\d+)")


def states(matter):
    return [(step.label, step.state) for step in Steps(matter)]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.ADOPTED, "done done done todo"),
        (Stage.ANNOUNCED, "done done done todo"),
        (Stage.UNDERWAY, "done done done now"),
        (Stage.COMPLETED, "done done done done"),
        (Stage.REPORTED, "done done done done"),
        (Stage.ARCHIVED, "done done done done"),
        (Stage.REJECTED, "done done halt todo"),
        (Stage.RECTIFYING, "done done done todo"),
    ],
)
def test_the_four_steps_at_every_stage(world, stage, expected):
    found = states(world.matter_at(stage))
    assert " ".join(state for _label, state in found) == expected
    assert [label for label, _state in found] == [
        "两委提议",
        "党员大会审议",
        "村代会决议",
        "组织实施",
    ]


def test_each_step_says_its_day(world):
    matter = world.matter_at(Stage.UNDERWAY)
    days = [step.held_on for step in Steps(matter)]
    assert None not in days
    assert days[-1] == matter.stage_since


def test_where_the_party_proposes_there_are_five(world):
    matter = world.matter_at(Stage.ANNOUNCED, chain="four_deliberations")
    assert states(matter)[:2] == [("党组织提议", "done"), ("两委商议", "done")]
    assert next(iter(Steps(matter))).held_on is not None


def test_a_no_that_was_archived_remains_a_no(world, posted):
    notice = posted(reps=4)
    matter = notice.matter
    assert ("村代会决议", "halt") in states(matter)


def test_party_and_joint_say_who_came_and_no_count(world, announced):
    notice = announced()
    joint, party, reps, _begin = (step.tally for step in Steps(notice.matter))
    assert re.fullmatch(r"应到 \d+ 人，到会 5 人，形成提议。", joint)
    assert re.fullmatch(r"应到 \d+ 人，到会 9 人，审议通过。", party)
    assert "赞成 11 票" in reps


@pytest.mark.parametrize("page", ["", "print/"])
def test_no_page_shows_how_party_and_joint_voted(announced, public, page):
    notice = announced()
    votes = {
        ballot.sitting.body: {ballot.tally.votes_for, ballot.tally.votes_against}
        for ballot in notice.matter.ballots.all()
    }
    hidden = votes["joint"] | votes["party"]
    assert not hidden & votes["reps"], "choose other numbers"
    html = public.get(address(notice) + page).content.decode()
    shown = {int(count) for count in COUNT.findall(plain(html))}
    assert shown <= votes["reps"] | {0}


def test_the_opinion_on_a_petition_is_not_told(world, read):
    matter = world.draft(chain="statutory", origin_by="reps", origin_count=5)
    world.hold(matter, "party", votes_for=2)
    world.hold(matter, "reps")
    notice = world.do(matter, disclosure.announce, world.clerk)
    words = read(address(notice))
    assert "5名村民代表联名" in words
    assert "到会9人，已讨论。" in words
    assert "审议未通过" not in words


def test_what_the_joint_sitting_decides_by_itself_has_no_counts(world, read):
    matter = world.draft(chain="committee", type="M16")
    world.hold(matter, "joint", votes_for=4)
    assert matter.stage == Stage.ADOPTED
    words = read(address(world.do(matter, disclosure.announce, world.clerk)))
    assert "到会5人，通过。" in words
    assert "赞成" not in words
