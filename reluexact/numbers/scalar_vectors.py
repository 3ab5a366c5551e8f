"""Vectors of real numbers with arithmetic."""

from __future__ import annotations

from reluexact.numbers.scalar import Scalar

ScalarVector = tuple[Scalar, ...]


def scalar_dot(left: ScalarVector, right: ScalarVector) -> Scalar:
    """Return the inner product of two vectors of equal length.

    >>> scalar_dot((Scalar.of(1), Scalar.of(2)), (Scalar.of(3), Scalar.of(4))).rational
    Fraction(11, 1)
    """
    total = Scalar.of(0)
    for a, b in zip(left, right, strict=True):
        if not a.is_zero and not b.is_zero:
            total = total + a * b
    return total
