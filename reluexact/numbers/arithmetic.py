"""Sums, products and quotients of reals: exact where both are, else an enclosure that gets finer as its operands do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from numbers import Rational
from typing import Protocol

from reluexact.numbers.arrays import is_numpy, is_truth_value
from reluexact.numbers.formats import Number
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.rational import to_fraction

Ends = tuple[Fraction, Fraction]


class Operand(Number, Protocol):
    """What a real number has to offer to be computed with."""

    @property
    def radical(self) -> RadicalSum | None:
        """Return the exact value when it is a sum of square roots."""

    @property
    def origin(self) -> object | None:
        """Return the record from which more digits come."""

    def refined(self, digits: int) -> Operand:
        """Return the same number with bounds at most 10^-digits apart."""

    def compare(self, other: int) -> int:
        """Return the sign of the difference, proved."""


Term = tuple[Fraction, Operand]


@dataclass(frozen=True, slots=True)
class Combination:
    """The origin of the number ``sum factor * value``."""

    terms: tuple[Term, ...]

    def enclosed(self, digits: int) -> Ends:
        """Return bounds at most 10^-digits apart, from as many digits of the terms as that takes."""
        size = sum((abs(factor) for factor, _ in self.terms), Fraction(0))
        more = digits + len(str(int(size) + 1))
        return bounds([(factor, value.refined(more)) for factor, value in self.terms])


def bounds(terms: Iterable[Term]) -> Ends:
    """Return the ends of ``sum factor * value``."""
    low = high = Fraction(0)
    for factor, value in terms:
        ends = factor * value.low, factor * value.high
        low, high = low + min(ends), high + max(ends)
    return low, high


@dataclass(frozen=True, slots=True)
class Operation:
    """The origin of the number ``left symbol right``; the symbol is one of ``+ - * /``."""

    symbol: str
    left: Operand
    right: Operand

    def enclosed(self, digits: int) -> Ends:
        """Return bounds at most 10^-digits apart, from as many digits of the operands as that takes."""
        goal, more = Fraction(1, 10**digits), digits + 2
        while True:
            ends = _ends(self.symbol, self.left.refined(more), self.right.refined(more))
            if ends is not None and ends[1] - ends[0] <= goal:
                return ends
            more *= 2

    def result(self) -> RadicalSum | Combination | Ends:
        """Return the exact result, what it is a combination of, or bounds of it; ZeroDivisionError for a divisor that is 0."""
        if self.symbol == "/" and self.right.compare(0) == 0:
            raise ZeroDivisionError("division by the number 0")
        if self.left.radical is not None and self.right.radical is not None:
            exact = _EXACT[self.symbol](self.left.radical, self.right.radical)
            if exact is not None:
                return exact
        flat = self._flat()
        if flat is not None:
            return flat if flat.terms else RadicalSum()
        if self.symbol in "*/" and any(number.low == number.high == 0 for number in (self.left, self.right)):
            return RadicalSum()
        right, digits = self.right, 20
        while (ends := _ends(self.symbol, self.left, right)) is None:
            right, digits = right.refined(digits), 2 * digits
        return ends

    def _flat(self) -> Combination | None:
        """Return a sum, a difference or a multiple as one combination, so that long sums are not deep; else None."""
        one = Fraction(1)
        if self.symbol in "+-":
            return _combined(self.left, one, self.right, one if self.symbol == "+" else -one)
        for inner, outer in ((self.left, self.right), (self.right, self.left)):
            if outer.low == outer.high and (self.symbol == "*" or outer is self.right):
                return _combined(inner, outer.low if self.symbol == "*" else 1 / outer.low)
        return None


def _combined(first: Operand, factor: Fraction, second: Operand | None = None, other: Fraction | None = None) -> Combination:
    """Gather the terms of one or two numbers; what is the same object counts once."""
    gathered: dict[int, Term] = {}
    for number, weight in ((first, factor), (second, other)):
        if number is None or weight is None:
            continue
        origin = number.origin if number.radical is None else None
        for share, value in origin.terms if isinstance(origin, Combination) else ((Fraction(1), number),):
            total = gathered.get(id(value), (Fraction(0), value))[0] + weight * share
            gathered[id(value)] = (total, value)
    return Combination(tuple(term for term in gathered.values() if term[0]))


def operand(value: object) -> Fraction | None:
    """Return the rational number of an operand; None for what is no number, TypeError for a float, which says why.

    >>> operand(3), operand("3"), operand(Decimal("0.5"))
    (Fraction(3, 1), None, Fraction(1, 2))
    """
    if is_truth_value(value):
        return None
    if isinstance(value, float) or is_numpy(value, "floating"):
        text = "is not exact; write Fraction or Decimal for it, or take float() of the other number"
        raise TypeError(f"the float {value} {text}")
    if isinstance(value, Rational | Decimal):
        return to_fraction(value)
    return None


def _ends(symbol: str, left: Operand, right: Operand) -> Ends | None:
    """Return bounds from those of the operands; None where a divisor may be 0."""
    a, b, c, d = left.low, left.high, right.low, right.high
    if symbol == "+":
        return a + c, b + d
    if symbol == "-":
        return a - d, b - c
    if symbol == "/":
        if c <= 0 <= d:
            return None
        c, d = 1 / d, 1 / c
    products = (a * c, a * d, b * c, b * d)
    return min(products), max(products)


def _quotient(left: RadicalSum, right: RadicalSum) -> RadicalSum | None:
    inverse = right.inverse()
    return None if inverse is None else left * inverse


_EXACT: dict[str, Callable[[RadicalSum, RadicalSum], RadicalSum | None]] = {
    "+": RadicalSum.__add__,
    "-": RadicalSum.__sub__,
    "*": RadicalSum.__mul__,
    "/": _quotient,
}
