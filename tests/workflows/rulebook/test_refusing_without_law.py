"""What refuses nationally without a statute is little, and none is explained away."""

from __future__ import annotations

import pytest

from workflows import rulebook
from workflows.rulebook import RuleSet
from workflows.rulebook.types import REFUSING

# docs/decisions/0009 says of each why no reason given on the spot opens it.
FOUR = {"ballot.invariant", "text.unchanged", "objections.answered", "bodies.M04"}


@pytest.mark.parametrize("rules", rulebook.BOOK.national, ids=lambda rules: rules.name)
def test_without_a_statute_a_province_or_the_party_four_keys_refuse(rules: RuleSet):
    refusing = {key for key in rules if rules[key].refuses}
    assert {key for key in refusing if rules[key].basis not in REFUSING} == FOUR
