"""The chains, read aloud."""

from __future__ import annotations

import pytest

from workflows.rulebook import CHAINS, chain, named
from workflows.rulebook.vocabulary import STAGES, VERBS

TAIL = ("announce", "begin", "accept", "report_result", "archive")


@pytest.mark.parametrize(
    ("name", "verbs"),
    [
        ("four_step", ("propose", "review", "adopt")),
        ("four_deliberations", ("initiate", "propose", "review", "adopt")),
        ("statutory", ("review", "adopt")),
        ("committee", ("adopt",)),
        ("group", ("adopt",)),
    ],
)
def test_a_chain_s_verbs_in_order(name: str, verbs: tuple[str, ...]) -> None:
    assert chain(name).verbs == verbs + TAIL
    assert chain(name).next_verb("drafted") == verbs[0]


@pytest.mark.parametrize("name", CHAINS)
def test_every_verb_leads_to_its_stage_and_the_next_follows(name: str) -> None:
    found = chain(name)
    for earlier, later in zip(found.stages, found.stages[1:], strict=False):
        assert found.next_stage(earlier) == later
        assert found.before(later) == earlier
        assert VERBS[found.next_verb(earlier) or ""] == later
    assert found.next_stage("archived") is None
    assert found.next_verb("archived") is None
    assert found.before("drafted") is None


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("stage", ["rejected", "withdrawn", "rectifying"])
def test_nothing_follows_off_the_path(name: str, stage: str) -> None:
    assert chain(name).next_stage(stage) is None
    assert chain(name).next_verb(stage) is None
    assert chain(name).label(stage)
    assert chain(name).seen(stage)


@pytest.mark.parametrize(
    ("name", "body", "stage", "verb"),
    [
        ("four_step", "joint", "drafted", "propose"),
        ("four_step", "party", "drafted", None),
        ("four_step", "party", "proposed", "review"),
        ("four_step", "reps", "reviewed", "adopt"),
        ("four_step", "members", "reviewed", "adopt"),
        ("four_step", "joint", "reviewed", None),
        ("four_step", "reps", "adopted", None),
        ("four_deliberations", "branch", "drafted", "initiate"),
        ("four_deliberations", "joint", "drafted", None),
        ("four_deliberations", "joint", "initiated", "propose"),
        ("statutory", "party", "drafted", "review"),
        ("statutory", "villagers", "drafted", None),
        ("committee", "joint", "drafted", "adopt"),
        ("committee", "reps", "drafted", None),
        ("group", "group", "drafted", "adopt"),
    ],
)
def test_whose_turn_it_is(name: str, body: str, stage: str, verb: str | None) -> None:
    step = chain(name).step_for_body(body, stage)
    assert (step.verb if step else None) == verb


def test_the_party_s_no_ends_a_matter_but_for_a_statutory_petition() -> None:
    for name, found in CHAINS.items():
        step = found.step("review")
        if step is not None:
            assert step.effect == ("opinion" if name == "statutory" else "decides")


def test_where_an_upheld_objection_sends_a_matter_back_to() -> None:
    assert chain("four_step").before("adopted") == "reviewed"
    assert chain("committee").before("adopted") == "drafted"


def test_who_adopts() -> None:
    rules = named("national-2026")
    assert chain("four_step").bodies(rules, "M13") == ("members",)
    assert set(chain("four_step").bodies(rules, "M03")) == {"reps", "villagers"}
    assert chain("committee").bodies(rules, "M16") == ("joint",)
    assert chain("group").bodies(rules, "M27") == ("group",)
    assert "joint" not in chain("four_step").bodies(rules, "M16")


def test_labels_name_the_body() -> None:
    four_step, national = chain("four_step"), chain("four_deliberations")
    assert four_step.label("drafted") == "已起草"
    assert four_step.label("proposed") == "两委已提议"
    assert national.label("proposed") == "两委已商议"
    assert four_step.label("adopted", "村代会") == "村代会已决议"
    assert four_step.todo("reviewed", "成员大会") == "待成员大会决议"
    assert national.label("announced") == "决议公开中"
    assert four_step.seen("announced", days=3) == "决议公示中，还有 3 天"
    assert four_step.seen("announced") == "决议公示中"
    assert four_step.seen("drafted") == ""
    assert chain("statutory").todo("reviewed", "村民会议") == "待召集村民会议"


def test_what_ends_without_works_is_not_called_accepted() -> None:
    found = chain("four_step")
    assert found.label("completed") == "已验收"
    assert found.label("completed", works=False) == "已办结"
    assert found.todo("underway") == "待验收"
    assert found.todo("underway", works=False) == "待办结"


@pytest.mark.parametrize(
    ("name", "by", "body", "words"),
    [
        ("four_step", "joint", "两委会", "两委未形成提议"),
        ("four_step", "party", "支部大会", "支部审议未通过"),
        ("four_step", "reps", "村代会", "村代会未通过"),
        ("four_deliberations", "joint", "两委会", "两委商议未通过"),
        ("four_deliberations", "party", "党员大会", "党员大会审议未通过"),
        ("committee", "joint", "两委会", "两委会未通过"),
        ("group", "group", "小组会", "小组会未通过"),
    ],
)
def test_a_no_is_named_after_who_said_it(
    name: str, by: str, body: str, words: str
) -> None:
    assert chain(name).rejected(by, body) == words


def test_a_stage_the_chain_does_not_pass_has_no_label() -> None:
    with pytest.raises(KeyError, match="initiated"):
        chain("four_step").label("initiated")


def test_stages_are_those_of_the_machine() -> None:
    from workflows.stage import Stage

    assert list(STAGES) == Stage.values
