"""Polytopes for the tests, with two independent judges: all bases one by one, and the Parma Polyhedra Library."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import lcm

import ppl
from hypothesis import strategies as st

from reluexact.numbers.linalg import rank, solve
from reluexact.numbers.scalar import Scalar

entries = st.integers(-2, 2).map(Fraction)
uppers = st.sampled_from([None, Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)])


@st.composite
def plain_systems(draw, *, most=6, free=True):
    """Draw (columns, right, upper) in Fractions, full of ties: points on bounds, repeated columns, some empty, some unbounded."""
    p = draw(st.integers(0, most))
    r = draw(st.integers(0, 3))
    columns = [tuple(draw(entries) for _ in range(r)) for _ in range(p)]
    if p >= 2 and draw(st.booleans()):
        columns[-1] = columns[0]
    upper = tuple(draw(uppers if free else uppers.filter(lambda bound: bound is not None)) for _ in range(p))
    if draw(st.integers(0, 4)):
        inside = [min(draw(st.sampled_from([0, Fraction(1, 2), 1, 3])), 3 if bound is None else bound) for bound in upper]
        right = tuple(sum((column[i] * x for column, x in zip(columns, inside, strict=True)), Fraction(0)) for i in range(r))
    else:
        right = tuple(draw(entries) for _ in range(r))
    return tuple(columns), right, upper


def rows_of(columns, right):
    return [[column[i] for column in columns] for i in range(len(right))]


def independent(columns, right):
    """Return whether the equations are independent."""
    return not right or (bool(columns) and rank(rows_of(columns, right)) == len(right))


def basic_points(columns, right, upper):
    """Return (basis, point) for every nonsingular basis and every choice of bounds; a singular choice gives (basis, None)."""
    p, r = len(columns), len(right)
    for basis in combinations(range(p), r):
        square = rows_of([columns[j] for j in basis], right)
        if r and rank(square) < r:
            yield basis, None
            continue
        bounded = [j for j in range(p) if j not in basis and upper[j] is not None]
        for high in (subset for count in range(len(bounded) + 1) for subset in combinations(bounded, count)):
            point = [upper[j] if j in high else Fraction(0) for j in range(p)]
            rest = [value - sum(columns[j][i] * upper[j] for j in high) for i, value in enumerate(right)]
            for j, value in zip(basis, solve(square, rest) if r else (), strict=True):
                point[j] = value
            yield basis, tuple(point)


def brute_vertices(columns, right, upper):
    """Return all vertices as a set."""
    points = {point for _, point in basic_points(columns, right, upper) if point is not None}
    return {point for point in points if all(x >= 0 and (b is None or x <= b) for x, b in zip(point, upper, strict=True))}


def is_generic(columns, right, upper):
    """Return whether every choice of columns is a basis and no basic variable of any basic point is at a bound."""
    return all(
        point is not None and all(point[j] not in (0, upper[j]) for j in basis)
        for basis, point in basic_points(columns, right, upper)
    )


def ppl_polyhedron(columns, right, upper):
    """Return the set as a polyhedron of the Parma Polyhedra Library."""
    constraints = ppl.Constraint_System()
    constraints.insert(ppl.Linear_Expression([0] * len(columns), 1) >= 0)

    def insert(coefficients, value, equal):
        scale = lcm(*(number.denominator for number in (*coefficients, value)))
        form = ppl.Linear_Expression([int(c * scale) for c in coefficients], -int(value * scale))
        constraints.insert(form == 0 if equal else form >= 0)

    for i, value in enumerate(right):
        insert([column[i] for column in columns], value, True)
    for j, bound in enumerate(upper):
        unit = [Fraction(int(k == j)) for k in range(len(columns))]
        insert(unit, Fraction(0), False)
        if bound is not None:
            insert([-x for x in unit], -bound, False)
    polyhedron = ppl.C_Polyhedron(len(columns), "universe")
    polyhedron.add_constraints(constraints)
    return polyhedron


def ppl_vertices(polyhedron):
    """Return the vertices of a bounded polyhedron as a set."""
    return {
        tuple(Fraction(int(c), int(generator.divisor())) for c in generator.coefficients())
        for generator in polyhedron.minimized_generators()
        if generator.is_point()
    }


def fractions(points):
    """Return basic points as a list of tuples of Fractions."""
    return [tuple(value.rational for value in point.point) for point in points]


def blurred(system, radius=Fraction(1, 10**60)):
    """Return a system of which only enclosures are known; its middles are not the true values."""
    return system.mapped(lambda number: Scalar.enclosed(number.low - radius / 3, number.high + radius, 256))
