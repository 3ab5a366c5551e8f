"""The quadratic program of a step towards the dual optimum: the point of a polyhedron nearest to a target (floats, untrusted)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluexact.propose.engines import engine
from reluexact.propose.engines.program import LeastSquares, QuadraticProgram
from reluexact.propose.types import Floats

_RANK, _OUTSIDE = 1e-13, 1e-8
_SWEEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step (n,) and the multipliers of the cuts (k,), which are 0 for most."""

    step: Floats
    multipliers: Floats


def nearest(metric: Floats, pull: Floats, cuts: Floats, room: Floats) -> Step | None:
    """Minimise ``1/2 step' metric step - pull.step`` subject to ``cuts @ step <= room``; None where floats fail.

    Least squares with non-negative multipliers say which cuts hold the step; these are then solved as equations. Cuts that
    depend on each other, as those of opposite neurons do, can mislead it: an interior point method then says which hold.

    >>> answer = nearest(np.eye(2), np.array([2.0, 1.0]), np.array([[1.0, 0.0]]), np.array([1.0]))
    >>> answer.step.round(12).tolist(), answer.multipliers.round(12).tolist()
    ([1.0, 1.0], [1.0])
    """
    lower = np.linalg.cholesky(metric)
    target, table = np.linalg.solve(lower, pull), np.linalg.solve(lower, cuts.T).T
    excess, lengths = table @ target - room, np.linalg.norm(table, axis=1)
    size = float(np.linalg.norm(target))
    if not size or not len(cuts) or not lengths.min() > 0.0:
        return None
    polyhedron = _Polyhedron(table / lengths[:, None], excess / lengths, size)
    moved, multipliers = polyhedron.by_least_squares() or polyhedron.by_interior_point() or (None, None)
    if moved is None or multipliers is None:
        return None
    return Step(step=np.linalg.solve(lower.T, target - moved), multipliers=multipliers / lengths)


@dataclass(frozen=True, slots=True)
class _Polyhedron:
    """The vectors ``v`` with ``normals @ v >= excess`` (unit normals); the shortest is wanted. size: about its length."""

    normals: Floats
    excess: Floats
    size: float

    def by_least_squares(self) -> tuple[Floats, Floats] | None:
        """Return the shortest vector and its multipliers; None where it is outside, or least squares fail."""
        system = np.vstack([-self.normals.T, self.excess / self.size])
        goal = np.zeros(len(system))
        goal[-1] = 1.0
        answer = engine("least-squares").solve(LeastSquares(system, goal))
        if answer is None:
            return None
        held = np.flatnonzero(answer.point > 0.0)
        moved, multipliers = np.zeros(self.normals.shape[1]), np.zeros(0)
        for _ in range(_SWEEPS):
            if not len(held):
                break
            moved = self._on(held)
            multipliers = np.asarray(np.linalg.lstsq(self.normals[held].T, moved, rcond=_RANK)[0], dtype=float)
            if (multipliers > 0.0).all():
                break
            held = held[multipliers > 0.0]
        if float((self.excess - self.normals @ moved).max()) > _OUTSIDE * self.size:
            return None
        every = np.zeros(len(self.excess))
        every[held] = np.maximum(multipliers[: len(held)], 0.0)
        return moved, every

    def by_interior_point(self) -> tuple[Floats, Floats] | None:
        """Return the same from the dual quadratic program; where multipliers are not unique all that can be positive are."""
        count = len(self.excess)
        program = QuadraticProgram(
            hessian=self.normals @ self.normals.T,
            cost=-self.excess / self.size,
            equations=np.zeros((0, count)),
            right=np.zeros(0),
            upper=np.full(count, np.inf),
        )
        answer = engine("quadratic").solve(program)
        if answer is None:
            return None
        held = np.flatnonzero(answer.point > np.maximum(answer.lower, 0.0))
        every = np.zeros(count)
        every[held] = answer.point[held] * self.size
        return self._on(held) if len(held) else np.zeros(self.normals.shape[1]), every

    def _on(self, held: np.ndarray) -> Floats:
        """Return the shortest vector on these boundaries."""
        return np.asarray(np.linalg.lstsq(self.normals[held], self.excess[held], rcond=_RANK)[0], dtype=float)
