"""A rational dual point next to a proposed one: in the domains of the conjugates and orthogonal to the free columns, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.model.convex import Ends
from reluexact.model.problem import Problem
from reluexact.numbers.linalg import dot, independent_rows, solve
from reluexact.numbers.types import Vector
from reluexact.propose.tree.leaf import dyadic

_NEAR = (Fraction(0), *(Fraction(1, 1 << bits) for bits in (44, 34, 24, 14, 8)))
"""Shares of the greatest entry within which an entry counts as at the end of its domain."""


def rounded(theta: Vector, precision: int) -> Vector:
    """Round to this many bits, counted from the greatest entry."""
    largest = max((abs(t) for t in theta), default=Fraction(0))
    if not largest:
        return theta
    bits = precision - (largest.numerator.bit_length() - largest.denominator.bit_length())
    return tuple(dyadic(t, max(0, bits)) for t in theta)


def dual_domain(problem: Problem) -> tuple[Ends, ...]:
    """Return for every row the interval of theta_i where the dual value is finite."""
    return tuple((None if c.high is None else -c.high, None if c.low is None else -c.low) for c in problem.conjugates)


def dual_point(problem: Problem, theta: Sequence[Fraction], bits: int) -> Vector:
    """Return a rational point near theta at which the dual value is finite, entries of about ``bits`` bits; 0 when none is met.

    Entries are rounded, and put onto the ends of their domains where they are near; then a few others make up for what the free
    columns still see. The narrowest meaning of "near" that works counts.

    >>> from reluexact.model.dataset import Dataset
    >>> problem = Problem(Dataset([[1], [2], [3]], [1, 2, 5]), 1, loss="absolute", output_bias="free")
    >>> dual_point(problem, [Fraction(-1001, 1000), Fraction(1, 128), Fraction(1)], 40)
    (Fraction(-1, 1), Fraction(0, 1), Fraction(1, 1))
    """
    top = max((abs(t) for t in theta), default=Fraction(0))
    for tolerance in _NEAR:
        point = _corrected(problem, rounded(tuple(theta), bits), tolerance * top)
        if point is not None:
            return point
    return (Fraction(0),) * len(theta)


def _corrected(problem: Problem, theta: Vector, near: Fraction) -> Vector | None:
    """Return the point in its domain and orthogonal to the free columns, None where this way does not lead there."""
    domain = dual_domain(problem)
    point = [_snapped(t, ends, near) for t, ends in zip(theta, domain, strict=True)]
    columns = [part.column for part in problem.linear if not part.ridge]
    wanted = [-dot(column, point) for column in columns]
    if any(wanted):
        room = [_room(t, ends) for t, ends in zip(point, domain, strict=True)]
        order = sorted((i for i, r in enumerate(room) if r != 0), key=lambda i: (room[i] is not None, -(room[i] or 0), i))
        rows = [[column[i] for column in columns] for i in order]
        chosen = independent_rows(rows) if rows else ()
        if not chosen:
            return None
        square = [[rows[k][j] for k in chosen] for j in range(len(columns))]
        lines = independent_rows(square)
        change = solve([square[j] for j in lines], [wanted[j] for j in lines])
        if change is None:
            return None
        for k, step in zip(chosen, change, strict=True):
            point[order[k]] += step
    inside = all(_snapped(t, ends, Fraction(0)) == t for t, ends in zip(point, domain, strict=True))
    return tuple(point) if inside and not any(dot(column, point) for column in columns) else None


def _snapped(value: Fraction, ends: Ends, near: Fraction) -> Fraction:
    """Return the end that a value is near or beyond, else the value."""
    low, high = ends
    if low is not None and value <= low + near:
        return low
    return high if high is not None and value >= high - near else value


def _room(value: Fraction, ends: Ends) -> Fraction | None:
    """Return the distance to the nearer end, None if there is no end."""
    low, high = ends
    distances = [abs(value - end) for end in (low, high) if end is not None]
    return min(distances) if distances else None
