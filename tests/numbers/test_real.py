"""Reals: rational ends, proved digits, exact comparisons, and honest limits."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from math import isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.errors import LimitReached
from reluexact.numbers.arithmetic import Combination
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import MAX_DIGITS, Real

fractions = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6)


def known(*values):
    """Return the origin of the sum of some numbers."""
    return Combination(tuple((Fraction(1), value) for value in values))


def root(number, radical=False):
    if radical:
        return Real.of_radical(RadicalSum.root(Fraction(number)))
    return Real(low=Fraction(isqrt(number)), high=Fraction(isqrt(number) + 1), origin=known(root(number, radical=True)))


def rounded(value, digits):
    """Round by the decimal module."""
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


@given(fractions, st.integers(1, 30))
def test_decimals_of_rationals_are_rounded_correctly(value, digits):
    text = Real.rational(value).decimal(digits)
    assert Decimal(text) == rounded(value, digits)


@given(st.integers(-99, 99), st.integers(1, 4), st.sampled_from([Fraction(1, 10**12), Fraction(10**12), Fraction(1)]))
def test_ties_are_rounded_to_even(number, digits, scale):
    value = Fraction(2 * number + 1, 2) * scale
    assert Decimal(Real.rational(value).decimal(digits)) == rounded(value, digits)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        ("0", 5, "0"),
        ("1/3", 5, "0.33333"),
        ("-2/3", 3, "-0.667"),
        ("999999/1000000", 3, "1.00"),
        ("9995", 3, "1000" + "0"),
        ("123456", 3, "123000"),
        ("1/1000", 3, "0.00100"),
        ("5/2", 1, "2"),
        ("7/2", 1, "4"),
        ("-5/2", 1, "-2"),
        ("1/10000000000", 3, "1.00e-10"),
        ("1/8", 3, "0.125"),
    ],
)
def test_texts(value, digits, text):
    assert Real.rational(Fraction(value)).decimal(digits) == text


@pytest.mark.parametrize("radical", [False, True])
@pytest.mark.parametrize("number", [2, 3, 10**9 + 7, 99])
@pytest.mark.parametrize("digits", [1, 20, 200])
def test_decimals_of_roots(number, digits, radical):
    context = Context(prec=digits + 40)
    expected = Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(context.sqrt(Decimal(number)))
    assert Decimal(root(number, radical).decimal(digits)) == expected


def test_a_number_of_zero_digits_is_refused():
    with pytest.raises(ValueError, match="from 1 to"):
        Real.rational(1).decimal(0)


@given(fractions, fractions)
def test_rationals_compare_like_fractions(a, b):
    real = Real.rational(a)
    assert (real < b, real <= b, real > b, real >= b, real == b, real != b) == (a < b, a <= b, a > b, a >= b, a == b, a != b)
    assert real.compare(b) == (a > b) - (a < b)
    assert hash(real) == hash(a)
    assert (real == Real.rational(b)) == (a == b)


@pytest.mark.parametrize("radical", [False, True])
def test_roots_compare_exactly(radical):
    real = root(2, radical)
    near = Fraction(isqrt(2 * 10**200), 10**100)  # 100 decimals of it, rounded down
    assert real > near
    assert real >= near
    assert real < near + Fraction(1, 10**100)
    assert real != near
    assert (real == near) is False
    assert real > 1
    assert real < 2


def test_a_radical_that_is_rational_is_known_to_be():
    four = Real.of_radical(RadicalSum.root(Fraction(2)) * RadicalSum.root(Fraction(8)))
    assert four.is_rational
    assert four == 4
    assert repr(four) == "4"
    assert not root(2, radical=True).is_rational


@pytest.mark.parametrize("radical", [False, True])
def test_refined_encloses_the_same_number(radical):
    real = root(7, radical)
    finer = real.refined(60)
    assert finer.high - finer.low <= Fraction(1, 10**60)
    assert real.low <= finer.low <= finer.high <= real.high
    assert finer.low**2 <= 7 <= finer.high**2
    assert finer.refined(10) is finer


def test_limits_are_errors_not_guesses():
    loose = Real(low=Fraction(1), high=Fraction(2))
    with pytest.raises(LimitReached, match="only known to lie"):
        loose.decimal(3)
    with pytest.raises(LimitReached, match="only known to lie"):
        assert loose == Fraction(3, 2)
    assert loose > 0
    assert loose < 3
    assert (loose == 5) is False
    with pytest.raises(LimitReached, match=str(2 * MAX_DIGITS)):
        root(2).refined(2 * MAX_DIGITS + 1)
    # a number whose bounds always meet the target can never decide
    opposite = Real(low=Fraction(-2), high=Fraction(-1), origin=Combination(((Fraction(-1), root(2, radical=True)),)))
    meets = Real(low=Fraction(1), high=Fraction(3), origin=known(Real.rational(2), root(2), opposite))
    assert meets.low < 2 < meets.high
    with pytest.raises(LimitReached):
        meets.compare(2)


def test_reals_with_equal_bounds_are_equal():
    first, second = Real(low=Fraction(1), high=Fraction(2)), root(2)
    assert first == second
    assert hash(first) == hash(second)
    assert first != Real(low=Fraction(1), high=Fraction(3))
    assert (first == "1") is False


def test_shown_with_proved_digits_and_dots():
    assert repr(Real.rational(Fraction(-9, 10))) == "-9/10"
    assert repr(root(2, radical=True)) == "1.4142135623730950488..."
    assert repr(Real(low=Fraction(1), high=Fraction(2))) == "[1, 2]"
    assert repr(Real(low=Fraction(14, 10), high=Fraction(142, 100))) == "1.4..."


def test_a_float_only_on_request():
    assert float(root(2, radical=True)) == pytest.approx(2**0.5, rel=1e-15)
    with pytest.raises(TypeError, match="the float 0.5 is not exact"):
        root(2) + 0.5
    with pytest.raises(FrozenInstanceError):
        Real.rational(1).low = Fraction(2)


def test_the_ends_of_what_is_not_known_better_are_told_apart():
    third = Real(low=Fraction(1, 3) - Fraction(1, 10**30), high=Fraction(1, 3))
    ends = re.escape("[0.33333333333333333333333333333233, 0.33333333333333333333333333333334]")
    with pytest.raises(LimitReached, match=f"{ends}; for more decimals, find it again and ask for them there"):
        third.decimal(60)
    with pytest.raises(LimitReached, match="only known to lie in "):
        Real(low=Fraction(-(10**8)), high=Fraction(9 * 10**500)).decimal(3)
