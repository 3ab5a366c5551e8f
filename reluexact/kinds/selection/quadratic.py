"""Convex quadratic criteria over a bounded system: floats propose the active bounds, exact arithmetic proves the minimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reluexact.geometry.elimination import eliminate
from reluexact.geometry.polytope import BoundedSystem
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_vectors import scalar_dot
from reluexact.propose.active_bounds import ProposedMinimum, propose_minimum

ZERO = Scalar.of(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadratic:
    """The function ``x.hessian x / 2 - linear.x`` of the p variables of a bounded system; the matrix is positive semidefinite."""

    hessian: tuple[tuple[Scalar, ...], ...]
    linear: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """A point that satisfies the optimality conditions of a convex problem, so its value is the minimum.

    unique: whether no other point attains it; None where that is left open.
    """

    point: tuple[Scalar, ...]
    unique: bool | None


def minimise(system: BoundedSystem, function: Quadratic) -> Minimum | None:
    """Return the minimum, proved; None when no proposal of active bounds passes the proof. Raises Undecided like its parts.

    >>> segment = BoundedSystem.of([[1], [1]], [1], [None, None])
    >>> one, half = Scalar.of(1), Scalar.of(0)
    >>> found = minimise(segment, Quadratic(hessian=((one, half), (half, one)), linear=(half, half)))
    >>> [value.rational for value in found.point], found.unique
    ([Fraction(1, 2), Fraction(1, 2)], True)
    """
    if not system.columns:
        return Minimum(point=(), unique=True)
    proposal = propose_minimum(system, function.hessian, function.linear)
    if proposal is None:
        return None
    for places, flat in proposal.bases():
        found = _proved(system, function, places, flat, proposal)
        if found is not None:
            return found
    return None


def _proved(
    system: BoundedSystem, function: Quadratic, places: Sequence[int], flat: Sequence[int], proposal: ProposedMinimum
) -> Minimum | None:
    """Solve the optimality conditions with these bounds active, and check all signs (Karush-Kuhn-Tucker).

    flat: variables at a bound off which the Lagrangian does not rise, as a further condition.
    """
    free = [j for j, place in enumerate(places) if place == 0]
    point = [system.bound(j) if place > 0 else ZERO for j, place in enumerate(places)]
    rows = _conditions(system, function, free, flat, point)
    guesses = [Scalar.of(value) for value in proposal.guesses(free)]
    solved = _solve(rows, guesses)
    if solved is None:
        return None
    values, moving = solved
    inside = True
    for j, value in zip(free, values, strict=False):
        point[j] = value
        room = [value.sign()] + [(bound - value).sign() for bound in (system.upper[j],) if bound is not None]
        inside = inside and min(room) > 0
        if min(room) < 0:
            return None
    multipliers = values[len(free) :]
    steep = [(j, place) for j, place in enumerate(places) if place and j not in flat]
    slopes = [place * _slope(system, function, point, multipliers, j).sign() for j, place in steep]
    if any(slope > 0 for slope in slopes):
        return None
    if any(k < len(free) for k in moving):
        return Minimum(point=tuple(point), unique=False if inside else None)
    return Minimum(point=tuple(point), unique=True if all(slopes) and not flat else None)


def _conditions(
    system: BoundedSystem, function: Quadratic, free: Sequence[int], flat: Sequence[int], point: Sequence[Scalar]
) -> list[list[Scalar]]:
    """Return the linear equations for the free variables and the multipliers: stationarity, then those of the system."""
    fixed = [j for j in range(len(point)) if j not in set(free)]
    there = tuple(point[k] for k in fixed)
    rows = []
    for j in (*free, *flat):
        known = scalar_dot(tuple(function.hessian[j][k] for k in fixed), there)
        entries = [*(function.hessian[j][k] for k in free), *(-entry for entry in system.columns[j])]
        rows.append([*entries, function.linear[j] - known])
    for i, right in enumerate(system.right):
        known = scalar_dot(tuple(system.columns[k][i] for k in fixed), there)
        rows.append([*(system.columns[k][i] for k in free), *[ZERO] * len(system.right), right - known])
    return rows


def _solve(rows: list[list[Scalar]], guesses: Sequence[Scalar]) -> tuple[list[Scalar], set[int]] | None:
    """Return a solution and the unknowns that others have, too; None: there is none. Unknowns left open take their guess."""
    count = len(guesses)
    pivots = {column: row for row, column in eliminate(rows, range(count))}
    if any(row[-1].sign() for i, row in enumerate(rows) if i not in pivots.values()):
        return None
    values, others = list(guesses), [k for k in range(count) if k not in pivots]
    moving = set(others)
    for column, row in pivots.items():
        coefficients = [rows[row][k] for k in others]
        values[column] = rows[row][-1] - scalar_dot(tuple(coefficients), tuple(values[k] for k in others))
        if any(entry.sign() for entry in coefficients):
            moving.add(column)
    return values, moving


def _slope(system: BoundedSystem, function: Quadratic, point: Sequence[Scalar], multipliers: Sequence[Scalar], j: int) -> Scalar:
    """Return the derivative of the Lagrangian along a variable: not negative at 0, not positive at the upper bound."""
    gradient = scalar_dot(function.hessian[j], tuple(point)) - function.linear[j]
    return gradient - scalar_dot(tuple(multipliers), system.columns[j])
