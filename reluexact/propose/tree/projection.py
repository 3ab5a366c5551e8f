"""Least squares with bounds: the shortest vector ``offset + coefficients @ rows`` with every coefficient in its interval.

An active-set method for few dimensions and many rows that starts from the answer of a neighbouring problem (in the manner of
Stark & Parker 1995). :func:`shortest` works in floats; :func:`exact_shortest` finishes its answer in rational numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, sqrt

import numpy as np

from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector
from reluexact.propose.numerics import graded_least_squares, solve_positive

_TOLERANCE = 2.0**-42
_STALLED = 5


@dataclass(frozen=True, slots=True)
class Shortest:
    """Coefficients (m,), the vector they give (d,), its length, and the coefficients strictly between their bounds."""

    coefficients: np.ndarray
    vector: np.ndarray
    length: float
    free: tuple[int, ...]


def shortest(
    rows: np.ndarray,
    offset: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    *,
    start: np.ndarray,
    free: Sequence[int] = (),
    enough: float = 0.0,
    scale: np.ndarray | None = None,
) -> Shortest:
    """Minimise ``|offset + c @ rows|`` over ``low <= c <= high``; stop early once the length is at most ``enough``.

    Rows should have about unit length; ``scale`` is that of their :class:`reluexact.propose.basis.Basis`. Every answer is
    feasible; only its optimality is subject to rounding.

    >>> answer = shortest(np.eye(2), np.array([-3.0, -1.0]), np.zeros(2), np.array([2.0, 9.0]), start=np.zeros(2))
    >>> answer.coefficients.tolist(), answer.length
    ([2.0, 1.0], 1.0)
    """
    point = np.minimum(np.maximum(start, low), high)
    active = [hyperplane for hyperplane in free if low[hyperplane] < point[hyperplane] < high[hyperplane]]
    vector = offset + point @ rows
    length, stalled = np.inf, 0
    for _ in range(50 + 10 * len(rows)):
        if active:
            vector = _inner(rows, offset, low, high, point, active, vector, scale)
        length, before = sqrt(float(vector @ vector)), length
        stalled = stalled + 1 if length >= before else 0
        if length <= enough or len(active) >= len(offset) or stalled > _STALLED:
            break
        slope = rows @ vector if scale is None else _even_slope(rows, vector, scale, length)
        score = np.where(np.where(slope < 0.0, high > point, point > low), np.abs(slope), 0.0)
        if active:
            score[active] = 0.0
        best = int(score.argmax()) if len(score) else 0
        if not len(score) or score[best] <= _TOLERANCE * length:
            break
        active.append(best)
    return Shortest(point, vector, length, tuple(active))


def _even_slope(rows: np.ndarray, vector: np.ndarray, scale: np.ndarray, length: float) -> np.ndarray:
    """Return the slopes in even coordinates, in which those of nearly parallel rows compare with the length."""
    even = scale * vector
    lengths = np.linalg.norm(rows / scale, axis=1)
    return np.asarray((rows @ vector) * (length / (np.linalg.norm(even) or 1.0)) / lengths)


def project_on(cone: np.ndarray, target: np.ndarray, scale: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Project onto ``{u : cone @ u >= 0}`` in rotated coordinates; return the projection and the multipliers of the rows."""
    count = len(cone)
    answer = shortest(cone, target, np.zeros(count), np.full(count, np.inf), start=np.zeros(count), scale=scale)
    touched = [index for index in answer.free if answer.coefficients[index] > 0.0]
    return project_within(cone[touched], target, scale), answer.coefficients


