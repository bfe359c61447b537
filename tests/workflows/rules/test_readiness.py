"""What must be in order before it is carried out, accepted or archived."""

from __future__ import annotations

import pytest

from tests.clock import on
from workflows.acts import disclosure, objection, supervision
from workflows.models import Matter
from workflows.stage import Stage

ITEMS = ["project", "site", "tender", "works_plan", "budget"]


def unmet(matter: Matter, rule: str, verb: str = "begin"):
    """The refusal of that rule as the matter stands now, or None."""
    fresh = Matter.objects.get(pk=matter.pk)
    return next((r for r in fresh.unmet(verb) if r.name == rule), None)


@pytest.fixture
def announced(world):
    return world.matter_at(Stage.ANNOUNCED)


def audit(world, matter, **given):
    notice = matter.notice_on_show
    world.do(matter, disclosure.audit_notice, world.supervisor1, of=notice, **given)


def test_it_waits_for_the_supervisors_however_long_they_take(world, announced):
    world.pass_days(60)
    refusal = unmet(announced, "supervisors_reviewed")
    assert refusal.sentence.endswith("村务监督委员会尚未审核，已过 60 日。")
    audit(world, announced, outcome="pass")
    assert unmet(announced, "supervisors_reviewed") is None


def test_what_they_want_put_right_is_answered_by_a_new_notice(world, announced):
    audit(world, announced, outcome="rectify", note="标准写错了。")
    refusal = unmet(announced, "supervisors_reviewed")
    assert (refusal.shortfall.case, refusal.title) == (
        "unanswered",
        "监督意见还没有答复",
    )
    world.do(announced, disclosure.announce, world.clerk, text="更正：一百二十元。")
    assert unmet(announced, "supervisors_reviewed").shortfall.case == "missing"
    audit(world, announced, outcome="pass")
    assert unmet(announced, "supervisors_reviewed") is None


def test_nationally_nobody_waits_for_the_supervisors(world, nationally):
    assert unmet(world.matter_at(Stage.ANNOUNCED), "supervisors_reviewed") is None


def lodge(world, matter):
    given = {"name": "李秀英", "text": "漏算了三天。"}
    notice = matter.notice_on_show
    return world.do(matter, objection.object_to, world.clerk, of=notice, **given)


def answer(world, matter, lodged, **given):
    given = {"outcome": "dismissed", "text": "已核对。"} | given
    world.do(matter, objection.answer, world.director, of=lodged, **given)


def test_it_waits_for_the_answer_to_an_objection(world, announced):
    lodged = lodge(world, announced)
    world.pass_days(60)
    refusal = unmet(announced, "objections_answered")
    assert f"有 1 件异议没有答复：{lodged.uid}" in refusal.sentence
    answer(world, announced, lodged)
    assert unmet(announced, "objections_answered") is None


def test_nationally_only_until_the_answer_is_due(world, nationally):
    matter = world.matter_at(Stage.ANNOUNCED)
    lodged = lodge(world, matter)
    with on(lodged.due_on):
        assert unmet(matter, "objections_answered") is not None
    world.pass_days((lodged.due_on - matter.stage_since).days + 1)
    assert unmet(matter, "objections_answered") is None


def test_what_was_upheld_is_put_right_by_a_corrected_notice(world, announced):
    lodged = lodge(world, announced)
    answer(world, announced, lodged, outcome="upheld", remedy="corrected_notice")
    refusal = unmet(announced, "objections_answered")
    assert (refusal.shortfall.case, refusal.title) == ("upheld", "异议成立，待更正公示")
    world.do(announced, disclosure.announce, world.clerk, text="更正：补三天。")
    assert unmet(announced, "objections_answered") is None


def test_five_items_are_published_before_works_begin(world):
    matter = world.matter_at(Stage.ANNOUNCED, type="M18")
    for number, item in enumerate(ITEMS):
        refusal = unmet(matter, "disclosures_complete")
        assert refusal.sentence.count("、") == len(ITEMS) - number - 1
        given = {"item": item, "text": "见附件。"}
        if item == "tender":
            given = {"item": item, "inapplicable": "达不到招标标准，询价发包。"}
        world.do(matter, disclosure.disclose, world.clerk, **given)
    assert unmet(matter, "disclosures_complete") is None


@pytest.mark.parametrize("kind", ["M05", "M06", "M15"])
def test_no_other_disclosure_of_the_catalogue_holds_it_back(world, kind):
    matter = world.draft(type=kind)
    assert matter.missing_items == []


def test_nationally_nothing_is_asked_to_be_published_before(world, nationally):
    matter = world.matter_at(Stage.ANNOUNCED, type="M18")
    assert unmet(matter, "disclosures_complete") is None


def test_papers_that_are_missing_hold_nothing_back(world, under):
    matter = world.matter_at(Stage.ANNOUNCED)
    assert matter.missing_documents
    assert unmet(matter, "documents_complete") is None


def test_it_waits_for_the_authoritys_approval_where_a_statute_asks_for_it(world, under):
    matter = world.matter_at(Stage.ANNOUNCED, type="M01a")
    refusal = unmet(matter, "approved_by_authority")
    assert refusal.shortfall.case == "waiting"
    assert "城乡规划法" in refusal.because
    approve = {"outcome": "refused", "paper": "昔自然资函〔2026〕3号"}
    world.do(matter, supervision.approve, world.clerk, **approve)
    assert unmet(matter, "approved_by_authority").title == "没有批准"
    world.do(
        matter, supervision.approve, world.clerk, **approve | {"outcome": "approved"}
    )
    assert unmet(matter, "approved_by_authority") is None


@pytest.mark.parametrize("kind", ["M02", "M12"])
def test_what_is_only_filed_or_notified_holds_nothing_back(world, kind):
    matter = world.draft(type=kind)
    assert matter.kind.approval is not None
    assert not matter.kind.approval.blocks
