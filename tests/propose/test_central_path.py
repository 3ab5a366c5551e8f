"""The central path ends at the minimiser, zero blocks and touched hyperplanes standing apart by many orders of magnitude."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.propose.central_path import BarrierProblem, follow

ONE, ZERO = Fraction(1), Fraction(0)
DIGITS, BITS = 30, 300
NEAR = Fraction(1, 10**28)


def single(moment, penalty, curvature=1):
    """min curvature z^2/2 - moment z + penalty |z|, z >= 0."""
    return BarrierProblem(
        gram=((Fraction(curvature),),),
        moments=(Fraction(moment),),
        penalty=Fraction(penalty),
        size=1,
        cones=(((ONE,),),),
        start=(ONE,),
    )


@given(st.fractions(-5, 5, max_denominator=9), st.fractions(Fraction(1, 5), 3, max_denominator=9), st.integers(1, 5))
def test_soft_thresholding(moment, penalty, curvature):
    result = follow(single(moment, penalty, curvature), DIGITS, BITS)
    assert result is not None
    (point,), digits = result
    assert digits == DIGITS
    expected = max(moment - penalty, ZERO) / curvature
    if moment == penalty:  # amount 0 exactly at the threshold: only the square root of the digits
        assert 0 <= point < Fraction(1, 10**12)
    else:
        assert abs(point - expected) < Fraction(1, 10**26)
        assert point > 0


def test_a_dead_block_stands_apart():
    """Two blocks with the same hyperplane: one lives at 2, the other dies; 25 orders lie between them."""
    problem = BarrierProblem(
        gram=((ONE, ZERO), (ZERO, ONE)),
        moments=(Fraction(3), Fraction(1, 2)),
        penalty=ONE,
        size=1,
        cones=(((ONE,),), ((ONE,),)),
        start=(ONE, ONE),
    )
    (alive, dead), _ = follow(problem, DIGITS, BITS)
    assert abs(alive - 2) < NEAR
    assert 0 < dead < Fraction(1, 10**25)


def test_a_touched_hyperplane_and_a_free_direction():
    """min |z - (3, -4)|^2/2 + |z| over z_2 >= 0 ends on the hyperplane at (2, 0)."""
    problem = BarrierProblem(
        gram=((ONE, ZERO), (ZERO, ONE)),
        moments=(Fraction(3), Fraction(-4)),
        penalty=ONE,
        size=2,
        cones=(((ZERO, ONE),),),
        start=(ONE, ONE),
    )
    (first, second), _ = follow(problem, DIGITS, BITS)
    assert abs(first - 2) < NEAR
    assert 0 < second < Fraction(1, 10**25)


def test_a_block_without_hyperplanes_shrinks_along_its_direction():
    """|z| is shortened by the penalty: (3, 4) of length 5 becomes (12/5, 16/5) of length 4."""
    problem = BarrierProblem(
        gram=((ONE, ZERO), (ZERO, ONE)),
        moments=(Fraction(3), Fraction(4)),
        penalty=ONE,
        size=2,
        cones=((),),
        start=(ONE, ZERO),
    )
    point, _ = follow(problem, DIGITS, BITS)
    assert abs(point[0] - Fraction(12, 5)) < NEAR
    assert abs(point[1] - Fraction(16, 5)) < NEAR


@pytest.mark.parametrize("digits", [5, 20, 60])
def test_more_digits_come_nearer(digits):
    (point,), reached = follow(single(3, 1), digits, 10 * digits)
    assert reached == digits
    assert abs(point - 2) < Fraction(1, 10 ** (digits - 2))


def test_too_few_steps_give_none():
    assert follow(single(3, 1), DIGITS, BITS, steps=0) is None


def test_the_same_problem_gives_the_same_point():
    assert follow(single("7/3", "1/3"), DIGITS, BITS) == follow(single("7/3", "1/3"), DIGITS, BITS)


def test_a_path_that_begins_far_above_ends_in_the_same_point():
    (near,), _ = follow(single(10**5, 1), DIGITS, BITS)
    (far,), reached = follow(single(10**5, 1), DIGITS, BITS, first=-6)
    assert reached == DIGITS
    assert abs(near - far) < NEAR
