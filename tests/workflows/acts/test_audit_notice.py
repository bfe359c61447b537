"""The supervisors say whether a notice may stand."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.workflows.acts.asking import is_out_of_turn, may_only
from tests.workflows.sitting_steps import nothing_changes, records
from villages.models import Office
from workflows.acts import AlreadyDone, BadInput, Forbidden, OutOfTurn, disclosure
from workflows.models import NoticeAudit
from workflows.stage import Stage

PASS, RECTIFY = {"outcome": "pass"}, {"outcome": "rectify", "note": "金额不一致。"}


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


@pytest.fixture
def notice(announced):
    return announced.standing_notices[0]


@pytest.mark.parametrize("given", [PASS, RECTIFY])
def test_what_they_say_is_recorded_and_moves_nothing(world, announced, notice, given):
    with records("notice.audited"):
        audit = world.do(
            announced, disclosure.audit_notice, world.supervisor1, of=notice, **given
        )
    assert (audit.outcome, audit.audited_by) == (given["outcome"], world.supervisor1)
    assert announced.stage == Stage.ANNOUNCED
    entry = Entry.objects.of(notice).last()
    assert "金额" not in entry.body
    assert entry.facts["outcome"] == given["outcome"]


def test_nobody_but_a_supervisor(world, notice):
    may_only(world, disclosure.audit_notice, notice, "supervisor1", **PASS)


def test_who_published_it_does_not_audit_it(world, announced, notice):
    Office.objects.create(
        holder=world.clerk,
        village=world.village,
        role="supervisor",
        since=announced.stage_since,
    )
    with nothing_changes(), pytest.raises(Forbidden, match="须另一人办理"):
        disclosure.audit_notice(notice, actor=world.clerk, **PASS)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"outcome": "fine"}, "outcome"), ({"outcome": "rectify"}, "note")],
)
def test_what_cannot_be_is_refused_with_its_field(world, notice, wrong, field):
    with nothing_changes(), pytest.raises(BadInput) as refused:
        disclosure.audit_notice(notice, actor=world.supervisor1, **wrong)
    assert refused.value.field == field


def test_the_same_said_twice_is_said_once(world, announced, notice):
    given = {"of": notice, **PASS}
    world.do(announced, disclosure.audit_notice, world.supervisor1, **given)
    with nothing_changes(), pytest.raises(AlreadyDone):
        disclosure.audit_notice(notice, actor=world.supervisor2, **PASS)


def test_they_may_change_their_mind_and_both_stay(world, announced, notice):
    for given in (RECTIFY, PASS):
        world.do(
            announced, disclosure.audit_notice, world.supervisor1, of=notice, **given
        )
    assert NoticeAudit.objects.filter(notice=notice).count() == 2
    assert "supervisors_reviewed" not in {r.name for r in announced.unmet("begin")}


def test_not_of_what_was_replaced(world, announced, notice):
    world.do(announced, disclosure.announce, world.clerk, text="更正：一百元。")
    with nothing_changes(), pytest.raises(OutOfTurn, match="已经更正"):
        disclosure.audit_notice(notice, actor=world.supervisor1, **PASS)


def test_not_of_a_closed_matter(world):
    matter = world.matter_at(Stage.ARCHIVED)
    is_out_of_turn(
        disclosure.audit_notice,
        matter.standing_notices[0],
        world.supervisor1,
        **RECTIFY,
    )
