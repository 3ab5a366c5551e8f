"""A dual point in the middle of all optimal ones: where data has ties, a vertex of them touches limits that no network needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from reluexact.budget import check
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import LinearProgram
from reluexact.propose.polishing import ACCURATE, NEAR, ROUNDS, Directions
from reluexact.propose.training import Prepared, TrainingCandidate

_TIGHT, _APART = 1e-8, 1e-3


def centred(prepared: Prepared, candidate: TrainingCandidate) -> TrainingCandidate | None:
    """Return a polished candidate with a dual point at which few directions are tight; None where all that are carry weight.

    Those with weight stay tight; of the others as many as can be are moved off, by up to a thousandth of the penalty.

    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.problem import Problem
    >>> from reluexact.propose.polishing import polished
    >>> from reluexact.propose.training import propose_training
    >>> prepared = Prepared(Problem(Dataset([[1, 0], [0, 1]], [1, 0]), 1, "absolute", weights=[4, 4]))
    >>> found = polished(prepared, propose_training(prepared))
    >>> middle = centred(prepared, replace(found, theta=(1.0, -1.0)))
    >>> round(middle.theta[0], 9), middle.theta[1] > -0.9995
    (1.0, True)
    """
    directions, theta = Directions.of(prepared), np.array(candidate.theta)
    directions.add(theta, NEAR)
    size, heavy = prepared.problem.data.n, set(candidate.blocks)
    rows = np.array(directions.rows).reshape(-1, size)
    tight = rows @ (theta * directions.lengths) > 1.0 - _TIGHT
    kept = [k for k, block in enumerate(directions.blocks) if tight[k] and block in heavy]
    if len(kept) == int(tight.sum()):
        return None
    for _ in range(ROUNDS):
        check()
        rows = np.array(directions.rows)
        loose = sorted(set(range(len(rows))) - set(kept))
        program = LinearProgram(
            cost=np.concatenate([np.zeros(size), -np.ones(len(loose))]),
            rows=np.hstack([rows[loose], np.eye(len(loose))]),
            limits=np.ones(len(loose)),
            bounds=[*directions.bounds(), *[(0.0, _APART)] * len(loose)],
            equations=np.hstack([rows[kept], np.zeros((len(kept), len(loose)))]),
            right=np.ones(len(kept)),
        )
        answer = engine("linear", "highs-fine").solve(program)
        if answer is None:
            return None
        theta = answer.point[:size] / directions.lengths
        excess = directions.add(theta, ACCURATE)
        if excess < ACCURATE or len(directions.rows) == len(rows):
            return replace(candidate, theta=tuple(theta.tolist()), excess=max(1.0, 1.0 + excess))
    return None
