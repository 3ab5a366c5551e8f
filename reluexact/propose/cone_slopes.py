"""The shortest slopes that bound the pull of a dual point on cones, many cones at once, in floats."""

from __future__ import annotations

from math import inf

import numpy as np

from reluexact.propose.types import Floats

NOTHING = 1e-11
_SWEEPS = 40


def least_slopes(weights: Floats, norms: Floats, pulls: Floats, margin: float) -> tuple[Floats, Floats]:
    """Return for every cone the length of a short slope e with ``e.w >= pull`` at all its vectors, infinite for none, and e.

    weights (m, d+1, d), norms and pulls (m, d+1); margin: by how much more of the norms a slope exceeds the pulls. Hildreth's
    method (1957) for the shortest one, and the middle direction for what that leaves open.

    >>> weights, pulls = np.array([[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]]), np.array([[3.0, 4.0, 0.0]])
    >>> lengths, slopes = least_slopes(weights, np.linalg.norm(weights, axis=2), pulls, 0.0)
    >>> lengths.round(9).tolist(), slopes.round(9).tolist()
    ([5.0], [[3.0, 4.0]])
    """
    flat = norms <= NOTHING
    wanted = np.where(flat, 0.0, pulls + margin * norms)
    squares = np.where(flat, 1.0, norms**2)
    multipliers, slopes = np.zeros(pulls.shape), np.zeros((len(pulls), weights.shape[2]))
    for _ in range(_SWEEPS):
        for j in range(pulls.shape[1]):
            step = (wanted[:, j] - (weights[:, j] * slopes).sum(axis=1)) / squares[:, j]
            change = np.where(flat[:, j], 0.0, np.maximum(multipliers[:, j] + step, 0.0) - multipliers[:, j])
            multipliers[:, j] += change
            slopes += change[:, None] * weights[:, j]
    middle = weights.sum(axis=1)
    middle /= np.maximum(np.linalg.norm(middle, axis=1), NOTHING)[:, None]
    along = np.einsum("mjd,md->mj", weights, middle)
    missing = np.maximum(wanted - np.einsum("mjd,md->mj", weights, slopes), 0.0)
    alone = np.maximum(wanted, 0.0)
    longer, only = _steps(missing, along), _steps(alone, along)
    slopes = slopes + np.where(longer < inf, longer, 0.0)[:, None] * middle
    lengths = np.where(longer < inf, np.linalg.norm(slopes, axis=1), inf)
    simple = only < lengths
    slopes = np.where(simple[:, None], only[:, None] * middle, slopes) if simple.any() else slopes
    lengths = np.minimum(lengths, only)
    return lengths, slopes


def _steps(missing: Floats, along: Floats) -> Floats:
    """Return how far to go along the middle direction until nothing is missing; infinite where that lowers something."""
    rates = np.where(missing > 0.0, missing / np.where(along > 0.0, along, 1.0), 0.0)
    lost = ((missing > 0.0) & (along <= 0.0)).any(axis=1) | ((along < 0.0).any(axis=1) & (rates.max(axis=1) > 0.0))
    return np.where(lost, inf, rates.max(axis=1))
