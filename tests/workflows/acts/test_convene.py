"""Calling people together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit import clock
from tests.workflows.sitting_steps import call, convened, nothing_changes, records
from workflows import acts
from workflows.acts import sitting as keeping
from workflows.models import Authorisation
from workflows.stage import Stage


def refused(world, wanted, by=None):
    with nothing_changes(), pytest.raises(acts.Refused) as refusal:
        keeping.convene(world.village, wanted, actor=by or world.clerk)
    return refusal.value.names


def test_a_sitting_is_called_with_its_agenda_and_the_rules_of_its_day(world):
    matter, other = world.draft(), world.draft()
    with records("sitting.convened"):
        sitting = convened(world, matter, other)
    assert sitting.state == "convened"
    assert sitting.roster is None
    assert [b.matter for b in sitting.ballots.all()] == [matter, other]
    assert {b.announced_version.version for b in sitting.ballots.all()} == {1}
    assert sitting.convenor == "secretary"
    assert "demo-county" in sitting.ruleset
    assert sitting.ruleset_hash == sitting.rules.hash


def test_an_invitation_may_go_out_before_the_step_before_is_over(world):
    sitting = convened(world, world.draft(), body="reps")
    assert sitting.body == "reps"


@pytest.mark.parametrize("stage", [Stage.ADOPTED, Stage.REJECTED, Stage.WITHDRAWN])
def test_what_is_decided_is_put_on_no_agenda(world, stage):
    matter = world.matter_at(stage)
    with nothing_changes(), pytest.raises(acts.OutOfTurn):
        convened(world, matter)


@pytest.mark.parametrize("by", ["supervisor1", "rep01", "township", "county", "zhou"])
def test_only_who_may_keep_the_sitting_calls_it(world, by):
    wanted = call(world, world.draft())
    with nothing_changes(), pytest.raises(acts.Forbidden) as forbidden:
        keeping.convene(world.village, wanted, actor=getattr(world, by))
    assert "clerk" in forbidden.value.roles


def test_a_clerk_who_is_no_party_member_calls_no_party_sitting(world):
    wanted = call(world, world.draft(), body="party")
    with nothing_changes(), pytest.raises(acts.Forbidden) as forbidden:
        keeping.convene(world.village, wanted, actor=world.clerk)
    assert forbidden.value.roles == ("recorder", "secretary", "deputy_secretary")
    assert keeping.convene(world.village, wanted, actor=world.recorder).pk


def test_a_body_the_law_does_not_name_is_refused(world):
    matter = world.matter_at(Stage.REVIEWED, type="M13")
    wanted = call(world, matter, body="reps")
    assert refused(world, wanted) == ["body_is_competent"]


def test_representatives_who_were_not_authorised_are_refused(world):
    matter = world.matter_at(Stage.REVIEWED)
    Authorisation.objects.all().delete()
    assert refused(world, call(world, matter, body="reps")) == ["authorised"]


def test_a_guarantee_by_the_village_committee_is_refused(world):
    wanted = call(world, world.draft(guarantee=True))
    assert refused(world, wanted) == ["no_guarantee"]


@pytest.mark.parametrize(("body", "days"), [("villagers", 9), ("reps", 2)])
def test_a_notice_one_day_too_short_is_refused(world, body, days):
    matter = world.matter_at(Stage.REVIEWED)
    soon = clock.now() + timedelta(days=days)
    wanted = call(world, matter, body=body, held_at=soon)
    assert refused(world, wanted) == ["notice_given_in_time"]


def test_villagers_may_be_called_at_short_notice_for_a_stated_reason(world):
    matter = world.matter_at(Stage.REVIEWED)
    soon = clock.now() + timedelta(days=1)
    reason = "防汛抢险，等不到十日。"
    sitting = convened(
        world, matter, body="villagers", held_at=soon, special_reason=reason
    )
    assert sitting.special_reason == reason


def test_every_rule_not_met_is_named_at_once(world):
    matter = world.draft(type="M13", guarantee=True)
    wanted = call(world, matter, body="reps", held_at=clock.now())
    assert refused(world, wanted) == [
        "body_is_competent",
        "notice_given_in_time",
        "no_guarantee",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"held_at": timedelta(days=-2)}, "held_at"),
        ({"noticed_at": timedelta(hours=1)}, "noticed_at"),
        ({"held_at": timedelta(days=-7000), "noticed_at": None}, "held_at"),
    ],
)
def test_times_that_cannot_be_are_bad_input(world, wrong, field):
    times = {k: v and clock.now() + v for k, v in wrong.items()}
    times.setdefault("noticed_at", clock.now() - timedelta(days=3))
    matter = world.draft()
    with nothing_changes(), pytest.raises(acts.BadInput) as bad:
        convened(world, matter, **times)
    assert bad.value.field == field


def test_a_sitting_has_something_on_its_agenda(world):
    with nothing_changes(), pytest.raises(acts.BadInput):
        convened(world)


def test_pressed_twice_it_is_called_once(world):
    matter = world.draft()
    convened(world, matter)
    with nothing_changes(), pytest.raises(acts.AlreadyDone):
        convened(world, matter)
