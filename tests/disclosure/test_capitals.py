"""Sums in capital numerals, and where two texts differ."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure.capitals import capitals
from disclosure.changes import Change, changes


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("12.34", "壹拾贰元叁角肆分"),
        ("12.04", "壹拾贰元零肆分"),
        ("9600", "玖仟陆佰元整"),
        ("10010", "壹万零壹拾元整"),
        ("100000", "壹拾万元整"),
        ("380000.00", "叁拾捌万元整"),
        ("100000001", "壹亿零壹元整"),
        ("20000000000", "贰佰亿元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_a_sum_in_capitals(amount, said):
    assert capitals(Decimal(amount)) == said


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("长10米，宽4米。", "长10米，宽4米。", []),
        ("长10米，宽4米。", "长12米，宽4米。", [Change("长10米", "长12米")]),
        ("长10米。", "长10米。由村委会实施。", [Change("", "由村委会实施")]),
        ("甲。乙。", "甲。", [Change("乙", "")]),
    ],
)
def test_only_the_clauses_that_differ_are_told(old, new, found):
    assert changes(old, new) == found
