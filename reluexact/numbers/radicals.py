"""Sums of rational multiples of square roots of positive integers, with exact zero test and exact sign.

Square roots of integers from different square classes are linearly independent over the rationals (Besicovitch 1940), so a sum
in which equal classes are gathered is zero exactly when every coefficient is. No integer is ever factored: two radicands share a
class when their product is a perfect square.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter

from reluexact.budget import check
from reluexact.numbers.linalg import dot, solve
from reluexact.numbers.roots import integer_root, scaled_root

MOST_CLASSES = 64


@dataclass(frozen=True, slots=True)
class RadicalSum:
    """``sum of coefficient * sqrt(radicand)``, radicands positive integers of distinct square classes, ascending.

    >>> half = RadicalSum.root(Fraction(1, 2))
    >>> half * half
    RadicalSum(terms=((1, Fraction(1, 2)),))
    >>> (RadicalSum.root(Fraction(8)) - RadicalSum.root(Fraction(2)) * RadicalSum.rational(2)).sign()
    0
    >>> (RadicalSum.root(Fraction(2)) + RadicalSum.root(Fraction(3)) - RadicalSum.root(Fraction(10))).sign()
    -1
    """

    terms: tuple[tuple[int, Fraction], ...] = ()

    @staticmethod
    def rational(value: Fraction | int) -> RadicalSum:
        """Return a rational number as a sum."""
        return RadicalSum(((1, Fraction(value)),) if value else ())

    @staticmethod
    def root(value: Fraction) -> RadicalSum:
        """Return the square root of a rational number >= 0."""
        if value < 0:
            raise ValueError(f"the square root of {value} is not real")
        if not value:
            return RadicalSum()
        return _gather(((value.numerator * value.denominator, Fraction(1, value.denominator)),))

    @staticmethod
    def combined(factors: Sequence[Fraction], values: Sequence[RadicalSum]) -> RadicalSum:
        """Return the sum of factors times values.

        >>> RadicalSum.combined([Fraction(1), Fraction(-2)], [RadicalSum.root(Fraction(8)), RadicalSum.root(Fraction(2))])
        RadicalSum(terms=())
        """
        parts: dict[int, tuple[list[Fraction], list[Fraction]]] = {}
        for factor, value in zip(factors, values, strict=True):
            for radicand, coefficient in value.terms:
                left, right = parts.setdefault(radicand, ([], []))
                left.append(factor)
                right.append(coefficient)
        return _gather(tuple((radicand, dot(left, right)) for radicand, (left, right) in parts.items()))

    def __add__(self, other: RadicalSum) -> RadicalSum:
        """Return the sum."""
        return _gather(self.terms + other.terms)

    def __neg__(self) -> RadicalSum:
        """Return the negative."""
        return RadicalSum(tuple((radicand, -coefficient) for radicand, coefficient in self.terms))

    def __sub__(self, other: RadicalSum) -> RadicalSum:
        """Return the difference."""
        return self + -other

    def __mul__(self, other: RadicalSum) -> RadicalSum:
        """Return the product."""
        return _gather(tuple((p * q, a * b) for p, a in self.terms for q, b in other.terms))

    def scaled(self, factor: Fraction) -> RadicalSum:
        """Return a rational multiple."""
        return RadicalSum(tuple((q, a * factor) for q, a in self.terms)) if factor else RadicalSum()

    def inverse(self) -> RadicalSum | None:
        """Return 1 divided by the number; None when the square roots generate more than 64 classes. ZeroDivisionError for 0.

        >>> (RadicalSum.root(Fraction(2)) + RadicalSum.rational(1)).inverse()
        RadicalSum(terms=((1, Fraction(-1, 1)), (2, Fraction(1, 1))))
        """
        if not self.terms:
            raise ZeroDivisionError("the number 0 has no inverse")
        classes = _closed_classes(tuple(radicand for radicand, _ in self.terms))
        if classes is None:
            return None
        columns = [_coordinates(self * RadicalSum(((radicand, Fraction(1)),)), classes) for radicand in classes]
        answer = solve(tuple(zip(*columns, strict=True)), [Fraction(int(radicand == 1)) for radicand in classes])
        if answer is None:
            raise ArithmeticError("a non-zero element of a field has no inverse")
        return RadicalSum(tuple((q, a) for q, a in zip(classes, answer, strict=True) if a))

    def as_fraction(self) -> Fraction | None:
        """Return the value when it is rational, else None."""
        if not self.terms:
            return Fraction(0)
        return self.terms[0][1] if len(self.terms) == 1 and self.terms[0][0] == 1 else None

    def enclose(self, bits: int) -> tuple[Fraction, Fraction]:
        """Return rational bounds at most (number of terms) * max |coefficient| / 2^bits apart."""
        low = high = Fraction(0)
        for radicand, coefficient in self.terms:
            ends = [coefficient * Fraction(root, 1 << bits) for root in scaled_root(radicand, bits)]
            low += min(ends)
            high += max(ends)
        return low, high

    def sign(self) -> int:
        """Return -1, 0 or 1, exactly."""
        if not self.terms:
            return 0
        bits = 64
        while True:
            low, high = self.enclose(bits)
            if low > 0:
                return 1
            if high < 0:
                return -1
            bits *= 2


def _gather(terms: tuple[tuple[int, Fraction], ...]) -> RadicalSum:
    """Add up the terms of equal square class, each class under its smallest radicand, squares as rational numbers."""
    check()
    classes: dict[int, Fraction] = {}
    for radicand, coefficient in sorted((term for term in terms if term[1]), key=itemgetter(0)):
        reduced, factor = _strip(radicand)
        if factor != 1:
            coefficient *= factor
        if reduced in classes:
            classes[reduced] += coefficient
            continue
        for known in classes:
            common = integer_root(known * reduced)
            if common is not None:
                classes[known] += coefficient * Fraction(common, known)
                break
        else:
            classes[reduced] = coefficient
    return RadicalSum(tuple((q, a) for q, a in sorted(classes.items()) if a))


@lru_cache(maxsize=4096)
def _strip(radicand: int) -> tuple[int, int]:
    """Take out the whole root of a perfect square and small square factors (which keeps radicands short)."""
    root = integer_root(radicand)
    if root is not None:
        return 1, root
    factor = 1
    for prime in (2, 3, 5, 7, 11, 13):
        while radicand % (prime * prime) == 0:
            radicand //= prime * prime
            factor *= prime
    return radicand, factor


def _coordinates(value: RadicalSum, classes: tuple[int, ...]) -> list[Fraction]:
    """Write a sum of square roots in the roots of the given radicands, whose square classes have to include its own."""
    column = [Fraction(0)] * len(classes)
    for radicand, coefficient in value.terms:
        for k, known in enumerate(classes):
            common = integer_root(known * radicand)
            if common is not None:
                column[k] += coefficient * Fraction(common, known)
                break
        else:
            raise ArithmeticError("a square class is missing")
    return column


def _closed_classes(radicands: tuple[int, ...]) -> tuple[int, ...] | None:
    """Return the radicands that products of square roots lead to, ascending, 1 among them; None when there are too many."""
    known: tuple[RadicalSum, ...] = (RadicalSum.rational(1),)
    for radicand in radicands:
        factor = RadicalSum(((radicand, Fraction(1)),))
        if any((factor * other).as_fraction() is not None for other in known):
            continue
        products = sorted((factor * other).terms[0][0] for other in known)
        known += tuple(RadicalSum(((product, Fraction(1)),)) for product in products)
        if len(known) > MOST_CLASSES:
            return None
    return tuple(sorted(other.terms[0][0] for other in known))
