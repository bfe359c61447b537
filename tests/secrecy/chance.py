"""How well somebody guesses who knows only the tally: exactly, not by simulation.

Whoever deals the choices of the tally out among the voters, knowing nothing else, is
right as often as two shuffled packs of cards agree. The numbers of shuffles that agree
in k places follow from rook polynomials.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import comb, factorial
from typing import Any

A_MILLIONTH = 1e-6


def product(one: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    """Of two polynomials, by their coefficients."""
    found: list[Any] = [0] * (len(one) + len(other) - 1)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            found[i + j] += a * b
    return found


@cache
def agreement(counts: tuple[int, ...]) -> tuple[float, ...]:
    """For each k, how likely it is to be right about k of these."""
    total = sum(counts)
    rooks = [1]
    for n in counts:
        rooks = product(rooks, [comb(n, k) ** 2 * factorial(k) for k in range(n + 1)])
    placed = [rook * factorial(total - k) for k, rook in enumerate(rooks)]
    return tuple(
        float(
            Fraction(
                sum(
                    (-1) ** (k - m) * comb(k, m) * placed[k]
                    for k in range(m, total + 1)
                ),
                factorial(total),
            )
        )
        for m in range(total + 1)
    )


@cache
def over(counts: tuple[int, ...], elections: int) -> tuple[float, ...]:
    """The same of all these elections together."""
    if elections == 1:
        return agreement(counts)
    return tuple(product(over(counts, elections - 1), agreement(counts)))


def by_chance(
    counts: tuple[int, ...], elections: int, ways: int, risk: float = A_MILLIONTH
) -> range:
    """How many right guesses are still chance, to whoever tries so many ways.

    All ways together leave it by chance less often than the risk, in either direction:
    whoever is always wrong knows something as well.
    """
    likely = over(counts, elections)
    each = risk / (2 * ways)
    low = sum(below <= each for below in accumulate(likely))
    high = len(likely) - sum(above <= each for above in accumulate(reversed(likely)))
    return range(low, high)
