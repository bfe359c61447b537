"""Every way a rule can refuse has words, and the words get all their facts."""

from __future__ import annotations

import re

from tests.workflows.refusing import of_every_kind
from workflows.models import Matter
from workflows.models.conditions import COUNTED
from workflows.presenting.words import FLAWS
from workflows.rules import Rule


def every_rule() -> dict[str, Rule]:
    """All that stand before some step of the machine."""
    edges = Matter._meta.get_field("stage").get_all_transitions(Matter)
    return {rule.name: rule for edge in edges for rule in edge.conditions}


def cases() -> set[tuple[str, str]]:
    return {(name, case) for name, rule in every_rule().items() for case in rule.words}


def test_every_case_of_every_rule_says_what_is_missing_why_and_what_to_do(world):
    refusals = of_every_kind(world)
    assert set(refusals) == cases()
    for refusal in refusals.values():
        said = (refusal.title, refusal.sentence, refusal.because, refusal.todo)
        for words in said:
            assert words.strip(), refusal
            assert not re.search(r"%\(|None|\d{4}-\d\d-\d\d|  ", words), words


def test_a_basis_that_may_not_refuse_is_never_quoted_as_one(world):
    for refusal in of_every_kind(world).values():
        if refusal.flaws:
            assert refusal.because.startswith(("依据《", "按照《")), refusal
        else:
            assert refusal.because.startswith("按照"), refusal


def test_a_rule_that_flaws_a_sitting_on_paper_has_a_word_there():
    assert {rule.name for rule in COUNTED} <= set(FLAWS)


def test_a_refusal_says_what_its_article_asks_for(world):
    said = {key: refusal.because for key, refusal in of_every_kind(world).items()}
    for words in said.values():
        assert re.search(r"，[^，]+。$", words), words
    assert said["shown_long_enough", "running"].endswith("，组织实施要等到公示期满。")
    assert said["notice_given_in_time", "villagers"].endswith(
        "第二十五条第二款，村民会议提前通知 10 日。"
    )
    assert said["quorum_present", "reps"].endswith(
        "第三十条第二款，村民代表会议到会要达到全体的三分之二以上（含本数）。"
    )
    assert said["body_is_competent", "members"].endswith(
        "，由农村集体经济组织成员大会决定。"
    )


def test_titles_are_short_and_name_no_machine(world):
    for refusal in of_every_kind(world).values():
        assert len(refusal.title) <= 18
        for word in ("系统", "提交", "流程", "节点", "驳回", "非法", "错误", "异常"):
            assert word not in refusal.title + refusal.sentence + refusal.todo
