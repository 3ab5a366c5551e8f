"""Random sets with a feature far from zero beside the bias, and an independent judge of them in floats."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import clarabel
import numpy as np
from scipy import sparse

from reluexact import Dataset


def years(seed: int, first: int, n: int, features: int) -> Dataset:
    """Return n rows (year, perhaps a small number, 1): years from ``first`` on, some of them twice."""
    rng = random.Random(f"{seed}/{first}/{n}/{features}")
    calendar = [first + (rng.randrange(2 * n) if rng.random() < 0.3 else i) for i in range(n)]
    rows = [[year, *([rng.randrange(-5, 6)] if features == 2 else []), 1] for year in calendar]
    return Dataset(rows, [rng.randrange(-9, 10) * rng.choice([1, 1, 10, 100]) for _ in range(n)])


def judged_value(data: Dataset, penalty: Fraction) -> float:
    """Return the optimal value of the whole convex program of one feature and a bias, to about seven digits.

    All patterns are written down, and a weight is (slope, height at the mean of the feature).
    """
    x, y = np.array([float(row[0]) for row in data.X]), np.array([float(value) for value in data.y])
    mean, kinks = float(np.mean(x)), sorted(set(x.tolist()))
    spread = float(np.std(x)) or 1.0
    moved = np.column_stack(((x - mean) / spread, np.ones(len(x))))
    middles = [kinks[0] - 1.0, *((a + b) / 2 for a, b in pairwise(kinks)), kinks[-1] + 1.0]
    gates = {tuple((side * (x - middle) > 0).tolist()) for middle in middles for side in (1, -1)}
    blocks = [(sign, np.array(gate)) for gate in sorted(gates) for sign in (1, -1)]
    unit = float(penalty) * mean / spread  # what a kink among the data costs
    frame = np.array([[1.0 / spread, 0.0], [-mean / spread, 1.0]]) * spread / mean
    n, count = len(x), len(blocks)
    features = np.hstack([sign * gate[:, None] * moved for sign, gate in blocks])
    cones = np.vstack(
        [np.kron(np.eye(count)[k], np.where(gate, 1.0, -1.0)[:, None] * moved) for k, (_, gate) in enumerate(blocks)]
    )
    size = np.linalg.norm(y)
    lengths = np.zeros((3 * count, 3 * count))
    for k in range(count):
        lengths[3 * k, 2 * count + k] = -1.0
        lengths[3 * k + 1 : 3 * k + 3, 2 * k : 2 * k + 2] = -frame
    matrix = np.vstack(
        [
            np.hstack([features, np.zeros((n, count)), np.eye(n)]),
            np.hstack([-cones, np.zeros((len(cones), count + n))]),
            np.hstack([lengths, np.zeros((3 * count, n))]),
        ]
    )
    right = np.concatenate([y / size, np.zeros(len(cones) + 3 * count)])
    hessian = sparse.csc_matrix(np.diag(np.concatenate([np.zeros(3 * count), np.ones(n)])))
    linear = np.concatenate([np.zeros(2 * count), np.full(count, unit / size), np.zeros(n)])
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    cones_of = [clarabel.ZeroConeT(n), clarabel.NonnegativeConeT(len(cones)), *[clarabel.SecondOrderConeT(3)] * count]
    answer = clarabel.DefaultSolver(hessian, linear, sparse.csc_matrix(matrix), right, cones_of, settings).solve()
    return float(answer.obj_val) * size * size


def survey(seed: int) -> tuple[Dataset, Fraction]:
    """Return a set and a penalty of the survey."""
    rng = random.Random(seed)
    first, n = rng.choice([2000, 20000]), rng.randrange(3, 21)
    features, penalty = rng.choice([1, 1, 2]), Fraction(1, 10 ** rng.randrange(5))
    return years(seed, first, n, features), penalty
