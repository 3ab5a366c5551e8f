"""Functions on a short interval as polynomials with balls for coefficients: sums, products, proved bounds of their range.

A polynomial in u, ``-1 <= u <= 1``, stands for every function whose value at each u lies in its value there. What is cut off
goes into the ball of its constant. All is computed within :func:`precisely`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fractions import Fraction

import flint

from reluexact.numbers.ball import ball
from reluexact.numbers.ball import midpoint as midpoint_of
from reluexact.numbers.types import Bounds

DEGREE = 6
"""Powers that are kept; on short intervals the others are small."""

BITS = 160


def precisely(bits: int = BITS) -> AbstractContextManager[object]:
    """Return the context in which so many bits are computed with."""
    context: AbstractContextManager[object] = flint.ctx.workprec(bits)
    return context


@dataclass(frozen=True, slots=True)
class Ranged:
    """A set of functions on an interval.

    >>> with precisely():
    ...     line = Ranged.on_part((Fraction(1), Fraction(2)), Fraction(0), (Fraction(0), Fraction(1)))
    ...     line.bounds(), (line * line - line).bounds(), (line - Ranged.between(Fraction(4))).positive_part().bounds()
    ((Fraction(1, 1), Fraction(3, 1)), (Fraction(0, 1), Fraction(6, 1)), (Fraction(0, 1), Fraction(0, 1)))
    """

    polynomial: flint.arb_poly

    @staticmethod
    def on_part(coefficients: Sequence[Fraction], radius: Fraction, part: Bounds) -> Ranged:
        """Return ``sum c_k t^k`` with an error of at most ``radius``, for t between two numbers, as a polynomial in u."""
        curve = flint.arb_poly([ball(entry) for entry in coefficients])
        inner = flint.arb_poly([ball((part[0] + part[1]) / 2), ball((part[1] - part[0]) / 2)])
        return Ranged(_cut(curve(inner)) + flint.arb_poly([ball(Fraction(0), radius)]))

    @staticmethod
    def between(low: Fraction, high: Fraction | None = None) -> Ranged:
        """Return a function between two bounds, or a constant."""
        return Ranged(flint.arb_poly([ball(low) if high is None else ball((low + high) / 2, (high - low) / 2)]))

    @staticmethod
    def hull(values: Sequence[Ranged]) -> Ranged:
        """Return what lies between the ranges of several functions: which of them it is, is not known."""
        ends = [value.bounds() for value in values]
        return Ranged.between(min(low for low, _ in ends), max(high for _, high in ends))

    def __add__(self, other: Ranged) -> Ranged:
        """Return the sum."""
        return Ranged(self.polynomial + other.polynomial)

    def __sub__(self, other: Ranged) -> Ranged:
        """Return the difference."""
        return Ranged(self.polynomial - other.polynomial)

    def __mul__(self, other: Ranged) -> Ranged:
        """Return the product."""
        return Ranged(_cut(self.polynomial * other.polynomial))

    def bounds(self) -> Bounds:
        """Return bounds of the range: of the part of degree two exactly, of the rest by its coefficients."""
        entries = [*self.polynomial.coeffs(), flint.arb(0), flint.arb(0), flint.arb(0)]
        a, b, c = (midpoint_of(entry) for entry in entries[:3])
        spread = sum((abs(entry) for entry in entries[3:]), sum((entry.rad() for entry in entries[:3]), flint.arb(0)))
        room = midpoint_of(spread.abs_upper())
        values = [a - b + c, a + b + c]
        if c and abs(b) < 2 * abs(c):
            values.append(a - b * b / (4 * c))
        return min(values) - room, max(values) + room

    def positive_part(self) -> Ranged:
        """Return ``max(value, 0)``: itself or 0 where the sign is known on the whole interval, else its range as a constant."""
        low, high = self.bounds()
        return self if low >= 0 else Ranged.between(Fraction(0), max(high, Fraction(0)))


def _cut(value: flint.arb_poly) -> flint.arb_poly:
    """Return the polynomial without its high powers."""
    entries = value.coeffs()
    rest = entries[DEGREE + 1 :]
    if not rest:
        return value
    spread = sum((abs(entry) for entry in rest), flint.arb(0))
    return flint.arb_poly([entries[0] + flint.arb(0, spread.abs_upper()), *entries[1 : DEGREE + 1]])
