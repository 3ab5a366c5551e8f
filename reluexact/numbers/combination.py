"""Rational combinations of real numbers, as exact as their terms."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from reluexact.numbers.arithmetic import Combination, bounds
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real


def combination(terms: Iterable[tuple[Fraction, Real]]) -> Real:
    """Return ``sum factor * value``, exactly where every value is rational or a sum of square roots.

    >>> combination([(Fraction(1, 2), Real.rational(3)), (Fraction(2), Real.rational(1))])
    7/2
    """
    used = tuple((factor, value) for factor, value in terms if factor and not (value.is_rational and not value.low))
    if not used:
        return Real.rational(0)
    if len(used) == 1 and used[0][0] == 1:
        return used[0][1]
    if all(value.is_rational for _, value in used):
        return Real.rational(sum((factor * value.low for factor, value in used), Fraction(0)))
    radicals = [(factor, value.radical) for factor, value in used if value.radical is not None]
    if len(radicals) == len(used):
        total = RadicalSum()
        for factor, radical in radicals:
            total = total + radical.scaled(factor)
        return Real.of_radical(total)
    low, high = bounds(used)
    return Real(low=low, high=high, origin=Combination(used))
