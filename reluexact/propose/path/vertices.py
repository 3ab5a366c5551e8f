"""Vertices of a box cut by equations, in floats: proposals, which exact arithmetic proves or refuses."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np

Vertex = tuple[tuple[int, ...], tuple[int, ...]]
"""Which variables lie strictly inside of the box, and which lie at their upper bounds; all others are 0."""

MOST = 1 << 20
"""Points that are tried at most."""


def propose_vertices(
    columns: Sequence[Sequence[Fraction | float]], tops: Sequence[Fraction | float], inside: Sequence[Fraction | float]
) -> list[Vertex] | None:
    """Return the vertices of ``0 <= x <= tops, sum x_k columns_k = sum inside_k columns_k``; None where too much is to try.

    Only those with as many variables inside as there are equations.

    >>> propose_vertices([[1.0], [1.0]], [1.0, 2.0], [0.5, 1.0])
    [((1,), ()), ((1,), (0,))]
    """
    size, count = len(columns[0]), len(columns)
    bits = (np.arange(1 << min(count - size, 20))[:, None] >> np.arange(count - size)) & 1
    matrix, high, known = np.array(columns, dtype=float).T, np.array(tops, dtype=float), np.array(inside, dtype=float)
    found: list[Vertex] = []
    choices = list(combinations(range(count), size))
    if len(choices) << (count - size) > MOST:
        return None
    for basis in choices:
        others = [k for k in range(count) if k not in basis]
        try:
            answer = np.linalg.inv(matrix[:, basis])
        except np.linalg.LinAlgError:
            continue
        moved = (known[others] - bits * high[others]) @ matrix[:, others].T
        values = known[list(basis)] + moved @ answer.T
        fits = np.all((values > 0) & (values < high[list(basis)]), axis=1)
        found += [(basis, tuple(k for k, on in zip(others, row, strict=True) if on)) for row in bits[fits]]
    return found
