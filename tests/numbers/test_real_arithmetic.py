"""Arithmetic, formats and floats of reals, against Python's own numbers and the decimal module."""

from __future__ import annotations

import operator
from decimal import Decimal, localcontext
from fractions import Fraction
from math import isqrt, nextafter, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reluexact as rx
from reluexact.errors import InputError, LimitReached
from reluexact.numbers.arithmetic import Combination
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real

OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)
floats = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e30, max_value=1e30)


def root(number, radical):
    exact = Real.of_radical(RadicalSum.root(Fraction(number)))
    if radical:
        return exact
    low = isqrt(number)
    return Real(low=Fraction(low), high=Fraction(low + 1), origin=Combination(((Fraction(1), exact),)))


@given(fractions, fractions, st.sampled_from(sorted(OPERATIONS)))
def test_rational_numbers_are_computed_like_fractions(a, b, symbol):
    apply = OPERATIONS[symbol]
    if symbol == "/" and not b:
        with pytest.raises(ZeroDivisionError):
            Real.rational(a) / b
        return
    for left, right in ((Real.rational(a), Real.rational(b)), (Real.rational(a), b), (a, Real.rational(b))):
        result = apply(left, right)
        assert isinstance(result, Real)
        assert result.as_fraction() == apply(a, b)


@pytest.mark.parametrize("radical", [False, True])
@pytest.mark.parametrize("symbol", sorted(OPERATIONS))
@pytest.mark.parametrize(
    "other", [3, Fraction(-2, 7), Decimal("0.1"), np.int64(5), root(3, radical=True), root(3, radical=False)]
)
def test_irrational_numbers_get_as_many_digits_as_are_asked_for(radical, symbol, other):
    apply = OPERATIONS[symbol]
    with localcontext() as context:
        context.prec = 120
        exact = (
            Decimal(3).sqrt()
            if isinstance(other, Real)
            else Decimal(int(Fraction(other).numerator)) / int(Fraction(other).denominator)
        )
        forward, backward = apply(Decimal(2).sqrt(), exact), apply(exact, Decimal(2).sqrt())
        context.prec = 60
        assert Decimal(apply(root(2, radical), other).decimal(60)) == +forward
        assert Decimal(apply(other, root(2, radical)).decimal(60)) == +backward


def test_square_roots_stay_exact():
    two = root(2, radical=True)
    assert two * two == 2
    assert (two * two).is_rational
    assert 1 / (two - 1) == two + 1
    assert hash(1 / (two - 1)) == hash(two + 1)
    assert sum([two, two, -2 * two]) == 0
    assert abs(-two) == two
    assert two.refined(200) == two
    assert (two == root(3, radical=True)) is False


def test_a_number_that_may_be_zero_divides_nothing():
    hidden = root(2, radical=False) - root(2, radical=False)
    assert not hidden.is_rational
    assert hidden * 0 == 0
    with pytest.raises(LimitReached):
        1 / hidden
    with pytest.raises(LimitReached, match="only known to lie in"):
        1 / Real(low=Fraction(-1), high=Fraction(1))
    with pytest.raises(ZeroDivisionError):
        1 / (root(2, radical=True) - root(2, radical=True))


def test_long_sums_are_not_deep():
    numbers = [root(k, radical=False) for k in range(2, 602)]
    with localcontext() as context:
        context.prec = 60
        expected = sum(Decimal(k).sqrt() for k in range(2, 602))
        context.prec = 50
        assert Decimal(sum(numbers).decimal(50)) == +expected
    assert sum(numbers) - sum(reversed(numbers)) == 0
    third = numbers[0] * 3 / 9
    assert (third + third + third - numbers[0]).is_rational


@pytest.mark.parametrize("apply", [*OPERATIONS.values(), operator.lt, operator.le, operator.gt, operator.ge])
def test_floats_are_refused_with_the_reason(apply):
    for value in (0.5, np.float32(0.5)):
        with pytest.raises(TypeError, match="not exact"):
            apply(root(2, radical=True), value)
    with pytest.raises(TypeError):
        apply(root(2, radical=True), "1")
    with pytest.raises(TypeError):
        apply(root(2, radical=True), True)


