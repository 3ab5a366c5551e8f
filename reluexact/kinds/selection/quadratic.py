"""Convex quadratic criteria over a bounded system: floats propose the active bounds, exact arithmetic proves the minimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.geometry.elimination import eliminate
from reluexact.geometry.polytope import BoundedSystem
from reluexact.numbers.scalar import Scalar
from reluexact.numbers.scalar_vectors import scalar_dot
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import QuadraticProgram, to_floats

ZERO = Scalar.of(0)
NEARNESS = (1e-7, 1e-5, 1e-9, 1e-3, float("inf"))
"""How near to a bound (relative to the largest entry) a float must be to propose that it is active; tried in this order.

The last one proposes the point 0, where all floats are noise.
"""


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
    floats = _propose(system, function)
    if floats is None:
        return None
    tried = set()
    for nearness in NEARNESS:
        places = _places(system, floats.point, nearness)
        flat = tuple(j for j, place in enumerate(places) if place and floats.slopes[j] <= nearness * floats.slopes.max())
        for level in ((), flat):
            if (places, level) in tried:
                continue
            tried.add((places, level))
            found = _proved(system, function, places, level, floats)
            if found is not None:
                return found
    return None


@dataclass(frozen=True, slots=True)
class _Floats:
    """A proposal: the point, the multipliers of the equations, and how steeply the Lagrangian rises off each variable's bound."""

    point: np.ndarray
    multipliers: np.ndarray
    slopes: np.ndarray


def _propose(system: BoundedSystem, function: Quadratic) -> _Floats | None:
    """Solve in floats."""
    size = len(system.columns)
    hessian = [_floats(row, "the criterion") for row in function.hessian]
    bounds = (np.inf if bound is None else _floats((system.bound(j),), "a bound")[0] for j, bound in enumerate(system.upper))
    program = QuadraticProgram(
        hessian=np.array(hessian),
        cost=-np.array(_floats(function.linear, "the criterion")),
        equations=np.array([_floats(column, "the system") for column in system.columns]).T.reshape(-1, size),
        right=np.array(_floats(system.right, "the system")),
        upper=np.array([*bounds]),
    )
    answer = engine("quadratic").solve(program)
    if answer is None:
        return None
    slopes = np.where(program.upper < np.inf, np.maximum(answer.lower, answer.upper), answer.lower)
    return _Floats(answer.point, answer.multipliers, slopes)


def _floats(numbers: Sequence[Scalar], where: str) -> list[float]:
    return to_floats((number.middle for number in numbers), where=where)


def _places(system: BoundedSystem, floats: np.ndarray, nearness: float) -> tuple[int, ...]:
    """Return for every variable -1 at 0, 1 at its upper bound, 0 between, as the floats suggest."""
    room, places = nearness * max(1e-300, float(np.abs(floats).max())), []
    for value, bound in zip(floats, system.upper, strict=True):
        high = bound is not None and value > float(bound.middle) - room
        places.append(-1 if value < room else 1 if high else 0)
    return tuple(places)


def _proved(
    system: BoundedSystem, function: Quadratic, places: Sequence[int], flat: Sequence[int], floats: _Floats
) -> Minimum | None:
    """Solve the optimality conditions with these bounds active, and check all signs (Karush-Kuhn-Tucker).

    flat: variables at a bound off which the Lagrangian does not rise, as a further condition.
    """
    free = [j for j, place in enumerate(places) if place == 0]
    point = [system.bound(j) if place > 0 else ZERO for j, place in enumerate(places)]
    rows = _conditions(system, function, free, flat, point)
    guesses = [Scalar.of(Fraction(round(float(floats.point[j]) * 2**20), 2**20)) for j in free]
    guesses += [Scalar.of(Fraction(float(value))) for value in floats.multipliers]
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
