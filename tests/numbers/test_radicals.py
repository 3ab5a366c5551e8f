"""Sums of square roots against decimals of 200 digits and against sympy's minimal polynomials."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from math import isqrt

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from reluexact.numbers.radicals import RadicalSum

DEEP = Context(prec=200)
squares = st.builds(Fraction, st.integers(0, 400), st.sampled_from([1, 2, 3, 7, 9, 50]))
coefficients = st.fractions(-5, 5, max_denominator=12)


def total(terms):
    """Build the sum of coefficient * root(square) through the public operations."""
    result = RadicalSum()
    for coefficient, square in terms:
        result = result + RadicalSum.root(square).scaled(coefficient)
    return result


sums = st.lists(st.tuples(coefficients, squares), max_size=4).map(total)


def decimal(fraction):
    return DEEP.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))


def approximate(number):
    value = Decimal(0)
    for radicand, coefficient in number.terms:
        value = DEEP.add(value, DEEP.multiply(decimal(coefficient), DEEP.sqrt(Decimal(radicand))))
    return value


def equal(first, second):
    return DEEP.abs(DEEP.subtract(first, second)) < Decimal(10) ** -150


@given(st.lists(st.tuples(coefficients, squares), max_size=4))
def test_sums_keep_their_value(terms):
    expected = Decimal(0)
    for coefficient, square in terms:
        expected = DEEP.add(expected, DEEP.multiply(decimal(coefficient), DEEP.sqrt(decimal(square))))
    assert equal(approximate(total(terms)), expected)


@given(sums, sums)
def test_ring_operations(a, b):
    assert equal(approximate(a + b), DEEP.add(approximate(a), approximate(b)))
    assert equal(approximate(a - b), DEEP.subtract(approximate(a), approximate(b)))
    assert equal(approximate(a * b), DEEP.multiply(approximate(a), approximate(b)))
    assert equal(approximate(-a), DEEP.minus(approximate(a)))
    assert (a - a).terms == ()
    assert (a + b).sign() == (b + a).sign()
    assert (a * b - b * a).sign() == 0


@given(sums, sums, sums)
def test_distributive_law_is_recognised_exactly(a, b, c):
    assert ((a + b) * c - (a * c + b * c)).sign() == 0
    assert ((a + b) * (a - b) - (a * a - b * b)).as_fraction() == 0


@given(sums)
def test_normal_form(a):
    """Radicands are positive, ascending, of different square classes; no coefficient is 0."""
    radicands = [radicand for radicand, _ in a.terms]
    assert radicands == sorted(set(radicands))
    assert all(radicand > 0 for radicand in radicands)
    assert all(coefficient for _, coefficient in a.terms)
    for i, p in enumerate(radicands):
        assert all(isqrt(p * q) ** 2 != p * q for q in radicands[:i])


@given(sums)
def test_sign_and_rationality(a):
    value = approximate(a)
    assert a.sign() == (0 if equal(value, Decimal(0)) else 1 if value > 0 else -1)
    known = a.as_fraction()
    if known is not None:
        assert equal(value, decimal(known))
    else:
        assert any(radicand != 1 for radicand, _ in a.terms)


@given(sums, st.integers(0, 300))
def test_enclosures(a, bits):
    low, high = a.enclose(bits)
    value = approximate(a)
    assert decimal(low) <= value or equal(decimal(low), value)
    assert value <= decimal(high) or equal(decimal(high), value)
    assert high - low <= sum((abs(coefficient) for _, coefficient in a.terms), Fraction(0)) / 2**bits


@given(squares, squares)
def test_roots_multiply(p, q):
    assert (RadicalSum.root(p) * RadicalSum.root(q) - RadicalSum.root(p * q)).sign() == 0
    assert (RadicalSum.root(p) * RadicalSum.root(p)).as_fraction() == p


def test_signs_that_need_many_digits():
    """Best approximations: |99 - 70 sqrt 2| etc. shrink, the sign is still exact."""
    p, q = 1, 1
    for step in range(60):
        difference = RadicalSum.rational(p) - RadicalSum.root(Fraction(2)).scaled(Fraction(q))
        assert difference.sign() == (-1 if step % 2 == 0 else 1)
        p, q = p + 2 * q, p + q


def test_a_famous_near_miss():
    """sqrt 2 + sqrt 3 - sqrt(5 + 2 sqrt 6) = 0 in disguise: squares are compared."""
    both = RadicalSum.root(Fraction(2)) + RadicalSum.root(Fraction(3))
    square = both * both
    assert square == RadicalSum.rational(5) + RadicalSum.root(Fraction(24))
    assert [radicand for radicand, _ in square.terms] == [1, 6]


@pytest.mark.parametrize("radicand", [2, 3, 10**40 + 1, (10**20 + 39) * (10**20 + 39) * 7])
def test_long_radicands(radicand):
    number = RadicalSum.root(Fraction(radicand))
    assert (number * number).as_fraction() == radicand
    assert (number - RadicalSum.root(Fraction(4 * radicand)).scaled(Fraction(1, 2))).sign() == 0


@pytest.mark.parametrize(("p", "q"), [(2, 8), (12, 75), (18, 50), (6, 24), (17 * 17 * 3, 3 * 19 * 19)])
def test_classes_as_sympy_sees_them(p, q):
    quotient = sympy.sqrt(p) / sympy.sqrt(q)
    assert quotient.is_rational
    together = RadicalSum.root(Fraction(p)) + RadicalSum.root(Fraction(q))
    assert len(together.terms) == 1


def test_roots_of_negative_numbers_are_refused():
    with pytest.raises(ValueError, match="not real"):
        RadicalSum.root(Fraction(-1))
    assert RadicalSum.root(Fraction(0)).terms == ()
    assert RadicalSum.rational(0) == RadicalSum()
    assert RadicalSum.root(Fraction(2)).scaled(Fraction(0)) == RadicalSum()