def test_equality_with_a_float_is_that_of_the_stored_number():
    assert Real.rational(Fraction(1, 2)) == 0.5
    assert Real.rational(Fraction(1, 10)) != 0.1
    assert Real.rational(1) != float("inf")
    assert Real.rational(1) != float("nan")
    assert Real.rational(3) == Decimal(3)


SPECS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "<", ">", "^", "*^", "0=", "+", " ", "-", "x<+"]),
    st.sampled_from(["", "5", "12", "30"]),
    st.sampled_from(["", ".0", ".1", ".3", ".7", ".25"]),
    st.sampled_from(["f", "F", "e", "E", "g", "G"]),
    st.just(""),
)


@given(floats, SPECS)
def test_formats_are_those_of_floats(value, spec):
    expected = format(value, spec)
    if float(value) and not any(digit in "123456789" for digit in expected.lower().partition("e")[0]):
        expected = format(0.0, spec)  # what is rounded to 0 has no sign
    if value == 0:
        expected = format(0.0, spec)
    assert format(Real.rational(Fraction(value)), spec) == expected


@given(floats, st.sampled_from([",", "_"]), st.sampled_from(["", "40"]))
def test_thousands_are_marked(value, mark, width):
    if value:
        assert format(Real.rational(Fraction(value)), f"{width}{mark}.3e") == format(value, f"{width}{mark}.3e")
    if abs(value) > 1:
        assert format(Real.rational(Fraction(value)), f"{width}{mark}.3f") == format(value, f"{width}{mark}.3f")


@pytest.mark.parametrize("radical", [False, True])
def test_irrational_numbers_are_rounded_correctly(radical):
    two = root(2, radical)
    assert f"{two:.5f}|{two:.3e}|{two:g}|{two:>10.2f}|{two:010.3f}|{-two:+.1f}" == (
        "1.41421|1.414e+00|1.41421|      1.41|000001.414|-1.4"
    )
    assert f"{two:.60f}" == "1.414213562373095048801688724209698078569671875376948073176680"
    near = two - Fraction(isqrt(2 * 10**80), 10**40)
    assert f"{near:.2e}" == f"{Decimal(near.decimal(3)):.2e}"
    assert f"{two}" == repr(two)
    assert f"{Real.rational(2):>4}|" == "   2|"


def test_percentages_are_exact():
    assert f"{Real.rational(Fraction(1, 3)):.3%}|{Real.rational(360287970189641):%}" == "33.333%|36028797018964100.000000%"


def test_formats_say_why_not():
    with pytest.raises(InputError, match="write for example"):
        format(Real.rational(1), "d")
    with pytest.raises(InputError, match="write for example"):
        format(Real.rational(1), ".4000f")
    with pytest.raises(LimitReached, match="only known to lie in"):
        format(Real(low=Fraction(1), high=Fraction(2)), ".3f")


@given(st.integers(2, 10**9), st.booleans())
def test_floats_are_the_nearest(number, radical):
    value = float(root(number, radical))
    exact = root(number, radical=True)
    if exact.is_rational:
        assert value == sqrt(number)
        return
    below, above = Fraction(nextafter(value, 0.0)), Fraction(nextafter(value, 1e30))
    assert (below + Fraction(value)) / 2 < exact < (above + Fraction(value)) / 2


def test_a_float_of_an_interval_says_why_not():
    with pytest.raises(LimitReached, match="only known to lie in"):
        float(Real(low=Fraction(1), high=Fraction(2)))
    near = Fraction(1, 2**140)
    assert float(Real(low=-near, high=near)) == 0.0
    assert float(Real(low=1 - near, high=1 + 3 * near)) == 1.0


def test_numbers_of_claims():
    optimum = rx.solve(rx.Dataset([[1, 0], [1, 1]], [1, 3]), 1)
    value = optimum.value
    assert value / 2 + value / 2 == value
    assert f"{value:.10f}" == f"{Decimal(value.decimal(40)):.10f}"
    assert rx.solve(rx.Dataset([[1], [2]], [1, 2]), rx.max_penalty(rx.Dataset([[1], [2]], [1, 2])) / 5).value == Fraction(9, 10)
    with pytest.raises(InputError, match="not known to be rational; round it"):
        rx.solve(rx.Dataset([[1], [2]], [1, 2]), root(2, radical=True))
