"""Norms that are rounded up, and inverses, against independent computations."""

from __future__ import annotations

from fractions import Fraction

import sympy
from hypothesis import given
from hypothesis import strategies as st

from reluexact.checker.linear import ROUND, inverse, norm_up

small = st.fractions(min_value=-5, max_value=5, max_denominator=6)


@given(st.lists(st.integers(-(10**20), 10**20), min_size=1, max_size=4), st.integers(1, 10**12))
def test_norms_are_rounded_up_to_the_grid(vector, denominator):
    norm = norm_up(vector, denominator)
    square = Fraction(sum(entry**2 for entry in vector), denominator**2) * 4**ROUND
    assert norm**2 >= square
    assert norm == 0 or (norm - 1) ** 2 < square


@given(st.lists(st.lists(small, min_size=3, max_size=3), min_size=3, max_size=3))
def test_inverse_agrees_with_sympy(rows):
    result = inverse(rows)
    matrix = sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in rows])
    if matrix.det() == 0:
        assert result is None
    else:
        assert matrix * sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in result]) == sympy.eye(
            3
        )
