"""How a fact is written down."""

from __future__ import annotations

from decimal import Decimal

import pytest

from audit import facts
from audit.facts import optional


def test_money_is_written_to_the_fen() -> None:
    assert facts.MONEY.encode(Decimal("380000")) == "380000.00"
    assert facts.MONEY.encode(Decimal("0.10")) == "0.10"
    assert facts.MONEY.encode(Decimal("-0")) == "0.00"


def test_codes_of_divisions_and_rule_sets_are_not_taken_for_personal_data() -> None:
    for code in ("national-2026+demo-county", "village-140724200205", "vr.quorum"):
        assert facts.CODE.encode(code) == code
    assert facts.PLACE.encode("140724200205") == "140724200205"


@pytest.mark.parametrize("uid", ["1381234567", "0354412345", "140724200205"])
def test_a_random_id_may_be_digits_and_so_may_the_code_of_a_village(uid: str) -> None:
    name = f"ballot/{uid}"
    assert facts.REF.encode(name) == name


def test_a_hash_is_nobodys_number_whatever_its_digits() -> None:
    digits = "6222021234567890" * 4
    assert facts.HASH.encode(digits) == digits


def test_optional_changes_nothing_but_that() -> None:
    assert optional(facts.COUNT).encode(3) == facts.COUNT.encode(3)
