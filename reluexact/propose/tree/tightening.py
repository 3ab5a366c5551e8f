"""Bounds of ``row.u`` on a cone, from the hyperplanes that are decided there, and hyperplanes that a cone does not cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt

import numpy as np

from reluexact.evidence.tree import Tighten
from reluexact.numbers.linalg import solve, transpose
from reluexact.numbers.types import Vector
from reluexact.propose.numerics import non_negative_least_squares
from reluexact.propose.tree.leaf import Cone, decide, with_chords
from reluexact.propose.tree.projection import Shortest, shortest
from reluexact.propose.tree.scaled import Scaled

_ROUNDING = 2.0**-63
_TIGHTEN_BITS = 30
_IMPLIED = 2.0**-40
_NEARLY = 2.0**-30
_BLURRED = 2.0**-40
_POINTS = 512
"""So many points where bounds were attained are kept: in cones that hold them other bounds cannot fall below what they show."""


class Combinations:
    """The shortest ``row + non-negative combination of the decided rows``, per wall and side ("hi" the row, "lo" its negative).

    They depend on nothing but the decided sides of a cone; those of the last cone asked about are kept. The direction of such a
    vector is the point of the cone where the bound is attained.
    """

    def __init__(self, scaled: Scaled) -> None:
        self.scaled = scaled
        self._side: np.ndarray | None = None
        self._answers: dict[tuple[int, str], Shortest] = {}
        self._met = np.zeros((0, scaled.rows.shape[1]))
        self._inside = self._met
        self.decided: np.ndarray = np.zeros(0, dtype=np.intp)
        self.rows = self._columns = self._zeros = self._free = np.zeros(0)

    def of(self, cone: Cone, hyperplane: int, side: str) -> Shortest:
        """Return the answer; ``decided`` and ``rows`` are the hyperplanes and the signed rows that its coefficients belong to."""
        self._enter(cone)
        answer = self._answers.get((hyperplane, side))
        if answer is None:
            answer = self._answers[hyperplane, side] = self._shortest(hyperplane, side)
            if answer.length > _IMPLIED:
                point = answer.vector[None] / answer.length
                self._met = np.concatenate((point, self._met[: _POINTS - 1]))
                self._inside = np.concatenate((point, self._inside))
        return answer

    def reaches(self, cone: Cone, hyperplane: int, side: str) -> float:
        """Return what a known point of the cone shows the length of the answer to be at least, up to rounding."""
        self._enter(cone)
        if self.scaled.scale is not None or not len(self._inside):
            return 0.0
        heights = self._inside @ self.scaled.rows[hyperplane]
        return float(heights.max() if side == "hi" else -heights.min())

    def vanishes(self, cone: Cone, hyperplane: int, side: str, most: float) -> bool:
        """Say whether the answer is at most so long."""
        return self.reaches(cone, hyperplane, side) <= most * 2.0 and self.of(cone, hyperplane, side).length <= most

    def _enter(self, cone: Cone) -> None:
        if cone.side is self._side:
            return
        self._side, self._answers = cone.side, {}
        self.decided = np.flatnonzero(cone.side)
        self.rows = self.scaled.rows[self.decided] * cone.side[self.decided, None]
        self._columns = np.ascontiguousarray(self.rows.T)
        self._zeros, self._free = np.zeros(len(self.decided)), np.full(len(self.decided), np.inf)
        self._inside = self._met[(self._met @ self._columns).min(axis=1, initial=0.0) >= -_IMPLIED]

    def _shortest(self, hyperplane: int, side: str) -> Shortest:
        scaled = self.scaled
        goal = scaled.rows[hyperplane] if side == "hi" else -scaled.rows[hyperplane]
        if scaled.scale is None and len(self.rows):
            found = non_negative_least_squares(self._columns, -goal)
            if found is not None:
                vector = goal + found @ self.rows
                return Shortest(found, vector, sqrt(float(vector @ vector)), ())
        return shortest(self.rows, goal, self._zeros, self._free, start=self._zeros, enough=_ROUNDING, scale=scaled.scale)


@dataclass(frozen=True, slots=True)
class Bound:
    """A node that bounds ``row.u`` on a cone from one side, and the bound in the units of :class:`Scaled`.

    vanishes: whether the vector of which it is the length may be exactly 0, as far as floats can tell.
    """

    node: Tighten
    value: float
    vanishes: bool = False

    @property
    def sign(self) -> int:
        """Return 1 for a bound from above, -1 for one from below."""
        return 1 if self.node.side == "hi" else -1


def tighten(near: Combinations, cone: Cone, hyperplane: int, side: str, *, gain: float) -> Bound | None:
    """Bound ``row.u`` from one side by the decided hyperplanes; None when the bound falls by less than the factor ``gain``."""
    old = (cone.top if side == "hi" else cone.bottom).item(hyperplane)
    if near.reaches(cone, hyperplane, side) > gain * old * (1.0 + _NEARLY):
        return None
    scaled, answer = near.scaled, near.of(cone, hyperplane, side)
    if answer.length > gain * old:
        return None
    used = np.flatnonzero(answer.coefficients)
    walls = near.decided[used]
    factor = scaled.norms[hyperplane] / scaled.norms[walls]
    whole, bits = short(answer.coefficients[used] * factor, _TIGHTEN_BITS - np.frexp(factor)[1])
    goal = scaled.rows[hyperplane] if side == "hi" else -scaled.rows[hyperplane]
    vector = goal + np.ldexp(whole, -bits) / factor @ near.rows[used]
    length = sqrt(float(vector @ vector))
    new = length * (1.0 + 2.0**-40) + 2.0**-48 + _ROUNDING / scaled.norms.item(hyperplane)
    if new >= old:
        return None
    parts = zip(walls.tolist(), whole.tolist(), bits.tolist(), strict=True)
    rho = tuple((wall, Fraction(int(multiple), 1 << under)) for wall, multiple, under in parts if multiple)
    return Bound(Tighten(hyperplane, side, rho), new, length < _BLURRED * (1.0 + float(answer.coefficients.sum())))


def short(values: np.ndarray, bits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Round values to multiples of ``2**-bits``, or to whole numbers; return the multiples and the bits.

    >>> [part.tolist() for part in short(np.array([0.3, 5.2]), np.array([2, -4]))]
    [[1.0, 5.0], [2, 0]]
    """
    bits = np.maximum(bits, 0)
    return np.rint(np.ldexp(values, bits)), bits


