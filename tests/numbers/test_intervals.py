"""Intervals and linear systems with uncertain entries: whatever the true numbers are, they lie inside."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reluexact.numbers.intervals import Interval, independent_columns, solve_linear
from reluexact.numbers.linalg import rank, solve

numbers = st.fractions(-9, 9, max_denominator=20)
shares = st.fractions(-1, 1, max_denominator=8)


@st.composite
def intervals(draw, positive=False):
    low = draw(st.fractions(Fraction(1, 20), 9, max_denominator=20)) if positive else draw(numbers)
    return Interval(low=low, high=low + draw(st.fractions(0, 5, max_denominator=20)))


def inside(interval, share):
    """Return a point of the interval, share 0..1."""
    return interval.low + abs(share) * (interval.high - interval.low)


@given(intervals(), intervals(), shares, shares)
def test_products_lie_inside_and_ends_are_reached(a, b, s, t):
    product = a * b
    assert product.low <= inside(a, s) * inside(b, t) <= product.high
    amount_polytope = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    assert {product.low, product.high} <= set(amount_polytope)


@given(intervals(), intervals(positive=True), shares, shares)
def test_quotients_lie_inside(a, b, s, t):
    quotient = a.over(b)
    assert quotient.low <= inside(a, s) / inside(b, t) <= quotient.high
    assert {quotient.low, quotient.high} <= {x / y for x in (a.low, a.high) for y in (b.low, b.high)}


@pytest.mark.parametrize("low", [0, -1])
def test_division_by_an_interval_that_is_not_positive(low):
    with pytest.raises(ZeroDivisionError, match="positive"):
        Interval(low=Fraction(1), high=Fraction(2)).over(Interval(low=Fraction(low), high=Fraction(5)))


@given(intervals(), st.integers(0, 40))
def test_rounding_outward(a, bits):
    wide = a.outward(bits)
    assert wide.low <= a.low <= a.high <= wide.high
    assert a.low - wide.low < Fraction(1, 2**bits)
    assert wide.high - a.high < Fraction(1, 2**bits)
    assert (wide.low * 2**bits).denominator == (wide.high * 2**bits).denominator == 1
    assert wide.outward(bits) == wide


@given(numbers, st.fractions(0, 3, max_denominator=9))
def test_around(middle, radius):
    interval = Interval.around(middle, radius)
    assert (interval.low, interval.high) == (middle - radius, middle + radius)


@st.composite
def systems(draw):
    size = draw(st.integers(1, 3))
    matrix = [[draw(numbers) for _ in range(size)] for _ in range(size)]
    right = [draw(numbers) for _ in range(size)]
    spread, slack = (draw(st.sampled_from([Fraction(0), Fraction(1, 10**6), Fraction(1, 50)])) for _ in range(2))
    moves = [[draw(shares) for _ in range(size + 1)] for _ in range(size)]
    return matrix, right, spread, slack, moves


@given(systems())
def test_every_solution_of_every_system_in_the_ball_is_enclosed(system):
    matrix, right, spread, slack, moves = system
    found = solve_linear(matrix, spread, right, slack)
    assume(found is not None)
    exact = [[a + spread * m for a, m in zip(row, move, strict=False)] for row, move in zip(matrix, moves, strict=True)]
    goal = [r + slack * move[-1] for r, move in zip(right, moves, strict=True)]
    assert rank(exact) == len(exact)  # invertible, as promised
    for value, interval in zip(solve(exact, goal), found, strict=True):
        assert interval.low <= value <= interval.high


@given(systems())
def test_tight_data_give_tight_solutions(system):
    matrix, right, _, _, _ = system
    found = solve_linear(matrix, Fraction(0), right, Fraction(0))
    if found is None:
        assert rank(matrix) < len(matrix)
    else:
        assert all(interval.high - interval.low < Fraction(1, 2**200) for interval in found)


def test_no_unknowns_and_singular_balls():
    assert solve_linear([], Fraction(1), [], Fraction(1)) == []
    one, zero = Fraction(1), Fraction(0)
    assert solve_linear([[one, one], [one, one]], zero, [one, zero], zero) is None
    assert solve_linear([[one, zero], [zero, one]], Fraction(1, 2), [one, one], zero) is None  # contains a singular matrix
    assert solve_linear([[one, zero], [zero, one]], Fraction(1, 10), [one, one], zero) is not None


@given(systems())
def test_independent_columns_is_never_wrong(system):
    matrix, _, spread, _, moves = system
    spreads = [spread] * len(matrix)
    if independent_columns(matrix, spreads):
        moved = [[a + spread * m for a, m in zip(column, move, strict=False)] for column, move in zip(matrix, moves, strict=True)]
        assert rank(moved) == len(moved)


@given(systems())
def test_independence_of_exact_columns_is_recognised(system):
    matrix = system[0]
    assert independent_columns(matrix, [Fraction(0)] * len(matrix)) == (rank(matrix) == len(matrix))


def test_more_columns_than_rows_are_dependent():
    assert independent_columns([], []) is True
    assert independent_columns([[Fraction(1)], [Fraction(2)]], [Fraction(0)] * 2) is False
    tall = [[Fraction(1), Fraction(0), Fraction(2)], [Fraction(0), Fraction(1), Fraction(-1)]]
    assert independent_columns(tall, [Fraction(1, 100)] * 2) is True
    assert independent_columns(tall, [Fraction(1)] * 2) is False
