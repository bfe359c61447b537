"""How each rule is cited, and what its citation may claim."""

from __future__ import annotations

from datetime import date

import pytest

from workflows.rulebook import BOOK, RuleSet, in_force, named

DEMO = ("demo-county",)
TODAY = date(2026, 3, 1)
VOC = "《中华人民共和国村民委员会组织法》"
JT = "《中华人民共和国农村集体经济组织法》"


@pytest.mark.parametrize(
    ("name", "key", "citation"),
    [
        ("national-2026", "vr.quorum", VOC + "（2025年修正）第三十条第二款"),
        ("national-2025", "vr.quorum", VOC + "（2018年修正）第二十六条第二款"),
        ("national-2010", "vr.quorum", VOC + "（2018年修正）第二十六条第二款"),
        ("national-2026", "vm.notice_days", VOC + "（2025年修正）第二十五条第二款"),
        ("national-2010", "vm.notice_days", VOC + "（2018年修正）第二十一条第二款"),
        ("national-2026", "pub.min_days", VOC + "（2025年修正）第三十五条第四款"),
        ("national-2026", "guarantee.by_committee", VOC + "（2025年修正）第十三条"),
        ("national-2026", "mm.pass", JT + "第二十七条第三款"),
        ("national-2026", "pm.pass", "《中国共产党支部工作条例（试行）》第十一条"),
        ("national-2026", "order.duty", VOC + "（2025年修正）第四十一条第二款"),
        ("national-2010", "order.duty", VOC + "（2018年修正）第三十六条第二款"),
    ],
)
def test_citations_name_the_statute_in_full_and_the_article(
    name: str, key: str, citation: str
) -> None:
    assert named(name).cite(key) == citation


def test_on_second_mention_the_statute_is_short() -> None:
    rules = in_force(TODAY)
    assert rules.cite("vr.quorum", short=True) == "《村民委员会组织法》第三十条第二款"


@pytest.mark.parametrize(
    ("key", "overlays", "words"),
    [
        ("vr.quorum", (), "依据" + VOC + "（2025年修正）第三十条第二款，"),
        ("pm.quorum", (), "按照《中国共产党支部工作条例（试行）》第十一条，"),
        ("levy", (), "按照《村民一事一议筹资筹劳管理办法》（国办发〔2007〕4号）要求，"),
        ("text.unchanged", DEMO, "按照内部核对要求（法律未作规定），"),
        ("joint.quorum", (), "按照通行做法（法律未作规定），"),
        (
            "count.witnessed",
            DEMO,
            "按照本县规定（《示范县内部控制规定》（示范发〔2010〕12号）第五条），",
        ),
    ],
)
def test_a_refusal_says_of_what_kind_its_basis_is(
    key: str, overlays: tuple[str, ...], words: str
) -> None:
    assert in_force(TODAY, overlays).because(key) == words


def every_set() -> list[RuleSet]:
    return [*BOOK.national, *(in_force(s.since, DEMO) for s in BOOK.national)]


def test_every_key_can_be_cited_and_explained() -> None:
    for rules in every_set():
        for key in rules:
            assert rules.because(key).endswith("，")
            assert bool(rules.cite(key)) == bool(rules.cite(key, short=True))
            assert rules[key].source


def test_a_county_s_rule_never_quotes_a_statute() -> None:
    for rules in every_set():
        for key in rules:
            if rules[key].basis in ("local", "control"):
                assert "中华人民共和国" not in rules.cite(key), key


def test_what_was_not_read_says_so() -> None:
    rules = in_force(TODAY)
    unread = {key for key in rules if rules[key].confidence == "unchecked"}
    assert unread == {"levy", "bodies.M04", "pm.voters"}
    heard = {key for key in rules if rules[key].confidence == "secondary"}
    assert heard == {"pm.quorum", "pm.pass", "pm.must", "pm.convene", "branch.quorum"}
