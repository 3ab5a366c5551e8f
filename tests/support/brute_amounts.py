"""The polytope of amounts by brute force in floats: an independent judge of small optimal sets."""

from __future__ import annotations

from itertools import combinations

import numpy as np


def features(optimum):
    """Return the features as columns, and the fit."""
    X = np.array([[float(entry) for entry in row] for row in optimum.data.X])
    columns = [
        n.sign * np.maximum(X @ [float(entry) for entry in n.direction], 0) * (np.array(n.gate) > 0) for n in optimum.neurons
    ]
    fit = np.array([float(t) - float(r) for t, r in zip(optimum.data.y, optimum.residual, strict=True)])
    return np.array(columns).T.reshape(len(fit), len(columns)), fit


def brute_vertices(optimum, near=1e-7):
    """Return {support: amounts} of all supports with independent features that carry the fit with positive amounts."""
    table, fit = features(optimum)
    scale = max(np.abs(table).max(initial=0), 1e-30)
    size = max(np.abs(fit).max(initial=0), 1e-30)
    count, found = table.shape[1], {}
    most = np.linalg.matrix_rank(table / scale, tol=1e-9) if count else 0
    for width in range(most + 1):
        for support in combinations(range(count), width):
            part = table[:, support]
            if width and np.linalg.svd(part / scale, compute_uv=False)[-1] < 1e-9:
                continue
            amounts = np.linalg.lstsq(part, fit, rcond=None)[0] if width else np.zeros(0)
            if np.abs(part @ amounts - fit).max(initial=0) < near * size and (amounts > near * size / scale).all():
                found[support] = amounts
    return found


def brute_dimension(optimum, supports):
    """Return the dimension: neurons used somewhere minus the rank of their features."""
    used = sorted({k for support in supports for k in support})
    table, _ = features(optimum)
    part = table[:, used]
    return len(used) - (np.linalg.matrix_rank(part, tol=1e-9 * max(np.abs(part).max(), 1e-30)) if used else 0)
