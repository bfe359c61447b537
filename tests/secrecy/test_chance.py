"""What chance can do is computed, and agrees with counting it out."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest

from tests.secrecy.chance import A_MILLIONTH, agreement, by_chance, over


@pytest.mark.parametrize("counts", [(1,), (2, 1), (2, 2, 2), (4, 1, 2)])
def test_it_is_what_all_shuffles_give(counts):
    pack = [kind for kind, many in enumerate(counts) for _card in range(many)]
    shuffles = [*permutations(pack)]
    agreed = Counter(
        sum(a == b for a, b in zip(pack, shuffle, strict=True)) for shuffle in shuffles
    )
    found = [agreed[k] / len(shuffles) for k in range(len(pack) + 1)]
    assert agreement(counts) == pytest.approx(found)


def test_of_many_elections_it_adds_up():
    likely = over((14, 9, 7), 20)
    assert sum(likely) == pytest.approx(1)
    mean = sum(k * p for k, p in enumerate(likely))
    assert mean == pytest.approx(20 * (14**2 + 9**2 + 7**2) / 30)


@pytest.mark.parametrize("ways", [1, 20_000])
def test_all_ways_together_leave_it_less_than_one_time_in_a_million(ways):
    likely, chance = over((14, 9, 7), 20), by_chance((14, 9, 7), 20, ways)
    outside = sum(p for k, p in enumerate(likely) if k not in chance)
    assert 0 < outside * ways <= A_MILLIONTH
    wider = by_chance((14, 9, 7), 20, ways, risk=A_MILLIONTH / 1000)
    assert set(chance) < set(wider)
