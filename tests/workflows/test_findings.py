"""Each irregularity is pointed out while it is there, and blocks nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from audit.models import Entry
from tests.workflows.pointed_out import found
from tests.workflows.sitting_steps import counted, declared, perform, witnessed
from workflows import findings
from workflows.acts import decision, disclosure, implementation, supervision
from workflows.stage import Stage


def test_a_count_that_nobody_else_saw(world, nationally):
    matter = world.draft()
    ballot = counted(world, matter)
    perform(ballot, "declare", decision.declare, world.clerk)
    assert "没有监票人记录" in found(matter)["no_witness"].sentence


def test_a_count_seen_by_a_second_person_who_signed_in(world):
    matter = world.draft()
    ballot = witnessed(world, matter)
    perform(ballot, "declare", decision.declare, world.clerk)
    assert not {"no_witness", "paper_witness_only"} & set(found(matter))


def test_a_witness_on_paper_alone(world):
    matter = world.draft()
    world.hold(matter, "joint")
    assert {"no_witness", "paper_witness_only"} & set(found(matter)) == {
        "paper_witness_only"
    }


@pytest.mark.parametrize(("days", "short"), [(2, True), (3, False)])
def test_a_notice_shorter_than_is_locally_asked(world, nationally, days, short):
    matter = world.matter_at(Stage.REVIEWED)
    held_at = clock.now() + timedelta(days=days)
    declared(world, matter, body="reps", held_at=held_at, votes_for=16, against=0)
    assert ("notice_short_local" in found(matter)) is short


def test_begun_while_the_notice_runs(world, nationally):
    matter = world.matter_at(Stage.ANNOUNCED)
    world.show(matter)
    world.do(matter, implementation.begin, world.director)
    assert "公示期内（2026年3月17日前）已开始实施" in (
        found(matter)["begun_in_notice"].sentence
    )


def test_begun_while_the_notice_was_not_even_posted(world, nationally):
    matter = world.matter_at(Stage.ANNOUNCED)
    world.do(matter, implementation.begin, world.director)
    assert "公示期内（2026年3月17日前）已开始实施" in (
        found(matter)["begun_in_notice"].sentence
    )


def test_begun_after_the_notice_ran(world):
    assert "begun_in_notice" not in found(world.matter_at(Stage.UNDERWAY))


def test_a_notice_the_supervisors_did_not_look_at_until_they_do(world):
    matter = world.matter_at(Stage.ANNOUNCED)
    world.pass_days(5)
    assert "audit_missing" not in found(matter)
    world.pass_days(1)
    assert "公示后 6 天没有审核" in found(matter)["audit_missing"].sentence
    notice = matter.standing_notices[0]
    given = {"of": notice, "outcome": "pass"}
    world.do(matter, disclosure.audit_notice, world.supervisor1, **given)
    assert "audit_missing" not in found(matter)


def test_what_the_village_says_of_it_marks_that_one_as_explained(world):
    matter = world.draft()
    world.hold(matter, "joint")
    world.hold(matter, "party")
    name = found(matter)["same_day_steps"].name
    before = Entry.objects.count()
    given = {"finding": name, "text": "上午两委会，下午党员大会。"}
    world.do(matter, supervision.explain, world.clerk, **given)
    explained = {f.name for f in findings.of_matter(matter) if f.explained}
    assert explained == {name}
    assert found(matter)["same_day_steps"].explanation == given["text"]
    assert [e.kind for e in Entry.objects.order_by("pk")[before:]] == [
        "matter.explained"
    ]


def test_nothing_of_it_holds_a_matter_back(world, nationally):
    matter = world.matter_at(Stage.ANNOUNCED)
    world.pass_days(6)
    assert found(matter)
    world.do(matter, implementation.begin, world.director)
    assert matter.stage == Stage.UNDERWAY
