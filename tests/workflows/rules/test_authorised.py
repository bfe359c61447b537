"""The representatives decide what the villagers' meeting has let them decide."""

from __future__ import annotations

from datetime import date

import pytest

from tests.workflows.rules.rows import answer, put_to
from tests.workflows.sitting_steps import call, convened, nothing_changes
from workflows.acts import Refused, supervision
from workflows.acts import sitting as keeping
from workflows.models import Authorisation
from workflows.rules.scope import authorised
from workflows.stage import Stage


@pytest.fixture
def reviewed(world):
    """A matter for the representatives, whom nobody has authorised yet."""
    matter = world.matter_at(Stage.REVIEWED)
    Authorisation.objects.all().delete()
    return matter


def authorise(world, **given) -> Authorisation:
    given = {"types": [], "actor": world.clerk} | given
    return supervision.authorise(world.village, **given)


def refusal_of(world, matter):
    """Why the representatives cannot be called for it."""
    wanted = call(world, matter, body="reps")
    with nothing_changes(), pytest.raises(Refused) as refused:
        keeping.convene(world.village, wanted, actor=world.clerk)
    (refusal,) = refused.value.unmet
    return refusal


def test_without_an_authorisation_they_are_not_called(world, reviewed, under):
    refusal = refusal_of(world, reviewed)
    assert (refusal.name, refusal.shortfall.case) == ("authorised", "none")
    assert "还没有登记对“误工补贴人员及标准”的授权" in refusal.sentence
    assert "第二十八条第二款、第二十九条第一款" in refusal.because


@pytest.mark.parametrize("given", [{"everything": True}, {"types": ["M05"]}])
def test_for_all_or_for_this_kind_of_matter_they_are(world, reviewed, under, given):
    authorise(world, **given)
    assert convened(world, reviewed, body="reps").pk


def test_for_another_kind_of_matter_they_are_not(world, reviewed):
    authorise(world, types=["M06"])
    refusal = refusal_of(world, reviewed)
    assert refusal.shortfall.case == "beyond"
    assert "不包括“误工补贴人员及标准”" in refusal.sentence


def test_not_once_the_authorisation_has_run_out(world, reviewed):
    given = {"since": date(2025, 3, 1), "until": date(2026, 3, 4)}
    authorise(world, everything=True, **given)
    refusal = refusal_of(world, reviewed)  # for the fifth
    assert refusal.shortfall.case == "expired"
    assert refusal.sentence == "授权已于2026年3月4日到期。"


def test_on_its_last_day_it_still_holds(world, reviewed):
    authorise(world, everything=True, until=date(2026, 3, 5))
    assert convened(world, reviewed, body="reps").pk


def test_not_before_it_was_given(world, reviewed):
    authorise(world, everything=True, since=date(2026, 3, 2))
    for held_on, expected in (("2026-03-01", "refused"), ("2026-03-02", "met")):
        matter = put_to("reps", held_on)
        matter.village = world.village
        assert answer(authorised, matter) == expected


def test_the_villagers_meeting_needs_no_authorisation(world, reviewed):
    assert convened(world, reviewed, body="villagers").pk


def test_nor_do_the_representatives_where_a_statute_names_them(world):
    matter = world.matter_at(Stage.REVIEWED, type="M01a")
    Authorisation.objects.all().delete()
    assert convened(world, matter, body="reps").pk


def test_nor_what_the_committees_decide_by_themselves(world):
    Authorisation.objects.all().delete()
    matter = world.draft(type="M16", chain="committee")
    assert convened(world, matter, body="joint").pk


def test_on_paper_it_is_kept_without_effect(world, reviewed):
    held = world.hold(reviewed, "reps")
    assert reviewed.stage == Stage.REVIEWED
    assert held.ballots.get().flawed == ["authorised"]
