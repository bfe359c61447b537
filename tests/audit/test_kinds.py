"""The closed list: what can be recorded, and that nothing else can."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from audit import facts
from audit.facts import NOUNS, FactType
from audit.kinds import CLOCK_KINDS, CONFIDENTIAL_BODIES, KINDS, Kind
from audit.log import sealed

Facts = Callable[..., dict[str, Any]]
ALL = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
NAME, TELEPHONE, IDENTITY = "王小明", "13812345678", "140724196203041234"
NOT_A: dict[str, list[Any]] = {
    "BOOL": [1, "true", NAME],
    "CODE": ["", "Adopted", "a b", NAME, "tel" + TELEPHONE, "id:" + IDENTITY, 7, ["a"]],
    "CODES": ["authorised", [NAME], ["tel" + TELEPHONE], {"authorised"}],
    "COUNT": [-1, 10**12 + 1, True, 1.0, "3", NAME],
    "DAY": ["2026-03-20", datetime(2026, 3, 20), NAME],
    "HASH": ["0F" * 32, "0f" * 31, b"\x0f" * 32, NAME],
    "HASHES": ["0f" * 32, ["0F" * 32], [NAME]],
    "INSTANT": ["2026-03-20T01:00:00.000000Z", datetime(2026, 3, 20), NAME],
    "MATTER_TYPE": ["m03", "M3", "宅基地", TELEPHONE],
    "MATTER_TYPES": ["M03", [NAME]],
    "MONEY": [1, 1.5, "3", Decimal("0.001"), Decimal("-1"), Decimal("NaN"), NAME],
    "REF": ["matter", "resident/0123456789", "matter/" + TELEPHONE, "matter/" + NAME],
    "REFS": ["matter/0123456789", ["matter/" + IDENTITY]],
    "SEALED": [1.5, {1, 2}, object(), 10**17, "\ud800"],
}
NOT_A["COUNT_OR_SEALED"] = [*NOT_A["COUNT"], sealed("18"), sealed(NAME)]


@ALL
def test_a_kind_is_noun_dot_past(kind: Kind) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", kind.code)
    assert kind.noun in NOUNS


@ALL
def test_a_kind_says_in_chinese_what_was_done(kind: Kind) -> None:
    assert re.search("[\u4e00-\u9fff]", str(kind.label))
    assert "%" not in str(kind.label)


@ALL
def test_a_sentence_is_made_of_facts_that_are_always_there(kind: Kind) -> None:
    for name in re.findall(r"%\((\w+)\)", str(kind.past)):
        assert kind.facts[name].required
        assert kind.facts[name].show


@ALL
def test_what_moves_a_matter_says_from_where_to_where(kind: Kind) -> None:
    if kind.code != "matter.drafted":
        assert ("stage" in kind.facts) is ("from_stage" in kind.facts)


@ALL
def test_a_fact_that_is_not_declared_is_refused(kind: Kind, facts_of: Facts) -> None:
    with pytest.raises(KeyError, match="has no fact comment"):
        kind.write(facts_of(kind.code, comment=1))


@ALL
def test_a_fact_may_be_missing_only_where_it_is_optional(
    kind: Kind, facts_of: Facts
) -> None:
    for name, fact in kind.facts.items():
        given = facts_of(kind.code, **{name: None})
        if fact.required:
            with pytest.raises(KeyError, match=f"needs the fact {name}"):
                kind.write(given)
        else:
            assert name not in kind.write(given)


@ALL
def test_a_fact_of_another_type_is_refused_and_not_repeated(
    kind: Kind, facts_of: Facts
) -> None:
    for name, fact in kind.facts.items():
        for wrong in NOT_A[fact.name]:
            message = f"{kind.code}: {name} must be {fact.wants}"
            with pytest.raises(ValueError, match=re.escape(message)) as refused:
                kind.write(facts_of(kind.code, **{name: wrong}))
            assert str(refused.value) == message
            assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    "fact",
    [v for v in vars(facts).values() if isinstance(v, FactType)],
    ids=lambda fact: fact.name,
)
def test_every_type_is_tried_with_what_it_is_not(fact: FactType) -> None:
    if fact.name != "PLACE":
        assert fact.name in NOT_A


@pytest.mark.parametrize("verb", ["proposed", "reviewed", "adopted", "rejected"])
def test_a_decision_says_all_that_its_tally_was(verb: str) -> None:
    told = (
        "ballot sitting body ruleset ruleset_hash roster_root eligible present "
        "votes_for votes_against abstain invalid quorum_key pass_key need "
        "quorum_need passed paper text_hash text_version from_stage stage"
    )
    required = {n for n, f in KINDS[f"matter.{verb}"].facts.items() if f.required}
    assert set(told.split()) <= required
    assert set(told.split()) <= KINDS["matter.recounted"].facts.keys()


@pytest.mark.parametrize("body", sorted(CONFIDENTIAL_BODIES))
def test_votes_of_the_party_and_the_committees_must_be_sealed(
    body: str, facts_of: Facts
) -> None:
    votes = [
        name
        for name, fact in KINDS["matter.reviewed"].facts.items()
        if fact.seal == "if_asked"
    ]
    given = facts_of("matter.reviewed", body=body, **dict.fromkeys(votes, sealed(9)))
    KINDS["matter.reviewed"].write(given)
    for name in votes:
        with pytest.raises(ValueError, match=f"{name} of this body must be sealed"):
            KINDS["matter.reviewed"].write(given | {name: 9})


def test_only_a_count_of_votes_may_be_given_sealed(facts_of: Facts) -> None:
    with pytest.raises(ValueError, match="present may not be given sealed"):
        KINDS["matter.adopted"].write(facts_of("matter.adopted", present=sealed(33)))


def test_the_clock_records_what_it_found_and_moves_nothing() -> None:
    assert CLOCK_KINDS == (
        "audit.overdue",
        "notice.elapsed",
        "objection.overdue",
        "sitting.not_held",
    )
    assert not any("stage" in KINDS[code].facts for code in CLOCK_KINDS)
