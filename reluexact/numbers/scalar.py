"""Real numbers with arithmetic: an enclosure with rational ends, and the exact value where it is a sum of square roots.

Signs are decided by the enclosure, or exactly, or not at all (:class:`Undecided`); never by a tolerance.

Inside, a rational number is one of flint's, and the ends of an enclosure are integers, multiples of 2^-bits: sums are exact, and
products are rounded outward by one shift. Ends become Fractions when somebody asks for them. (Balls with a midpoint and a radius
are no faster, and a product of wide balls is wider than the set of products.)
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from reluexact.numbers.ends import Ends, around, product, quotient_product
from reluexact.numbers.radicals import RadicalSum

BITS = 192
"""Relative accuracy to which results of inexact operations are rounded outward, unless the operands are finer."""

_ZERO = fmpq(0)


class Undecided(ArithmeticError):
    """A number is enclosed by an interval around 0, and nothing says whether it is 0; a finer enclosure may help."""


class Scalar:
    """A real number in ``[low, high]``; ``exact`` is its value as a sum of square roots when it is known to be an irrational one.

    A rational number has ``low == high``. bits: the fineness (multiples of 2^-bits) that results are rounded outward to.

    Scalars are never changed. Either ``_value`` is the number, or ``_down`` and ``_up`` are the ends in multiples of 2^-bits, or
    only ``_low`` and ``_high`` are known (an enclosure from outside that is not on this grid).

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

    __slots__ = ("_bits", "_down", "_exact", "_high", "_low", "_up", "_value")

    _value: fmpq | None
    _down: int | None
    _up: int
    _low: Fraction | None
    _high: Fraction | None
    _exact: RadicalSum | None
    _bits: int

    @staticmethod
    def of(value: Fraction | int | RadicalSum, bits: int = BITS) -> Scalar:
        """Return an exactly known number."""
        if isinstance(value, RadicalSum):
            rational = value.as_fraction()
            if rational is None:
                return _grid(*around(value, bits), bits, value)
            value = rational
        number = _point(fmpq(value.numerator, value.denominator), bits)
        if isinstance(value, Fraction):
            number._low = number._high = value
        return number

    @staticmethod
    def enclosed(low: Fraction, high: Fraction, bits: int = BITS) -> Scalar:
        """Return a number of which only an enclosure is known."""
        if low == high:
            return Scalar.of(low, bits)
        number = _interval(None, 0, bits, None)
        number._low, number._high = low, high
        p, q = low.denominator, high.denominator
        if not p & (p - 1) and not q & (q - 1) and max(p, q).bit_length() <= bits + 1:
            number._down, number._up = (low.numerator << bits) // p, (high.numerator << bits) // q
        return number

    @property
    def low(self) -> Fraction:
        """Return the lower end."""
        if self._low is None:
            self._fill()
        return self._low  # type: ignore[return-value]

    @property
    def high(self) -> Fraction:
        """Return the upper end."""
        if self._high is None:
            self._fill()
        return self._high  # type: ignore[return-value]

    @property
    def exact(self) -> RadicalSum | None:
        """Return the value as a sum of square roots when it is known to be an irrational one."""
        return self._exact

    @property
    def bits(self) -> int:
        """Return the fineness that results are rounded outward to."""
        return self._bits

    @property
    def rational(self) -> Fraction | None:
        """Return the value when it is known to be rational, else None."""
        return None if self._value is None else self.low

    @property
    def radical(self) -> RadicalSum | None:
        """Return the exact value when it is known, else None."""
        return self._exact if self._value is None else RadicalSum.rational(self.low)

    @property
    def middle(self) -> Fraction:
        """Return the middle of the enclosure."""
        if self._value is not None:
            return self.low
        return (self.low + self.high) / 2 if self._down is None else Fraction(self._down + self._up, 2 << self._bits)

    @property
    def is_zero(self) -> bool:
        """Say whether the number is known to be 0 without a look at square roots."""
        return self._value is not None and not self._value

    def sign(self) -> int:
        """Return -1, 0 or 1, proved; raises :class:`Undecided` otherwise."""
        if self._value is not None:
            return (1 if self._value > _ZERO else -1) if self._value else 0
        low, high = (self.low.numerator, self.high.numerator) if self._down is None else (self._down, self._up)
        if low > 0:
            return 1
        if high < 0:
            return -1
        if self._exact is None:
            raise Undecided(f"a number in [{float(self.low):.6g}, {float(self.high):.6g}] may be 0")
        return self._exact.sign()

    def _fill(self) -> None:
        """Write the ends as Fractions."""
        if self._value is not None:
            self._low = self._high = Fraction(int(self._value.p), int(self._value.q))
        elif self._down is not None:
            self._low, self._high = Fraction(self._down, 1 << self._bits), Fraction(self._up, 1 << self._bits)

    def __eq__(self, other: object) -> bool:
        """Compare enclosures, exact values and fineness (not the numbers: these may be unknown)."""
        if not isinstance(other, Scalar):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self) -> int:
        """Hash what is compared."""
        return hash(self._parts())

    def _parts(self) -> tuple[object, ...]:
        if self._down is None:
            return self.low, self.high, self._exact, self._bits
        return self._down, self._up, self._exact, self._bits, None

    def __repr__(self) -> str:
        """Show all that is known."""
        return f"Scalar(low={self.low!r}, high={self.high!r}, exact={self._exact!r}, bits={self._bits})"

    def __neg__(self) -> Scalar:
        """Return the negative."""
        if self._value is not None:
            return _point(-self._value, self._bits)
        exact = None if self._exact is None else -self._exact
        if self._down is None:
            number = _interval(None, 0, self._bits, exact)
            number._low, number._high = -self.high, -self.low
            return number
        return _interval(-self._up, -self._down, self._bits, exact)

    def __add__(self, other: Scalar) -> Scalar:
        """Return the sum."""
        bits = self._bits if self._bits >= other._bits else other._bits
        if self._value is not None and other._value is not None:
            return _point(self._value + other._value, bits)
        if self._is_known() and other._is_known():
            return Scalar.of(_known(self) + _known(other), bits)
        if self._down is not None and other._down is not None:
            first, second = bits - self._bits, bits - other._bits
            return _grid((self._down << first) + (other._down << second), (self._up << first) + (other._up << second), bits)
        (a, p, b, q), (c, r, d, s) = _ends(self), _ends(other)
        return _rounded(a * r + c * p, p * r, b * s + d * q, q * s, bits)

    def __sub__(self, other: Scalar) -> Scalar:
        """Return the difference."""
        if self._value is not None and other._value is not None:
            return _point(self._value - other._value, self._bits if self._bits >= other._bits else other._bits)
        if self._down is None or other._down is None or self._bits != other._bits or (self._is_known() and other._is_known()):
            return self + -other
        return _grid(self._down - other._up, self._up - other._down, self._bits)

    def __mul__(self, other: Scalar) -> Scalar:
        """Return the product."""
        bits = self._bits if self._bits >= other._bits else other._bits
        if self._value is not None and other._value is not None:
            return _point(self._value * other._value, bits)
        if self.is_zero or other.is_zero:
            return _point(_ZERO, bits)
        if self._is_known() and other._is_known():
            return Scalar.of(_known(self) * _known(other), bits)
        if self._down is None or other._down is None or self._bits != other._bits:
            return _rational_multiple(self, other, bits) or _rounded(*quotient_product(_ends(self), _ends(other)), bits)
        low, high = product(self._down, self._up, other._down, other._up)
        return _grid(low >> bits, -(-high >> bits), bits)

    def __truediv__(self, other: Scalar) -> Scalar:
        """Return the quotient; raises ZeroDivisionError for a divisor 0 and Undecided for one that may be 0."""
        if other.sign() == 0:
            raise ZeroDivisionError("division by the number 0")
        if other._value is not None:
            return self * _point(1 / other._value, other._bits)
        if other._exact is not None and self._is_known():
            inverse = other._exact.inverse()
            if inverse is not None:
                return self * Scalar.of(inverse, other._bits)
        bits = self._bits if self._bits >= other._bits else other._bits
        a, p, b, q = _ends(other)
        while a <= 0 <= b:  # the sign is known exactly, so a finer enclosure of the divisor exists
            bits *= 2
            low, high = (other._exact or RadicalSum()).enclose(bits)
            a, p, b, q = low.numerator, low.denominator, high.numerator, high.denominator
        inverse_ends = (q, b, p, a) if a > 0 else (-q, -b, -p, -a)
        return _rounded(*quotient_product(_ends(self), inverse_ends), bits)

    def _is_known(self) -> bool:
        return self._exact is not None or self._value is not None


