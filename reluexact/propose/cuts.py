"""The quadratic program of a step towards the dual optimum: the point of a polyhedron nearest to a target (floats, untrusted)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluexact.propose.engines import engine
from reluexact.propose.engines.program import LeastSquares
from reluexact.propose.types import Floats

_RANK = 1e-13
_SWEEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step (n,) and the multipliers of the cuts (k,), which are 0 for most."""

    step: Floats
    multipliers: Floats


def nearest(metric: Floats, pull: Floats, cuts: Floats, room: Floats) -> Step | None:
    """Minimise ``1/2 step' metric step - pull.step`` subject to ``cuts @ step <= room``; None where floats fail.

    Least squares with non-negative multipliers say which cuts hold the step; these are then solved as equations.

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
    system = np.vstack([-(table / lengths[:, None]).T, excess / lengths / size])
    goal = np.zeros(len(system))
    goal[-1] = 1.0
    answer = engine("least-squares").solve(LeastSquares(system, goal))
    if answer is None:
        return None
    held = np.flatnonzero(answer.point > 0.0)
    moved: Floats = np.zeros(len(target))
    multipliers: Floats = np.zeros(0)
    for _ in range(_SWEEPS):
        if not len(held):
            break
        moved = np.asarray(np.linalg.lstsq(table[held], excess[held], rcond=_RANK)[0], dtype=float)
        multipliers = np.asarray(np.linalg.lstsq(table[held].T, moved, rcond=_RANK)[0], dtype=float)
        if (multipliers > 0.0).all():
            break
        held = held[multipliers > 0.0]
    every = np.zeros(len(cuts))
    every[held] = multipliers[: len(held)]
    return Step(step=np.linalg.solve(lower.T, target - moved), multipliers=np.maximum(every, 0.0))
