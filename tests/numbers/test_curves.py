"""Control points: averages of them are all the values."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.numbers.curves import control_points, derivative, greatest, product, value_at

ENTRY = st.fractions(min_value=-9, max_value=9, max_denominator=7)
CURVE = st.lists(ENTRY, min_size=1, max_size=6)
PLACE = st.fractions(min_value=-1, max_value=1, max_denominator=11)


@given(CURVE, PLACE, st.integers(0, 3))
def test_a_value_is_the_average_of_the_control_points(curve, t, more):
    degree = len(curve) - 1 + more
    points = control_points(curve, degree)
    x = (t + 1) / 2
    weights = [comb(degree, j) * x**j * (1 - x) ** (degree - j) for j in range(degree + 1)]
    assert sum(weights) == 1
    assert sum(w * p for w, p in zip(weights, points, strict=True)) == value_at(curve, t)
    assert abs(value_at(curve, t)) <= greatest(curve)


@given(CURVE, CURVE, PLACE)
def test_products_and_derivatives(left, right, t):
    assert value_at(product(left, right), t) == value_at(left, t) * value_at(right, t)
    both = value_at(derivative(product(left, right)), t)
    assert both == value_at(derivative(left), t) * value_at(right, t) + value_at(left, t) * value_at(derivative(right), t)


@pytest.mark.parametrize("place", [-1, 1])
def test_the_outer_control_points_are_the_values_at_the_ends(place):
    curve = (Fraction(1), Fraction(-3), Fraction(5))
    assert control_points(curve)[0 if place < 0 else -1] == value_at(curve, Fraction(place))


def test_no_control_points_of_a_lower_degree():
    with pytest.raises(ValueError, match="degree 1"):
        control_points((Fraction(1), Fraction(0), Fraction(2)), 1)
