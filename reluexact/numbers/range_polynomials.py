"""Functions on a short interval as polynomials with balls for coefficients: sums, products, proved bounds of their range.

A polynomial in u, ``-1 <= u <= 1``, stands for every function whose value at each u lies in its value there. What is cut off
goes into the ball of its constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import flint

from reluexact.numbers.ball import ball
from reluexact.numbers.ball import midpoint as midpoint_of
from reluexact.numbers.types import Bounds

DEGREE = 6
"""Powers that are kept; on short intervals the others are small."""

BITS = 160


def on_part(coefficients: Sequence[Fraction], radius: Fraction, low: Fraction, high: Fraction) -> flint.arb_poly:
    """Return ``sum c_k t^k`` with an error of at most ``radius`` on ``low <= t <= high``, as a polynomial in u.

    >>> with flint.ctx.workprec(BITS):
    ...     bounds(on_part((Fraction(1), Fraction(2)), Fraction(0), Fraction(0), Fraction(1)))
    (Fraction(1, 1), Fraction(3, 1))
    """
    curve = flint.arb_poly([ball(entry) for entry in coefficients])
    inner = flint.arb_poly([ball((low + high) / 2), ball((high - low) / 2)])
    return cut(curve(inner)) + flint.arb_poly([ball(Fraction(0), radius)])


def cut(value: flint.arb_poly) -> flint.arb_poly:
    """Return the polynomial without its high powers."""
    entries = value.coeffs()
    rest = entries[DEGREE + 1 :]
    if not rest:
        return value
    spread = sum((abs(entry) for entry in rest), flint.arb(0))
    return flint.arb_poly([entries[0] + flint.arb(0, spread.abs_upper()), *entries[1 : DEGREE + 1]])


def times(left: flint.arb_poly, right: flint.arb_poly) -> flint.arb_poly:
    """Return the product."""
    return cut(left * right)


def bounds(value: flint.arb_poly) -> Bounds:
    """Return bounds of the range: of the part of degree two exactly, of the rest by its coefficients."""
    entries = [*value.coeffs(), flint.arb(0), flint.arb(0), flint.arb(0)]
    a, b, c = (midpoint_of(entry) for entry in entries[:3])
    spread = sum((abs(entry) for entry in entries[3:]), flint.arb(0)) + sum((entry.rad() for entry in entries[:3]), flint.arb(0))
    room = midpoint_of(spread.abs_upper())
    values = [a - b + c, a + b + c]
    if c and abs(b) < 2 * abs(c):
        values.append(a - b * b / (4 * c))
    return min(values) - room, max(values) + room


def positive_part(value: flint.arb_poly) -> flint.arb_poly:
    """Return ``max(value, 0)``: itself or 0 where the sign is known on the whole interval, else the range as a constant."""
    low, high = bounds(value)
    if low >= 0:
        return value
    return constant(Fraction(0), max(high, Fraction(0)))


def constant(low: Fraction, high: Fraction) -> flint.arb_poly:
    """Return a function between two bounds."""
    return flint.arb_poly([ball((low + high) / 2, (high - low) / 2)])
