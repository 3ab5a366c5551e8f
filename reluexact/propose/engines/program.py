"""The restricted convex program that every engine solves, in floats.

minimise  1/2 |target - sum_k features_k w_k|^2 + penalty * sum_k |w_k|   over  cones_k w_k >= 0
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A restricted program: per block a matrix ``features`` (m x d) and a matrix ``cones`` (walls x d)."""

    target: np.ndarray
    penalty: float
    features: tuple[np.ndarray, ...]
    cones: tuple[np.ndarray, ...]

    def reduced(self) -> tuple[Program, np.ndarray | None]:
        """Rotate away residual coordinates that no feature reaches; the basis (m x rank) leads back.

        The part of the target outside the basis only adds a constant to the objective.
        """
        width = sum(block.shape[1] for block in self.features)
        if len(self.target) <= width:
            return self, None
        basis = np.linalg.qr(np.hstack(self.features))[0]
        return (
            Program(
                target=basis.T @ self.target,
                penalty=self.penalty,
                features=tuple(basis.T @ block for block in self.features),
                cones=self.cones,
            ),
            basis,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Approximate optimum: ``weights`` (blocks x d), the ``residual`` (m) of the dual, and the engine's own word for it."""

    weights: np.ndarray
    residual: np.ndarray
    status: str


class Engine(Protocol):
    """A solver for :class:`Program`; ``accuracy`` is the relative accuracy of h that it can be expected to reach."""

    name: str
    accuracy: float

    def solve(self, program: Program) -> Solution | None:
        """Return the best point found, None when there is none."""
        ...
