"""Small data that the trainers of these tests fit."""

from __future__ import annotations

import numpy as np


def regression(n=30, d=2, seed=0):
    draws = np.random.default_rng(seed)
    X = draws.normal(size=(n, d))
    return X, np.abs(X[:, 0]) - 0.5 * X[:, -1] + 0.3 * draws.normal(size=n)


def classes(n=30, seed=0):
    """Labels 0 and 1 that no line separates, and no small network either."""
    draws = np.random.default_rng(seed)
    X = draws.normal(size=(n, 2))
    return X, (X[:, 0] * X[:, 1] + 0.8 * draws.normal(size=n) > 0).astype(int)
