"""Real numbers that are known exactly: rational ends, any number of digits on demand, never silently a float."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import isfinite
from typing import Any

from reluexact.errors import InputError, Limit, LimitReached, Message
from reluexact.numbers.arithmetic import Combination, Operation, bounds, operand
from reluexact.numbers.decimals import ends_text, magnitude, rounded_text
from reluexact.numbers.formats import formatted
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar
from reluexact.public import Formula, public

MAX_DIGITS = 3_000
"""Digits that can be asked for; the weights of a network with that many still fit the limit on the length of numbers."""

CLOSE = Fraction(1, 1 << 64)
SHORT = 10**40
"""Rational numbers with numerator and denominator below this are shown exactly."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Real(Formula):
    """A real number between the rationals ``low`` and ``high`` (equal when it is known to be rational).

    radical: the exact value as a sum of square roots, when it is one. origin: which number of which proof it is, a record from
    which ``rx.refine`` computes more digits.

    >>> third = Real.rational(Fraction(1, 3))
    >>> third, third.decimal(5), third > 0, third == Fraction(1, 3)
    (1/3, '0.33333', True, True)
    >>> f"{third:.3f}", 2 * third + Fraction(1, 3), float(third)
    ('0.333', 1, 0.3333333333333333)
    >>> Real.of_radical(RadicalSum.root(Fraction(2))).decimal(30)
    '1.41421356237309504880168872421'
    """

    low: Fraction
    high: Fraction
    radical: RadicalSum | None = field(default=None, compare=False)
    origin: object | None = field(default=None, compare=False, repr=False)

    @staticmethod
    def rational(value: Fraction | int) -> Real:
        """Return a rational number."""
        exact = Fraction(value)
        return Real(low=exact, high=exact, radical=RadicalSum.rational(exact))

    @staticmethod
    def of_radical(value: RadicalSum, bits: int = 160) -> Real:
        """Return a sum of square roots, enclosed to about ``bits`` bits."""
        exact = value.as_fraction()
        if exact is not None:
            return Real.rational(exact)
        low, high = value.enclose(bits)
        return Real(low=low, high=high, radical=value)

    @staticmethod
    def of_scalar(value: Scalar, origin: object | None = None) -> Real:
        """Return a number of a computation; ``origin`` says where more digits come from."""
        if value.rational is not None:
            return Real.rational(value.rational)
        if value.exact is not None:
            return Real.of_radical(value.exact, value.bits)
        return Real(low=value.low, high=value.high, origin=origin)

    @property
    def scalar(self) -> Scalar:
        """Return the number for computations: exactly, or as finely enclosed as it is here."""
        return Scalar.enclosed(self.low, self.high) if self.radical is None else Scalar.of(self.radical)

    @property
    def closed_form(self) -> Any:
        """Return the exact number as an expression of sympy when it is a sum of square roots, else None."""
        return public("real_expression")(self)

    @property
    def is_rational(self) -> bool:
        """Say whether the number is known to be rational."""
        return self.low == self.high

    def refined(self, digits: int) -> Real:
        """Return the same number with bounds at most 10^-digits apart; LimitReached when nothing can compute them."""
        if not isinstance(digits, int):
            raise InputError(f"digits: {digits!r} is no number of decimals; give an integer")
        stored = self.stored(digits)
        if stored is not None:
            return stored
        finer: Real = public("refine")(self, digits)
        return finer

    def stored(self, digits: int) -> Real | None:
        """Return the number with such bounds when what is stored here gives them, None when its origin has to be asked."""
        goal = Fraction(1, 10**digits)
        if self.high - self.low <= goal:
            return self
        if digits > 2 * MAX_DIGITS:
            stop = Limit(counted="decimals", value=2 * MAX_DIGITS, reached=digits, argument=None)
            raise LimitReached(Message(f"more than {2 * MAX_DIGITS} decimals would be needed", limit=stop))
        if self.radical is not None:
            bits = 64
            while True:
                low, high = self.radical.enclose(bits)
                if high - low <= goal:
                    return replace(self, low=low, high=high)
                bits *= 2
        if self.origin is None:
            known = f"this number is only known to lie in [{ends_text(self.low, self.high)}]"
            raise LimitReached(f"{known}; for more decimals, find it again and ask for them there")
        return None

    def decimal(self, digits: int = 20) -> str:
        """Return the number rounded to ``digits`` significant digits (1 to 3000), every digit proved.

        An exact tie (which only a rational number can have) is rounded to the even digit. Raises InputError for other ``digits``
        and LimitReached for a number that is only known to lie in an interval.
        """
        if isinstance(digits, bool) or not isinstance(digits, int) or not 1 <= digits <= MAX_DIGITS:
            raise InputError(f"digits must be an integer from 1 to {MAX_DIGITS}, not {digits!r}")
        if self.is_rational:
            return rounded_text(self.low, digits)
        extra = 2
        while True:
            better = self.refined(_decimals(self, digits) + extra)
            low, high = rounded_text(better.low, digits), rounded_text(better.high, digits)
            if low == high:
                return low
            extra *= 2

    def as_fraction(self) -> Fraction | None:
        """Return the number when it is known to be rational, else None."""
        return self.low if self.is_rational else None

    @property
    def middle(self) -> Fraction:
        """Return the middle of the bounds, for pictures; nothing is proved of it."""
        return (self.low + self.high) / 2

    def compare(self, other: Fraction | int | Real) -> int:
        """Return the sign of ``self - other``, proved; LimitReached if no number of digits within reach decides."""
        right = _operand(other)
        if right is None:
            raise InputError(f"compare: a {type(other).__name__} is no number; give an integer, a Fraction, a Decimal or a Real")
        if self.radical is not None and right.radical is not None:
            return (self.radical - right.radical).sign()
        left, digits = self, 20
        while left.low <= right.high and right.low <= left.high:
            if left.is_rational and right.is_rational:
                return 0
            left, right = left.refined(digits), right.refined(digits)
            digits *= 2
        return 1 if left.low > right.high else -1

    def __lt__(self, other: object) -> bool:
        """Decide exactly; a float is no exact number and is refused (TypeError)."""
        right = _operand(other)
        return NotImplemented if right is None else self.compare(right) < 0

    def __le__(self, other: object) -> bool:
        """Decide exactly."""
        right = _operand(other)
        return NotImplemented if right is None else self.compare(right) <= 0

    def __gt__(self, other: object) -> bool:
        """Decide exactly."""
        right = _operand(other)
        return NotImplemented if right is None else self.compare(right) > 0

    def __ge__(self, other: object) -> bool:
        """Decide exactly."""
        right = _operand(other)
        return NotImplemented if right is None else self.compare(right) >= 0

    def __eq__(self, other: object) -> bool:
        """Compare exactly with rationals, and of sums of square roots; two other Reals are equal when their bounds are.

        A float counts as the number that the machine stores, as for Fraction.
        """
        if isinstance(other, Real):
            if (self.low, self.high) == (other.low, other.high):
                return True
            overlap = self.low <= other.high and other.low <= self.high
            return overlap and self.radical is not None and other.radical is not None and self.compare(other) == 0
        right = _stored(other) if isinstance(other, float) else _operand(other)
        if right is None:
            return NotImplemented
        return self.low <= right.low <= self.high and self.compare(right) == 0

    def __add__(self, other: object) -> Real:
        """Return the sum; exact where both numbers are rational or sums of square roots, else enclosed, with more on demand."""
        return _result("+", self, other)

    def __radd__(self, other: object) -> Real:
        """Return the sum."""
        return _result("+", other, self)

    def __sub__(self, other: object) -> Real:
        """Return the difference."""
        return _result("-", self, other)

    def __rsub__(self, other: object) -> Real:
        """Return the difference."""
        return _result("-", other, self)

    def __mul__(self, other: object) -> Real:
        """Return the product."""
        return _result("*", self, other)

    def __rmul__(self, other: object) -> Real:
        """Return the product."""
        return _result("*", other, self)

    def __truediv__(self, other: object) -> Real:
        """Return the quotient; ZeroDivisionError for a divisor 0, LimitReached for one that may be 0."""
        return _result("/", self, other)

    def __rtruediv__(self, other: object) -> Real:
        """Return the quotient."""
        return _result("/", other, self)

    def __neg__(self) -> Real:
        """Return the negative."""
        return _result("*", self, -1)

    def __abs__(self) -> Real:
        """Return the absolute value."""
        return self if self.compare(0) >= 0 else -self

    def __hash__(self) -> int:
        """Hash a rational like the equal Fraction, and all others alike: equal ones may have different bounds."""
        return hash(self.low) if self.is_rational else hash(Real)

    def __float__(self) -> float:
        """Return the nearest float, proved to be it; LimitReached for a number that is only known to lie in an interval.

        Where nothing gives more digits, bounds at most 2^-64 apart are enough: then it is the float nearest to their middle.
        """
        value, digits = self, 20
        while (low := float(value.low)) != float(value.high):
            if value.origin is None and value.radical is None and value.high - value.low <= CLOSE:
                return float(value.middle)
            value, digits = value.refined(digits), 2 * digits
        return low

    def __format__(self, spec: str) -> str:
        """Write the number by a format specification such as ``.5f``, correctly rounded."""
        return formatted(self, spec)

    def __repr__(self) -> str:
        """Show a short rational exactly and anything else with the digits that are proved (20 at most), then dots."""
        if self.is_rational and max(abs(self.low.numerator), self.low.denominator) < SHORT:
            return str(self.low)
        for digits in range(20, 0, -1):
            low, high = rounded_text(self.low, digits), rounded_text(self.high, digits)
            if low == high:
                return low + "..."
        return f"[{_short(self.low)}, {_short(self.high)}]"


