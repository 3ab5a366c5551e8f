"""The edges on which a neuron on dependent hyperplanes may leave some of them; in floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reluexact.propose.types import Floats

_ZERO = 1e-10
_MOST = 8


@dataclass(frozen=True, slots=True)
class Edge:
    """A unit direction away from all the hyperplanes, along as many of them as possible; left: the others with the heights."""

    direction: Floats
    left: tuple[tuple[int, float], ...]


def edges(normals: Floats, walls: Sequence[int]) -> tuple[Edge, ...]:
    """Return the edges at the crossing of hyperplanes that are dependent; none for independent ones, and for very many.

    Every direction across the crossing is a sum of edges between the same sides of all hyperplanes, where the function that the
    neuron maximises is linear: so it stays where every edge pulls it back.
    """
    if len(walls) < 2 or len(walls) > _MOST:
        return ()
    own = normals[list(walls)] / np.linalg.norm(normals[list(walls)], axis=1)[:, None]
    rank = int(np.linalg.matrix_rank(own, tol=_ZERO))
    if rank == len(walls):
        return ()
    frame = np.linalg.svd(own)[2][:rank]
    found: dict[tuple[int, ...], Edge] = {}
    for kept in combinations(range(len(walls)), rank - 1):
        rows = own[list(kept)] @ frame.T
        if rank > 1 and np.linalg.matrix_rank(rows, tol=_ZERO) < rank - 1:
            continue
        direction = np.linalg.svd(rows)[2][-1] @ frame if rank > 1 else frame[0]
        heights = own @ direction
        for side in (1.0, -1.0):
            signs = tuple(0 if abs(height) < _ZERO else int(np.sign(side * height)) for height in heights.tolist())
            left = [(wall, float(side * normals[wall] @ direction)) for wall, sign in zip(walls, signs, strict=True) if sign]
            found.setdefault(signs, Edge(side * direction, tuple(left)))
    return tuple(found[signs] for signs in sorted(found))