_new = Scalar.__new__


def _point(value: fmpq, bits: int) -> Scalar:
    """Return a rational number."""
    number = _new(Scalar)
    number._value, number._bits = value, bits
    number._down = number._exact = number._low = number._high = None
    return number


def _interval(down: int | None, up: int, bits: int, exact: RadicalSum | None) -> Scalar:
    """Return the number between two different multiples of 2^-bits."""
    number = _new(Scalar)
    number._down, number._up, number._bits, number._exact = down, up, bits, exact
    number._value = number._low = number._high = None
    return number


def _grid(down: int, up: int, bits: int, exact: RadicalSum | None = None) -> Scalar:
    """Return the number between two multiples of 2^-bits, which may be equal."""
    return _interval(down, up, bits, exact) if down != up else _point(fmpq(down, 1 << bits), bits)


def _known(number: Scalar) -> RadicalSum:
    """Return the value of a number that is exactly known."""
    return number._exact or RadicalSum.rational(number.low)


def _ends(number: Scalar) -> Ends:
    """Return numerator and denominator of the lower end, then of the upper end."""
    if number._down is not None:
        return number._down, 1 << number._bits, number._up, 1 << number._bits
    low, high = number.low, number.high
    return low.numerator, low.denominator, high.numerator, high.denominator


def _rational_multiple(left: Scalar, right: Scalar, bits: int) -> Scalar | None:
    """Return the product of a rational number and one between multiples of 2^-bits; None for any other pair."""
    inner, factor = (right, left) if left._value is not None else (left, right)
    if factor._value is None or inner._down is None or inner._bits != bits:
        return None
    over, under = factor.low.numerator, factor.low.denominator
    low, high = (inner._down, inner._up) if over > 0 else (inner._up, inner._down)
    return _grid(low * over // under, -(-high * over // under), bits)


def _rounded(low: int, low_over: int, high: int, high_over: int, bits: int) -> Scalar:
    """Return the enclosure [low / low_over, high / high_over], rounded outward to multiples of 2^-bits."""
    return _grid((low << bits) // low_over, -((-high << bits) // high_over), bits)
