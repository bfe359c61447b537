"""A sitting held on paper that was not in order: kept as it was, without effect."""

from __future__ import annotations

from tests.workflows.sitting_steps import declare, enter, records
from workflows import verdicts
from workflows.figures import Figures
from workflows.models import Authorisation, Ballot
from workflows.stage import Stage


def flaws(world, matter, *, votes_for=None, **given):
    """With which rules a sitting is kept without effect."""
    before = matter.stage
    sitting = enter(world, matter, **given)
    present = sitting.present
    figures = Figures.by_hands(present, votes_for or present, 0)
    with records("ballot.declared"):
        ballot = declare(world, sitting, matter, figures)
    assert matter.stage == before
    assert (ballot.state, ballot.moved) == ("declared", False)
    return ballot.flawed


def test_out_of_turn_it_is_kept_without_effect(world):
    assert flaws(world, world.draft(), body="reps", present=16) == ["out_of_turn"]
    ballot = Ballot.objects.get(flawed=["out_of_turn"])
    for said in (verdicts.verdict(ballot), verdicts.public_verdict(ballot)):
        assert said.startswith("程序有瑕疵，不作为推进依据。当时的结果：")


def test_before_the_step_it_needs_it_is_kept_without_effect(world):
    matter = world.matter_at(Stage.REVIEWED)
    given = {"body": "reps", "present": 16, "days_ago": 1}
    assert flaws(world, matter, **given) == ["out_of_turn"]


def test_below_the_quorum_a_count_is_kept_without_effect(world):
    matter = world.matter_at(Stage.REVIEWED)
    given = {"body": "reps", "present": 10}
    assert flaws(world, matter, **given) == ["quorum_present"]


def test_villagers_told_too_late_decide_without_effect(world):
    matter = world.matter_at(Stage.REVIEWED)
    given = {"body": "villagers", "present": 40, "told": 9}
    assert flaws(world, matter, **given) == ["notice_given_in_time"]


def test_the_wrong_body_decides_without_effect(world):
    matter = world.matter_at(Stage.REVIEWED, type="M13")
    given = {"body": "reps", "present": 16}
    assert flaws(world, matter, **given) == ["body_is_competent"]


def test_without_authorisation_representatives_decide_without_effect(world):
    matter = world.matter_at(Stage.REVIEWED)
    Authorisation.objects.all().delete()
    given = {"body": "reps", "present": 16}
    assert flaws(world, matter, **given) == ["authorised"]


def test_a_guarantee_is_kept_without_effect(world):
    assert flaws(world, world.draft(guarantee=True)) == ["no_guarantee"]
