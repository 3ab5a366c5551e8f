"""Intervals with rational ends, and enclosures of the solutions of linear systems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import flint

from reluexact.budget import check
from reluexact.numbers.ball import ball, midpoint
from reluexact.numbers.types import Rationals


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """All real numbers from ``low`` to ``high``."""

    low: Fraction
    high: Fraction

    @staticmethod
    def around(middle: Fraction, radius: Fraction) -> Interval:
        """Return ``[middle - radius, middle + radius]``."""
        return Interval(low=middle - radius, high=middle + radius)

    def __mul__(self, other: Interval) -> Interval:
        """Return the interval of all products."""
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(low=min(ends), high=max(ends))

    def over(self, other: Interval) -> Interval:
        """Return the interval of all quotients by a positive interval."""
        if other.low <= 0:
            raise ZeroDivisionError("the divisor's interval must be positive")
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(low=min(ends), high=max(ends))

    def outward(self, bits: int) -> Interval:
        """Round both ends outward to multiples of 2^-bits."""
        scale = 2**bits
        low = self.low.numerator * scale // self.low.denominator
        high = -(-self.high.numerator * scale // self.high.denominator)
        return Interval(low=Fraction(low, scale), high=Fraction(high, scale))


def solve_linear(matrix: Sequence[Rationals], spread: Fraction, right: Rationals, slack: Fraction) -> list[Interval] | None:
    """Enclose all solutions of ``A x = r`` with ``|A - matrix| <= spread`` and ``|r - right| <= slack`` entry by entry.

    Returns None when the balls do not show that every such A is invertible.

    >>> solve_linear([[Fraction(2)]], Fraction(0), [Fraction(1)], Fraction(0))
    [Interval(low=Fraction(1, 2), high=Fraction(1, 2))]
    >>> solve_linear([[Fraction(0)]], Fraction(1), [Fraction(1)], Fraction(0)) is None
    True
    """
    if not matrix:
        return []
    check()
    with flint.ctx.workprec(256 + spread.denominator.bit_length()):
        table = flint.arb_mat([[ball(entry, spread) for entry in row] for row in matrix])
        column = flint.arb_mat(len(right), 1, [ball(entry, slack) for entry in right])
        try:
            entries = table.solve(column).entries()
        except ZeroDivisionError:
            return None
        if not all(entry.is_finite() for entry in entries):
            return None
        return [Interval(low=midpoint(entry.lower()), high=midpoint(entry.upper())) for entry in entries]


def independent_columns(columns: Sequence[Rationals], spreads: Sequence[Fraction]) -> bool:
    """Say whether all matrices with these columns, each entry within its column's spread, have independent columns.

    False means that it could not be shown. The Gram matrix, divided by its midpoint's inverse, must be near the identity.

    >>> independent_columns([[Fraction(1), Fraction(0)], [Fraction(1), Fraction(1)]], [Fraction(0), Fraction(1, 100)])
    True
    >>> independent_columns([[Fraction(1)], [Fraction(1)]], [Fraction(0), Fraction(0)])
    False
    """
    check()
    count = len(columns)
    if count == 0:
        return True
    if count > len(columns[0]):
        return False
    with flint.ctx.workprec(512):
        rows = [[ball(entry, spread) for entry in column] for column, spread in zip(columns, spreads, strict=True)]
        table = flint.arb_mat(rows)
        gram = table * table.transpose()
        try:
            near = gram.mid().inv().mid() * gram
        except ZeroDivisionError:
            return False
        entries = near.tolist()
        off = [sum((abs(entry - int(i == j)) for j, entry in enumerate(row)), flint.arb(0)) for i, row in enumerate(entries)]
        return all(total < 1 for total in off)
