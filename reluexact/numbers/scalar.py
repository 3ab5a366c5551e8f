"""Real numbers with arithmetic: an enclosure with rational ends, and the exact value where it is a sum of square roots.

Signs are decided by the enclosure, or exactly, or not at all (:class:`Undecided`); never by a tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import isqrt

from reluexact.numbers.radicals import RadicalSum

BITS = 192
"""Relative accuracy to which results of inexact operations are rounded outward, unless the operands are finer."""


Ends = tuple[int, int, int, int]


class Undecided(ArithmeticError):
    """A number is enclosed by an interval around 0, and nothing says whether it is 0; a finer enclosure may help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A real number in ``[low, high]``; ``exact`` is its value as a sum of square roots when it is known to be one.

    A rational number has ``low == high``. bits: the fineness (multiples of 2^-bits) that results are rounded outward to.

    >>> two = Scalar.of(RadicalSum.root(Fraction(2)))
    >>> (two * two - Scalar.of(2)).sign(), (two - Scalar.of(Fraction(7, 5))).sign(), (Scalar.of(1) / two * two).rational
    (0, 1, Fraction(1, 1))
    >>> (Scalar.enclosed(Fraction(0), Fraction(1)) - Scalar.of(2)).sign()
    -1
    >>> Scalar.enclosed(Fraction(-1), Fraction(1)).sign()
    Traceback (most recent call last):
    ...
    reluexact.numbers.scalar.Undecided: a number in [-1, 1] may be 0
    """

    low: Fraction
    high: Fraction
    exact: RadicalSum | None = None
    bits: int = BITS

    @staticmethod
    def of(value: Fraction | int | RadicalSum, bits: int = BITS) -> Scalar:
        """Return an exactly known number."""
        if isinstance(value, RadicalSum):
            rational = value.as_fraction()
            if rational is None:
                low, high = _around(value, bits)
                return Scalar(low=low, high=high, exact=value, bits=bits)
            value = rational
        plain = Fraction(value)
        return Scalar(low=plain, high=plain, bits=bits)

    @staticmethod
    def enclosed(low: Fraction, high: Fraction, bits: int = BITS) -> Scalar:
        """Return a number of which only an enclosure is known."""
        return Scalar(low=low, high=high, bits=bits)

    @property
    def rational(self) -> Fraction | None:
        """Return the value when it is known to be rational, else None."""
        return self.low if _is_point(self) else None

    @property
    def radical(self) -> RadicalSum | None:
        """Return the exact value when it is known, else None."""
        return RadicalSum.rational(self.low) if _is_point(self) else self.exact

    @property
    def middle(self) -> Fraction:
        """Return the middle of the enclosure."""
        return self.low if _is_point(self) else (self.low + self.high) / 2

    def sign(self) -> int:
        """Return -1, 0 or 1, proved; raises :class:`Undecided` otherwise."""
        if self.low.numerator > 0:
            return 1
        if self.high.numerator < 0:
            return -1
        if self.low.numerator == self.high.numerator == 0:
            return 0
        if self.exact is None:
            raise Undecided(f"a number in [{float(self.low):.6g}, {float(self.high):.6g}] may be 0")
        return self.exact.sign()

    def __neg__(self) -> Scalar:
        """Return the negative."""
        if _is_point(self):
            value = -self.low
            return Scalar(low=value, high=value, bits=self.bits)
        return Scalar(low=-self.high, high=-self.low, exact=None if self.exact is None else -self.exact, bits=self.bits)

    def __add__(self, other: Scalar) -> Scalar:
        """Return the sum."""
        bits = max(self.bits, other.bits)
        if _is_point(self) and _is_point(other):
            total = self.low + other.low
            return Scalar(low=total, high=total, bits=bits)
        left, right = self.radical, other.radical
        if left is not None and right is not None:
            return Scalar.of(left + right, bits)
        (a, p, b, q), (c, r, d, s) = _ends(self), _ends(other)
        return _rounded(a * r + c * p, p * r, b * s + d * q, q * s, bits)

    def __sub__(self, other: Scalar) -> Scalar:
        """Return the difference."""
        if _is_point(self) and _is_point(other):
            difference = self.low - other.low
            return Scalar(low=difference, high=difference, bits=max(self.bits, other.bits))
        return self + -other

    def __mul__(self, other: Scalar) -> Scalar:
        """Return the product."""
        bits = max(self.bits, other.bits)
        if _is_point(self) and _is_point(other):
            product = self.low * other.low
            return Scalar(low=product, high=product, bits=bits)
        if not (self.low or self.high) or not (other.low or other.high):
            return Scalar(low=Fraction(0), high=Fraction(0), bits=bits)
        left, right = self.radical, other.radical
        if left is not None and right is not None:
            return Scalar.of(left * right, bits)
        return _rounded(*_product(_ends(self), _ends(other)), bits)

    def __truediv__(self, other: Scalar) -> Scalar:
        """Return the quotient; raises ZeroDivisionError for a divisor 0 and Undecided for one that may be 0."""
        if other.sign() == 0:
            raise ZeroDivisionError("division by the number 0")
        if other.low == other.high:
            return self * Scalar.of(1 / other.low, other.bits)
        if other.exact is not None and self.radical is not None:
            inverse = other.exact.inverse()
            if inverse is not None:
                return self * Scalar.of(inverse, other.bits)
        bits = max(self.bits, other.bits)
        low, high = other.low, other.high
        while low <= 0 <= high:  # the sign is known exactly, so a finer enclosure of the divisor exists
            bits *= 2
            low, high = (other.exact or RadicalSum()).enclose(bits)
        return _rounded(*_product(_ends(self), _ends(Scalar(low=1 / high, high=1 / low))), bits)


@lru_cache(maxsize=4096)
def _root(radicand: int, bits: int) -> tuple[int, int]:
    """Return integers around 2^bits times the square root."""
    square = radicand << 2 * bits
    root = isqrt(square)
    return root, root + (root * root != square)


def _around(value: RadicalSum, bits: int) -> tuple[Fraction, Fraction]:
    """Return multiples of 2^-bits around a sum of square roots, at most (coefficients' sum + number of terms) / 2^bits apart."""
    low = high = 0
    for radicand, coefficient in value.terms:
        below, above = _root(radicand, bits)
        over, under = coefficient.numerator, coefficient.denominator
        low += over * (below if over > 0 else above) // under
        high -= -over * (above if over > 0 else below) // under
    return Fraction(low, 1 << bits), Fraction(high, 1 << bits)


def _is_point(number: Scalar) -> bool:
    """Say whether an enclosure is one rational number."""
    low, high = number.low, number.high
    return low is high or (low.numerator == high.numerator and low.denominator == high.denominator)


def _ends(number: Scalar) -> Ends:
    """Return numerator and denominator of the lower end, then of the upper end."""
    low, high = number.low, number.high
    return low.numerator, low.denominator, high.numerator, high.denominator


def _product(left: Ends, right: Ends) -> Ends:
    """Return the ends of the interval of all products, not reduced."""
    (a, p, b, q), (c, r, d, s) = left, right
    if a >= 0 and c >= 0:
        return a * c, p * r, b * d, q * s
    if a >= 0 and d <= 0:
        return b * c, q * r, a * d, p * s
    if b <= 0 and c >= 0:
        return a * d, p * s, b * c, q * r
    if b <= 0 and d <= 0:
        return b * d, q * s, a * c, p * r
    ends = [Fraction(x * y, u * v) for x, u in ((a, p), (b, q)) for y, v in ((c, r), (d, s))]
    low, high = min(ends), max(ends)
    return low.numerator, low.denominator, high.numerator, high.denominator


def _rounded(low: int, low_over: int, high: int, high_over: int, bits: int) -> Scalar:
    """Return the enclosure [low / low_over, high / high_over], rounded outward to multiples of 2^-bits."""
    scale = 1 << bits
    return Scalar(
        low=Fraction((low << bits) // low_over, scale), high=Fraction(-((-high << bits) // high_over), scale), bits=bits
    )


ScalarVector = tuple[Scalar, ...]


def scalar_dot(left: ScalarVector, right: ScalarVector) -> Scalar:
    """Return the inner product of two vectors of equal length.

    >>> scalar_dot((Scalar.of(1), Scalar.of(2)), (Scalar.of(3), Scalar.of(4))).rational
    Fraction(11, 1)
    """
    total = Scalar.of(0)
    for a, b in zip(left, right, strict=True):
        if (a.low or a.high) and (b.low or b.high):
            total = total + a * b
    return total