def _operand(value: object) -> Real | None:
    """Return a number as a Real; None for what is no number."""
    if isinstance(value, Real):
        return value
    rational = operand(value)
    return None if rational is None else Real.rational(rational)


def _stored(value: float) -> Real | None:
    """Return the number that the machine stores for a float; None for infinities and NaN."""
    return Real.rational(Fraction(value)) if isfinite(value) else None


def _result(symbol: str, left: object, right: object) -> Real:
    """Return the result of an operation."""
    first, second = _operand(left), _operand(right)
    if first is None or second is None:
        return NotImplemented  # type: ignore[no-any-return]  # handed on by the operators
    operation = Operation(symbol, first, second)
    result = operation.result()
    if isinstance(result, RadicalSum):
        return Real.of_radical(result)
    if isinstance(result, Combination):
        low, high = bounds(result.terms)
        return Real(low=low, high=high, origin=result)
    return Real(low=result[0], high=result[1], origin=operation)


def _short(value: Fraction) -> str:
    return f"{float(value):.6g}" if abs(value) < SHORT else rounded_text(value, 6)


def _decimals(value: Real, digits: int) -> int:
    """Return how many decimals ``digits`` significant digits of the number are."""
    size = max(abs(value.low), abs(value.high))
    return max(digits - magnitude(size) + 1, 0) if size else digits