def bounded(scaled: Scaled, cone: Cone, bounds: Sequence[Bound]) -> Cone:
    """Return the cone with bounds replaced, and the chords of their undecided hyperplanes."""
    if not bounds:
        return cone
    top, bottom = cone.top.copy(), cone.bottom.copy()
    for bound in bounds:
        (top if bound.sign > 0 else bottom)[bound.node.hyperplane] = bound.value
    return with_chords(scaled, replace(cone, top=top, bottom=bottom), np.array([bound.node.hyperplane for bound in bounds]))


def vanishes(normals: Sequence[Vector], cone: Cone, node: Tighten) -> bool:
    """Say whether the vector whose norm a Tighten node takes is exactly 0 (such a node decides its hyperplane)."""
    sign = 1 if node.side == "hi" else -1
    parts = [(value * int(cone.side[other]), normals[other]) for other, value in node.rho]
    return all(sign * entry + sum(a * row[j] for a, row in parts) == 0 for j, entry in enumerate(normals[node.hyperplane]))


def imply(near: Combinations, normals: Sequence[Vector], cone: Cone, hyperplane: int) -> tuple[Cone, Tighten] | None:
    """Decide a wall that the cone does not cross: up to sign its normal is exactly a non-negative combination of decided ones."""
    for side, sign in (("hi", 1), ("lo", -1)):
        if not near.vanishes(cone, hyperplane, side, _IMPLIED):
            continue
        answer = near.of(cone, hyperplane, side)
        used = [int(near.decided[i]) for i in np.flatnonzero(answer.coefficients)]
        unsigned = solve(transpose([normals[other] for other in used]), normals[hyperplane]) if used else None
        if unsigned is None:
            continue
        rho = [-value if sign * cone.side[other] > 0 else value for other, value in zip(used, unsigned, strict=True)]
        if min(rho) < 0:
            continue
        found = tuple((other, value) for other, value in zip(used, rho, strict=True) if value)
        return decide(near.scaled, cone, hyperplane, -sign), Tighten(hyperplane, side, found)
    return None
