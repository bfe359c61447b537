"""The types of matter, against the rule sets and the chains."""

from __future__ import annotations

import pytest

from workflows.rulebook import BOOK, CATALOGUE, CHAINS, matter_type

FIVE = ["立项", "选址", "招标", "施工方案", "工程预算"]
PLAIN = [f"M{number:02}" for number in range(1, 39)]


def test_every_plain_code_is_a_type() -> None:
    assert set(PLAIN) <= set(CATALOGUE)
    assert all(kind.code == code for code, kind in CATALOGUE.items())


def test_only_works_have_items_that_may_have_to_be_shown_first() -> None:
    gating = {code for code, kind in CATALOGUE.items() if kind.before_begin}
    assert gating == {"M03", "M18"}
    for code in gating:
        assert [item.label for item in matter_type(code).before_begin] == FIVE


@pytest.mark.parametrize("label", FIVE)
def test_an_item_is_found_by_code_or_by_word(label: str) -> None:
    kind = matter_type("M03")
    item = kind.item(label)
    assert kind.item(item.code) is item


def test_an_item_of_another_type_is_not_found() -> None:
    with pytest.raises(KeyError, match="M05"):
        matter_type("M05").item("立项")


def test_works_are_accepted_and_the_rest_is_done_or_stands() -> None:
    assert {code for code, kind in CATALOGUE.items() if kind.works} == {"M03", "M18"}
    assert matter_type("M11").closing == "done"
    assert matter_type("M02").closing == "standing"


@pytest.mark.parametrize(
    ("code", "kind", "authority", "blocks"),
    [
        ("M02", "file", "乡镇人民政府", False),
        ("M04", "audit", "乡镇人民政府", True),
        ("M09b", "approve", "县级人民政府", True),
        ("M09c", "approve", "乡镇人民政府", True),
        ("M12", "notify", "县级人民政府", False),
        ("M25", "file", "乡镇人民政府", False),
        ("M26", "file", "乡镇人民政府", False),
        ("M26b", "approve", "县级人民政府", True),
    ],
)
def test_approval_comes_from_whom_the_statute_names(
    code: str, kind: str, authority: str, blocks: bool
) -> None:
    approval = matter_type(code).approval
    assert approval is not None
    assert (approval.kind, approval.authority) == (kind, authority)
    assert approval.blocks is blocks


def test_only_a_statute_lets_an_approval_refuse() -> None:
    newest = BOOK.national[-1]
    refusing = {
        code
        for code, kind in CATALOGUE.items()
        if kind.approval and kind.approval.blocks and newest[kind.approval.key].refuses
    }
    assert refusing == {"M01a", "M09b", "M09c", "M14b", "M26b", "M33"}


def test_where_a_statute_names_the_representatives_they_are_competent() -> None:
    for code, kind in CATALOGUE.items():
        if kind.statute_names_reps:
            assert "reps" in BOOK.national[-1].bodies(code), code


def test_who_decides_is_said_of_every_type_that_takes_a_chain() -> None:
    silent = {
        code
        for code, kind in CATALOGUE.items()
        if kind.chains and not any(rules.bodies(code) for rules in BOOK.national)
    }
    assert silent == {"M30", "M31"}


def test_a_type_takes_only_chains_that_exist() -> None:
    for kind in CATALOGUE.values():
        assert set(kind.chains) <= set(CHAINS)
    assert "committee" in matter_type("M16").chains
    assert matter_type("M27").chains[0] == "group"
    assert matter_type("M08").chains == ()


def test_what_is_not_of_the_village_s_own_making_is_listed_as_a_paper() -> None:
    labels = [paper.label for kind in CATALOGUE.values() for paper in kind.documents]
    assert not {"决议书", "签到册", "公示单", "纪要"} & set(labels)
