"""Sums of radicals, whose signs are decided exactly, and linear forms with such constants."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from .quantities import ONE, ZERO, Interval, Vector

Constant = dict[int, Fraction]
"""A sum of radicals, ``{q: v}`` for the sum of v sqrt(q): no v is 0, no quotient of two q is a square."""


class Radicals:
    """Square roots of positive integers up to rational factors; roots of different classes are independent over Q."""

    def __init__(self) -> None:
        self.classes = [1]

    def root(self, q: int) -> Constant:
        """Return sqrt(q) as a rational multiple of the root of its class."""
        for known in self.classes:
            product = isqrt(q * known)
            if product**2 == q * known:
                return {known: Fraction(product, known)}
        self.classes.append(q)
        return {q: ONE}

    def times(self, a: Constant, b: Constant) -> Constant:
        """Multiply two sums of radicals."""
        total: Constant = {}
        for p, v in a.items():
            for q, w in b.items():
                total = plus(total, v * w, self.root(p * q))
        return total


def plus(a: Constant, factor: Fraction, b: Constant) -> Constant:
    """Return a + factor b."""
    total = {q: a.get(q, ZERO) + factor * b.get(q, ZERO) for q in {**a, **b}}
    return {q: value for q, value in total.items() if value}


def enclose(constant: Constant, bits: int) -> Interval:
    """Enclose a sum of radicals, each root to 2^-bits."""
    low = high = ZERO
    for q, value in constant.items():
        root = isqrt(q << 2 * bits)
        ends = [value * Fraction(root + up, 1 << bits) for up in ((0, 1) if q > 1 else (0, 0))]
        low, high = low + min(ends), high + max(ends)
    return low, high


def sign_of(constant: Constant) -> int:
    """Return the exact sign: 0 only without any term, otherwise more digits decide it in the end."""
    bits = 64
    while constant:
        low, high = enclose(constant, bits)
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        bits *= 2
    return 0


def lies_in(constant: Constant, box: Interval) -> bool:
    """Decide exactly whether a sum of radicals lies between two rational numbers."""
    return sign_of(plus(constant, -box[0], {1: ONE})) >= 0 and sign_of(plus(constant, -box[1], {1: ONE})) <= 0


@dataclass(frozen=True, slots=True)
class Form:
    """A linear function of (omega, c) with rational coefficients and a sum of radicals as its constant."""

    coefficients: Vector
    constant: Constant

    def plus(self, factor: Fraction, other: Form) -> Form:
        """Return self + factor other."""
        pairs = zip(self.coefficients, other.coefficients, strict=True)
        return Form([a + factor * b if b else a for a, b in pairs], plus(self.constant, factor, other.constant))

    def times(self, factor: Fraction) -> Form:
        """Return factor self."""
        return Form([factor * entry for entry in self.coefficients], plus({}, factor, self.constant))
