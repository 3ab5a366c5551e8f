"""Sums of radicals and their signs against sympy."""

from __future__ import annotations

import math
from fractions import Fraction

import sympy
from hypothesis import given
from hypothesis import strategies as st

from reluexact.checker.radicals import Radicals, enclose, plus, sign_of

small = st.fractions(min_value=-5, max_value=5, max_denominator=6)


@given(st.lists(st.tuples(small, st.integers(1, 60)), max_size=5), st.lists(st.tuples(small, st.integers(1, 60)), max_size=3))
def test_sums_of_radicals_agree_with_sympy(left, right):
    radicals = Radicals()
    values = []
    for terms in (left, right):
        total, exact = {}, sympy.Integer(0)
        for factor, q in terms:
            total = plus(total, factor, radicals.root(q))
            exact += sympy.Rational(factor.numerator, factor.denominator) * sympy.sqrt(q)
        values.append((total, exact))
    (a, exact_a), (b, exact_b) = values
    for total, exact in [(a, exact_a), (radicals.times(a, b), sympy.expand(exact_a * exact_b))]:
        assert sign_of(total) == sympy.sign(exact)
        low, high = enclose(total, 80)
        assert low <= sympy.Rational(0) + exact <= high if exact.is_rational else float(low) <= float(exact) + 1e-9


def test_signs_of_tiny_sums_of_radicals():
    radicals = Radicals()
    root = math.isqrt(2 * 10**400)
    close = plus(radicals.root(2), Fraction(-1, 10**200), {1: Fraction(root)})
    assert sign_of(close) == 1
    assert sign_of(plus(close, Fraction(-1, 10**200), {1: Fraction(1)})) == -1
