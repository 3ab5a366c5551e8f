"""The cheapest interpolating network in floats: least squares over random features, and cvxpy over all patterns."""

from __future__ import annotations

from fractions import Fraction

import cvxpy as cp
import numpy as np

from reluexact import activation_patterns


def nearest_fit_of(X, y):
    """Return the fit of least squared error, from the features of many random neurons."""
    X, y = np.array(X, dtype=float), np.array([float(t) for t in y])
    generator = np.random.default_rng(0)
    features = np.maximum(X @ generator.normal(size=(X.shape[1], 500)), 0.0)
    return features @ np.linalg.lstsq(features, y, rcond=1e-9)[0]


def least_cost_of(X, fit):
    """Return the least cost of a network with this fit, by Clarabel."""
    rows = [[Fraction(x) for x in row] for row in X]
    on = np.array(activation_patterns(rows).patterns).T
    X = np.array([[float(x) for x in row] for row in rows])
    blocks = [cp.Variable((X.shape[1], on.shape[1])) for _ in range(2)]
    conditions = [cp.multiply(np.where(on, 1.0, -1.0), X @ block) >= 0 for block in blocks]
    outputs = cp.sum(cp.multiply(on.astype(float), X @ (blocks[0] - blocks[1])), axis=1)
    conditions.append(outputs == np.array([float(value) for value in fit]))
    problem = cp.Problem(cp.Minimize(sum(cp.sum(cp.norm(block, 2, axis=0)) for block in blocks)), conditions)
    return problem.solve(solver="CLARABEL")