def project_within(touched: np.ndarray, target: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Project onto the space where rows vanish, in rotated coordinates.

    The point is solved for within the space: as a difference of long vectors it would be lost.
    """
    count, dimension = touched.shape
    if not count:
        return target
    if count >= dimension:
        return np.zeros_like(target)
    frame = np.linalg.qr((touched / scale).T, mode="complete")[0][:, count:] / scale[:, None]
    if count == dimension - 1:
        only = frame[:, 0]
        return np.asarray(only * (float(only @ target) / float(only @ only)))
    return np.asarray(frame @ graded_least_squares(frame, target))


def _inner(
    rows: np.ndarray,
    offset: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    point: np.ndarray,
    active: list[int],
    vector: np.ndarray,
    scale: np.ndarray | None,
) -> np.ndarray:
    """Solve for the active coefficients, dropping those that meet a bound; changes ``point`` and ``active``.

    vector: ``offset + point @ rows``; it is returned for the new point.
    """
    while active:
        chosen = np.array(active)
        some = rows[chosen]
        step = solve_positive(some @ some.T, some @ -vector) if scale is None else graded_least_squares(some.T, -vector)
        if step is None:
            step = np.linalg.lstsq(some.T, -vector, rcond=None)[0]
        steps: list[float] = step.tolist()
        ends = [(point.item(i), low.item(i), high.item(i)) for i in active]
        target = [now + move for (now, _, _), move in zip(ends, steps, strict=True)]
        if all(least <= value <= most for value, (_, least, most) in zip(target, ends, strict=True)):
            point[chosen] = target
            vector = offset + point @ rows
            break
        first, share = _first_met(ends, steps, target)
        moved = [min(max(now + share * move, least), most) for (now, least, most), move in zip(ends, steps, strict=True)]
        moved[first] = ends[first][1 if steps[first] < 0.0 else 2]
        point[chosen] = moved
        del active[first]
        vector = offset + point @ rows
    return vector


def _first_met(ends: list[tuple[float, float, float]], steps: list[float], target: list[float]) -> tuple[int, float]:
    """Return which of (value, low, high) meets its bound first on the way to the target, and after which share (>= 0) of it."""
    first, share = 0, inf
    for index, ((now, least, most), move, value) in enumerate(zip(ends, steps, target, strict=True)):
        if not least <= value <= most:
            part = ((least if move < 0.0 else most) - now) / (move or 1.0)
            if part < share:
                first, share = index, part
    return first, max(0.0, share)


def exact_shortest(
    normals: Sequence[Vector],
    offset: Vector,
    bounds: Sequence[tuple[Fraction | None, Fraction | None]],
    *,
    at_high: Sequence[bool],
    free: Sequence[int],
    limit: int = 60,
) -> tuple[dict[int, Fraction], Vector, bool]:
    """Solve the same problem exactly from the active set of a float answer.

    ``bounds`` are (low, high) per row, None for none; ``at_high`` says at which bound the coefficients outside ``free`` stand.
    Returns the non-zero coefficients, the vector, and whether the answer is proved to be the shortest.
    """
    active, standing = list(free), list(at_high)
    point, vector = _settle(normals, offset, bounds, standing, active)
    for _ in range(limit):
        leaving = next((w for w in active if not _inside(point.get(w, Fraction(0)), bounds[w])), None)
        if leaving is not None:
            low, high = bounds[leaving]
            standing[leaving] = low is None or (high is not None and point.get(leaving, Fraction(0)) > high)
            active.remove(leaving)
        else:
            entering = _entering(normals, vector, bounds, standing, active)
            if entering is None:
                return point, vector, True
            active.append(entering)
        point, vector = _settle(normals, offset, bounds, standing, active)
    safe = all(_inside(point.get(w, Fraction(0)), bounds[w]) for w in active)
    return (point, vector, False) if safe else ({}, offset, False)


def _inside(value: Fraction, bounds: tuple[Fraction | None, Fraction | None]) -> bool:
    low, high = bounds
    return (low is None or value >= low) and (high is None or value <= high)


def _settle(
    normals: Sequence[Vector],
    offset: Vector,
    bounds: Sequence[tuple[Fraction | None, Fraction | None]],
    standing: Sequence[bool],
    active: list[int],
) -> tuple[dict[int, Fraction], Vector]:
    """Put the others on their bounds and solve for the active ones; a dependent active row is dropped from ``active``."""
    orthogonal = _orthogonal(normals, active)
    active[:] = [hyperplane for hyperplane, _, _, _ in orthogonal]
    point: dict[int, Fraction] = {}
    vector = list(offset)
    for hyperplane, ends in enumerate(bounds):
        value = ends[1] if standing[hyperplane] else ends[0]
        if hyperplane not in active and value:
            point[hyperplane] = value
            for j, entry in enumerate(normals[hyperplane]):
                vector[j] += value * entry
    for _, row, square, recipe in orthogonal:
        ratio = -dot(vector, row) / square
        vector = [a + ratio * b for a, b in zip(vector, row, strict=True)]
        for key, value in recipe.items():
            point[key] = point.get(key, Fraction(0)) + ratio * value
    return point, tuple(vector)


def independent(normals: Sequence[Vector], order: Sequence[int]) -> tuple[int, ...]:
    """Return the first independent rows met in the given order.

    >>> one, two = Fraction(1), Fraction(2)
    >>> independent(((one, two), (two, 2 * two), (two, one)), (1, 0, 2))
    (1, 2)
    """
    return tuple(hyperplane for hyperplane, _, _, _ in _orthogonal(normals, order))


def _orthogonal(
    normals: Sequence[Vector], order: Sequence[int]
) -> list[tuple[int, list[Fraction], Fraction, dict[int, Fraction]]]:
    """Orthogonalise rows in order, without the dependent ones: (row index, vector, its square, its combination of rows)."""
    made: list[tuple[int, list[Fraction], Fraction, dict[int, Fraction]]] = []
    for hyperplane in order:
        row, recipe = list(normals[hyperplane]), {hyperplane: Fraction(1)}
        for _, other, square, combination in made:
            ratio = dot(row, other) / square
            row = [a - ratio * b for a, b in zip(row, other, strict=True)]
            for key, value in combination.items():
                recipe[key] = recipe.get(key, Fraction(0)) - ratio * value
        square = dot(row, row)
        if square:
            made.append((hyperplane, row, square, recipe))
    return made


def _entering(
    normals: Sequence[Vector],
    vector: Vector,
    bounds: Sequence[tuple[Fraction | None, Fraction | None]],
    standing: Sequence[bool],
    active: Sequence[int],
) -> int | None:
    """Return the row whose coefficient shortens the vector most when it leaves its bound, or None."""
    best, gain = None, 0.0
    for hyperplane, (low, high) in enumerate(bounds):
        if hyperplane in active or (low is not None and low == high):
            continue
        slope = dot(normals[hyperplane], vector)
        if (slope > 0) if standing[hyperplane] else (slope < 0):
            score = float(slope * slope / dot(normals[hyperplane], normals[hyperplane]))
            if best is None or score > gain:
                best, gain = hyperplane, score
    return best
