"""Real numbers that are known exactly: rational ends, any number of digits on demand, never silently a float."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Protocol

from reluexact.errors import LimitReached
from reluexact.exact.radicals import RadicalSum

MAX_DIGITS = 5_000


class Refinable(Protocol):
    """Something that can enclose a number as tightly as asked."""

    def enclose(self, digits: int) -> tuple[Fraction, Fraction]:
        """Return rational bounds at most 10^-digits apart."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Real:
    """A real number between the rationals ``low`` and ``high`` (equal when it is known to be rational).

    radical: the exact value as a sum of square roots, when it is one. source: computes more digits.

    >>> third = Real.rational(Fraction(1, 3))
    >>> third, third.decimal(5), third > 0, third == Fraction(1, 3)
    (1/3, '0.33333', True, True)
    >>> Real.of_radical(RadicalSum.root(Fraction(2))).decimal(30)
    '1.41421356237309504880168872421'
    """

    low: Fraction
    high: Fraction
    radical: RadicalSum | None = field(default=None, compare=False)
    source: Refinable | None = field(default=None, compare=False)

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

    @property
    def is_rational(self) -> bool:
        """Say whether the number is known to be rational."""
        return self.low == self.high

    def refined(self, digits: int) -> Real:
        """Return the same number with bounds at most 10^-digits apart; LimitReached when nothing can compute them."""
        goal = Fraction(1, 10**digits)
        if self.high - self.low <= goal:
            return self
        if digits > MAX_DIGITS:
            raise LimitReached(f"{digits} digits were asked for; the limit is {MAX_DIGITS}", count=digits, limit=MAX_DIGITS)
        if self.radical is not None:
            bits = 64
            while True:
                low, high = self.radical.enclose(bits)
                if high - low <= goal:
                    return replace(self, low=low, high=high)
                bits *= 2
        if self.source is None:
            raise LimitReached(f"this number is only known to lie in [{self.low}, {self.high}]")
        low, high = self.source.enclose(digits)
        return replace(self, low=max(low, self.low), high=min(high, self.high))

    def decimal(self, digits: int = 20) -> str:
        """Return the number rounded to ``digits`` significant digits, every digit proved.

        An exact tie (which only a rational number can have) is rounded to the even digit.
        """
        if digits < 1:
            raise ValueError(f"digits must be at least 1, not {digits}")
        if self.is_rational:
            return _rounded(self.low, digits)
        extra = 2
        while True:
            better = self.refined(_decimals(self, digits) + extra)
            low, high = _rounded(better.low, digits), _rounded(better.high, digits)
            if low == high:
                return low
            extra *= 2

    def compare(self, other: Fraction | int) -> int:
        """Return the sign of ``self - other``, proved; LimitReached if no number of digits within reach decides."""
        target = Fraction(other)
        if self.radical is not None:
            return (self.radical - RadicalSum.rational(target)).sign()
        current, digits = self, 20
        while current.low <= target <= current.high:
            digits *= 2
            current = self.refined(digits)
        return 1 if current.low > target else -1

    def __lt__(self, other: Fraction | int) -> bool:
        """Decide exactly."""
        return self.compare(other) < 0

    def __le__(self, other: Fraction | int) -> bool:
        """Decide exactly."""
        return self.compare(other) <= 0

    def __gt__(self, other: Fraction | int) -> bool:
        """Decide exactly."""
        return self.compare(other) > 0

    def __ge__(self, other: Fraction | int) -> bool:
        """Decide exactly."""
        return self.compare(other) >= 0

    def __eq__(self, other: object) -> bool:
        """Compare with a rational exactly; two Reals are equal when their bounds are."""
        if isinstance(other, Real):
            return (self.low, self.high) == (other.low, other.high)
        if isinstance(other, int | Fraction):
            return self.low <= other <= self.high and self.compare(other) == 0
        return NotImplemented

    def __hash__(self) -> int:
        """Hash a rational like the equal Fraction."""
        return hash(self.low) if self.is_rational else hash((self.low, self.high))

    def __float__(self) -> float:
        """Round to a float, on explicit request only."""
        return float((self.low + self.high) / 2)

    def __repr__(self) -> str:
        """Show a rational exactly and anything else with the digits that are proved (20 at most), then dots."""
        if self.is_rational:
            return str(self.low)
        for digits in range(20, 0, -1):
            low, high = _rounded(self.low, digits), _rounded(self.high, digits)
            if low == high:
                return low + "..."
        return f"[{float(self.low):.6g}, {float(self.high):.6g}]"


def _decimals(value: Real, digits: int) -> int:
    """Return how many decimals ``digits`` significant digits of the number are."""
    size = max(abs(value.low), abs(value.high))
    if not size:
        return digits
    magnitude = len(str(size.numerator)) - len(str(size.denominator))
    return max(digits - magnitude + 1, 0)


def _rounded(value: Fraction, digits: int) -> str:
    """Round half to even at ``digits`` significant digits, without exponent notation for usual sizes."""
    if not value:
        return "0"
    size = abs(value)
    exponent = len(str(size.numerator)) - len(str(size.denominator))
    if size < Fraction(10) ** exponent:
        exponent -= 1
    shift = digits - 1 - exponent
    number = round(size * Fraction(10) ** shift)
    text = str(number)
    if len(text) > digits:
        number, shift = number // 10, shift - 1
        text = str(number)
    sign = "-" if value < 0 else ""
    if shift <= 0:
        return sign + text + "0" * -shift
    if shift > digits + 6:
        mantissa = text[0] + ("." + text[1:] if text[1:] else "")
        return f"{sign}{mantissa}e-{shift - len(text) + 1}"
    text = text.rjust(shift + 1, "0")
    return f"{sign}{text[:-shift]}.{text[-shift:]}"
