"""Which vertices of the optimal set lie how close: the numbers of neurons that two of them need together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reluexact.kinds.optimal_set.vertex import Vertex

BITS = 64


@dataclass(frozen=True, slots=True)
class Supports:
    """The supports of all vertices, 64 neurons to a word."""

    words: NDArray[np.uint64]

    @staticmethod
    def of(vertices: Sequence[Vertex]) -> Supports:
        """Pack the supports.

        >>> from reluexact.numbers.real import Real
        >>> one, none = Real.rational(1), Real.rational(0)
        >>> amount_polytope = [Vertex(amounts=(one, none), support=(0,)), Vertex(amounts=(none, one), support=(1,))]
        >>> Supports.of(amount_polytope).together(0).tolist()
        [1, 2]
        """
        length = 1 + max((k for vertex in vertices for k in vertex.support), default=0) // BITS
        words = np.zeros((len(vertices), length), dtype=np.uint64)
        for row, vertex in enumerate(vertices):
            for k in vertex.support:
                words[row, k // BITS] |= np.uint64(1 << k % BITS)
        return Supports(words)

    def together(self, vertex: int) -> NDArray[np.int64]:
        """Return for every vertex how many neurons it and the given one have together."""
        counts: NDArray[np.int64] = np.bitwise_count(self.words | self.words[vertex]).sum(axis=1, dtype=np.int64)
        return counts


def merging_widths(supports: Supports) -> list[int]:
    """Return the weights of a least spanning tree of the vertices (Prim 1957), where an edge weighs what its ends have together.

    They tell, for every width, into how many groups the vertices fall when those are joined that fit into the width together:
    with N vertices, N less the number of weights up to that width.
    """
    count = len(supports.words)
    if count < 2:
        return []
    far = np.iinfo(np.int64).max
    nearest, waiting = supports.together(0), np.ones(count, dtype=bool)
    waiting[0] = False
    weights = []
    for _ in range(count - 1):
        chosen = int(np.where(waiting, nearest, far).argmin())
        weights.append(int(nearest[chosen]))
        waiting[chosen] = False
        nearest = np.minimum(nearest, supports.together(chosen))
    return sorted(weights)


def linked(supports: Supports, start: int, width: int) -> dict[int, int | None]:
    """Return the vertices that chains from a vertex reach whose neighbours fit into the width together.

    Each comes with its predecessor; the start has predecessor None; chains are as short as possible (breadth first).
    """
    before: dict[int, int | None] = {start: None}
    waiting = [start]
    for vertex in waiting:
        for other in np.flatnonzero(supports.together(vertex) <= width).tolist():
            if other not in before:
                before[other] = vertex
                waiting.append(other)
    return before
