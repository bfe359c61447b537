"""What is irregular about when bodies sat, and who sits in them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from tests.workflows.pointed_out import found
from tests.workflows.sitting_steps import convened, declared
from villages import rosters
from villages.rosters import preview
from workflows import findings, flows
from workflows.acts import decision
from workflows.acts import sitting as keeping
from workflows.figures import Figures
from workflows.stage import Stage


def enter_afterwards(world, matter, days_ago: int) -> None:
    """The joint sitting of some days ago is entered today."""
    held_at = clock.now() - timedelta(days=days_ago)
    call = keeping.Call("joint", held_at, [matter], chair="赵长河", noticed_at=held_at)
    came = keeping.Came(in_person=5)
    sitting = keeping.record_paper(world.village, call, came, actor=world.clerk)
    ballot = sitting.ballots.get()
    given = {"actor": world.clerk, "witness_name": "孙建国"}
    figures = Figures.by_hands(5, 5, 0)
    act = lambda: decision.declare_paper(ballot, figures, **given)  # noqa: E731
    flows.perform(matter, "declare", act, actor=world.clerk)


@pytest.mark.parametrize(("days", "late"), [(0, False), (3, False), (4, True)])
def test_what_was_entered_more_than_three_days_afterwards_is_late(world, days, late):
    matter = world.draft()
    world.pass_days(10)
    enter_afterwards(world, matter, days)
    assert ("recorded_late" in found(matter)) is late
    if late:
        assert found(matter)["recorded_late"].sentence == (
            "会议2026年3月8日召开，2026年3月12日才录入，晚了 4 天。"
            "按照内部核对要求（法律未作规定），会后录入的期限 3 日。"
            "可能的情况：会议按时开了，经办人外出或者网络不通。"
        )


def test_two_bodies_that_sat_on_one_day(world):
    matter = world.draft()
    world.hold(matter, "joint")
    assert "same_day_steps" not in found(matter)
    world.hold(matter, "party")
    assert "两委会和党员大会在同一天召开" in found(matter)["same_day_steps"].sentence


def test_two_bodies_that_sat_on_two_days(world):
    matter = world.draft()
    world.hold(matter, "joint")
    world.pass_days(1)
    world.hold(matter, "party")
    assert "same_day_steps" not in found(matter)


@pytest.mark.parametrize(("women", "too_few"), [(11, True), (12, False)])
def test_thirty_representatives_and_five_of_the_committee_need_twelve_women(
    village, women, too_few
):
    world = village(reps={"total": 35, "committee": 5, "women": women})
    matter = world.matter_at(Stage.REVIEWED)
    declared(world, matter, body="reps", votes_for=30, against=5)
    assert ("vr_women_share" in found(matter)) is too_few
    assert "vr_rep_share" not in found(matter)
    if too_few:
        assert "妇女村民代表 11 人，少于三分之一（至少 12 人）" in (
            found(matter)["vr_women_share"].sentence
        )


@pytest.mark.parametrize(("taken_off", "many"), [(9, False), (10, True)])
def test_more_than_a_fifth_taken_off_the_roster(world, taken_off, many):
    matter = world.matter_at(Stage.REVIEWED)
    called = convened(world, matter, body="villagers")
    roster = rosters.compile(world.village, "villagers", on=called.held_on)
    for entry in list(roster.entries.entitled())[:taken_off]:
        rosters.correct(entry, left_out="by_decision", note="外出五年以上")
    called.roster = rosters.freeze(roster)
    called.save()
    clock.move(called.held_at)
    sitting = keeping.attend(called, keeping.Came(in_person=30), actor=world.clerk)
    pointed_out = {finding.key: finding for finding in findings.of_sitting(sitting)}
    assert ("excluded_many" in pointed_out) is many
    if many:
        assert pointed_out["excluded_many"].sentence.startswith(
            "名册去掉了 10 人（原应到 45 人），理由：外出五年以上。"
        )


def test_guests_were_not_taken_off(world):
    sitting = convened(world, world.draft())
    clock.move(sitting.held_at)
    guests = list(dict.fromkeys(world.cast.people.values()))[-2:]
    members = [e.resident for e in preview(world.village, "joint", on=sitting.held_on)]
    came = keeping.Came(residents=[*members[:3], *guests])
    sitting = keeping.attend(sitting, came, actor=world.clerk)
    assert sitting.strangers == len(guests)
    assert "excluded_many" not in {f.key for f in findings.of_sitting(sitting)}


def test_too_many_of_the_committee_among_the_representatives(village):
    world = village(joint=7, reps={"total": 34, "committee": 7, "women": 12})
    matter = world.matter_at(Stage.REVIEWED)
    declared(world, matter, body="reps", votes_for=30, against=4)
    assert "村民代表 27 人，少于组成人员的五分之四（至少 28 人）" in (
        found(matter)["vr_rep_share"].sentence
    )
