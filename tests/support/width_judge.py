"""The least objective of networks of a width by brute force in floats, in at most two dimensions; nothing of the package is used.

A closed cell of the plane is the cone of a few rays. For every set of at most k (sign, cell) columns the convex problem in the
multipliers of the rays is solved by bounded quasi-Newton steps; the least value over all sets is that of the best network.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from scipy.optimize import minimize


def cells(X):
    """Return for every cell of the arrangement the rays whose cone it is."""
    X = np.asarray(X, dtype=float)
    if X.shape[1] == 1:
        return [np.array([[1.0]]), np.array([[-1.0]])]
    angles = sorted({round(np.arctan2(sign * a, -sign * b), 12) for a, b in X if a or b for sign in (1, -1)})
    if not angles:
        return []
    found = []
    for first, last in zip(angles, [*angles[1:], angles[0] + 2 * np.pi], strict=True):
        middle = (first + last) / 2
        found.append(np.array([[np.cos(t), np.sin(t)] for t in (first, middle, last)]))
    return found


def least(X, y, penalty, width):
    """Return the least objective of a network with at most ``width`` neurons."""
    X, y, penalty = np.asarray(X, dtype=float), np.asarray(y, dtype=float), float(penalty)
    columns = [(sign, rays) for rays in cells(X) for sign in (1, -1)]
    best = float(y @ y) / 2
    for size in range(1, width + 1):
        for chosen in combinations(columns, size):
            best = min(best, restricted(X, y, penalty, chosen))
    return best


def restricted(X, y, penalty, chosen):
    """Return the objective of the best network with one neuron in each of the chosen columns."""
    features = np.hstack([sign * np.maximum(X @ rays.T, 0.0) for sign, rays in chosen])
    sizes = [len(rays) for _, rays in chosen]
    cuts = np.cumsum([0, *sizes])

    def objective(z):
        error = features @ z - y
        value, slope = 0.5 * error @ error, features.T @ error
        for (_, rays), start, end in zip(chosen, cuts, cuts[1:], strict=False):
            w = z[start:end] @ rays
            length = np.sqrt(w @ w + 1e-18)
            value += penalty * length
            slope[start:end] += penalty * (rays @ w) / length
        return value, slope

    start = np.full(cuts[-1], 0.1)
    found = minimize(
        objective, start, jac=True, bounds=[(0, None)] * cuts[-1], method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-10}
    )
    return float(found.fun)
