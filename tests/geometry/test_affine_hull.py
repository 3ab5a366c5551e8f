"""Constant variables and dimension of polytopes: what enclosures leave open stays open."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from polytopes import fractions, independent, plain_systems, ppl_polyhedron, ppl_vertices

from reluexact.geometry.affine_hull import dimension, fixed_variables
from reluexact.geometry.polytope import BoundedSystem
from reluexact.geometry.vertices import vertices
from reluexact.numbers.linalg import rank
from reluexact.numbers.scalar import Scalar, Undecided


def between(low, high):
    return Scalar.enclosed(Fraction(low), Fraction(high))


def ray(slope):
    """Return ``{x : x0 = slope x1, x0 >= 0, 0 <= x1 <= 1}``: a segment for a slope of at least 0, else the origin."""
    return BoundedSystem.of([[1], [-slope]], [0], [None, 1])


@pytest.mark.parametrize(("slope", "expected"), [(1, 1), (0, 1), (-1, 0)])
def test_the_slope_decides_the_dimension(slope, expected):
    assert dimension(ray(Fraction(slope))) == expected


def test_a_maximum_that_is_not_proved_fixes_nothing():
    """At the origin the rate of x0 + x1 is 1 + slope, of unknown sign: the search ends there, and that proves nothing."""
    system = ray(Scalar.of(0))
    open_slope = BoundedSystem(columns=(system.columns[0], (between(-2, 2),)), right=system.right, upper=system.upper)
    with pytest.raises(Undecided):
        fixed_variables(open_slope)
    with pytest.raises(Undecided):
        dimension(open_slope)


@pytest.mark.parametrize(("low", "high"), [(Fraction(1, 2), 2), (Fraction(1, 9), 5)])
def test_a_slope_of_known_sign_is_enough(low, high):
    assert (
        dimension(
            BoundedSystem(columns=((Scalar.of(1),), (between(-high, -low),)), right=(Scalar.of(0),), upper=(None, Scalar.of(1)))
        )
        == 1
    )


@given(plain_systems(free=False))
def test_constant_variables_are_those_of_the_vertices(plain):
    columns, right, upper = plain
    if not independent(columns, right):
        return
    system = BoundedSystem.of(columns, right, upper)
    points = sorted(ppl_vertices(ppl_polyhedron(columns, right, upper))) if columns else [()]
    found = fixed_variables(system)
    if not points:
        assert found is None
        assert dimension(system) == -1
        return
    assert sorted(fractions(vertices(system).points)) == points
    constant = {j: points[0][j] for j in range(len(columns)) if len({point[j] for point in points}) == 1}
    assert found is not None
    assert {j: value.rational for j, value in found} == constant
    steps = [[a - b for a, b in zip(point, points[0], strict=True)] for point in points[1:]]
    assert dimension(system) == (rank(steps) if steps and columns else 0)
