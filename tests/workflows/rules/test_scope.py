"""Which body must decide, by the law of the day; and what nobody may decide."""

from __future__ import annotations

import pytest

from audit import clock
from tests.workflows.rules.rows import DEMO, answer, put_to
from tests.workflows.sitting_steps import call, convened, nothing_changes, opened
from workflows.acts import Refused, drafting
from workflows.acts import sitting as keeping
from workflows.rules.scope import body_is_competent, no_guarantee
from workflows.stage import Stage

ROWS = [
    # what, to whom, on which day, and what the rule says under which case
    ("M13", "reps", "2025-04-30", "met", None),
    ("M13", "villagers", "2025-04-30", "met", None),
    ("M13", "members", "2025-04-30", "refused", "other"),
    ("M13", "reps", "2025-05-01", "refused", "members"),
    ("M13", "villagers", "2025-05-01", "refused", "members"),
    ("M13", "members", "2025-05-01", "met", None),
    ("M13", "reps", "2026-06-01", "refused", "members"),
    ("M13", "member_reps", "2026-06-01", "refused", "barred"),
    ("M11", "reps", "2010-11-01", "met", None),
    ("M11", "reps", "2026-06-01", "refused", "other"),
    ("M11", "member_reps", "2026-06-01", "met", None),
    ("M15", "reps", "2025-04-30", "met", None),
    ("M15", "reps", "2025-05-01", "refused", "other"),
    ("M15", "member_reps", "2025-05-01", "met", None),
    ("M02", "reps", "2026-03-16", "refused", "villagers"),
    ("M02", "villagers", "2026-03-16", "met", None),
    ("M04", "reps", "2026-03-16", "refused", "households"),
    ("M05", "reps", "2026-03-16", "met", None),
    ("M05", "villagers", "2026-03-16", "met", None),
    ("M05", "group", "2026-03-16", "refused", "other"),
    ("M05", "joint", "2026-03-16", "met", None),  # which adopts nothing here
    ("M05", "party", "2026-03-16", "met", None),
]


@pytest.mark.parametrize(("kind", "body", "on", "expected", "case"), ROWS)
def test_the_body_is_competent(kind, body, on, expected, case):  # noqa: PLR0917
    for overlays in ((), DEMO):
        matter = put_to(body, on, type=kind, overlays=overlays)
        assert answer(body_is_competent, matter) == expected
        found = body_is_competent.judge(matter)
        assert (found.shortfall.case if found else None) == case


def test_who_acts_for_the_collective_decides_as_its_law_says():
    matter = put_to("villagers", "2026-06-01", type="M13")
    matter.for_collective = True
    assert body_is_competent.judge(matter).shortfall.case == "acting"


def test_what_concerns_one_group_is_for_the_group():
    matter = put_to("reps", "2026-03-16", type="M27", chain_name="group")
    refusal = body_is_competent.judge(matter)
    assert refusal.shortfall.case == "group"
    assert refusal.title == "应由村民小组会议决定"


@pytest.mark.parametrize(("kind", "expected"), [("M16", "met"), ("M13", "refused")])
def test_the_committees_may_not_take_what_the_law_keeps_for_others(kind, expected):
    given = {"type": kind, "chain_name": "committee", "stage": "drafted"}
    assert answer(body_is_competent, put_to("joint", "2026-03-16", **given)) == expected


def test_a_sitting_of_the_wrong_body_is_not_convened(world):
    matter = world.matter_at(Stage.REVIEWED, type="M13")
    wanted = call(world, matter, body="reps")
    with nothing_changes(), pytest.raises(Refused) as refused:
        keeping.convene(world.village, wanted, actor=world.clerk)
    assert refused.value.names == ["body_is_competent"]
    (refusal,) = refused.value.unmet
    assert "须由集体经济组织成员大会决定，村代会不能决定。" in refusal.sentence
    assert "农村集体经济组织法" in refusal.because


def test_what_the_wrong_body_decided_on_paper_is_kept_without_effect(world):
    matter = world.matter_at(Stage.REVIEWED, type="M13")
    held = world.hold(matter, "reps")
    assert matter.stage == Stage.REVIEWED
    assert held.ballots.get().flawed == ["body_is_competent"]


@pytest.mark.parametrize(
    ("on", "expected", "case"),
    [
        ("2024-06-01", "pointed out", "void"),
        ("2025-12-31", "pointed out", "void"),
        ("2026-01-01", "refused", "forbidden"),
    ],
)
def test_the_committee_guarantees_nobodys_debt(on, expected, case):
    matter = put_to("reps", on, type="M17")
    assert answer(no_guarantee, matter) == "met"
    matter = put_to("reps", on, type="M17")
    matter.guarantee = True
    assert answer(no_guarantee, matter) == expected
    assert no_guarantee.judge(matter).shortfall.case == case


def test_a_guarantee_is_not_put_on_an_agenda(world):
    matter = world.draft(guarantee=True)
    with nothing_changes(), pytest.raises(Refused) as refused:
        convened(world, matter)
    assert refused.value.names == ["no_guarantee"]


def test_nothing_is_withdrawn_once_the_deciding_ballot_has_opened(world):
    matter = world.matter_at(Stage.REVIEWED)
    opened(world, matter, body="reps")
    with nothing_changes(), pytest.raises(Refused) as refused:
        drafting.withdraw(matter, actor=world.clerk, text="条件不成熟。")
    (refusal,) = refused.value.unmet
    assert refusal.name == "withdraw_in_time"
    day = clock.today()
    assert f"{day.year}年{day.month}月{day.day}日开始表决" in refusal.sentence
