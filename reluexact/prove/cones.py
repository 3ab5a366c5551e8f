"""Check exactly that cones bound the pull of a dual point on every neuron (CERTIFICATE.md, kind ``bound``, B4).

On a cone a convex function is at most what its values at the vectors give linearly, and ``-(z)+ <= -z, 0``. All in whole numbers:
the heights of the vectors over the rows, each times the size of its entry of theta, so that only sums are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress
from math import lcm
from operator import add

from reluexact.budget import check
from reluexact.evidence.cones import ON_BITS, SLOPE_BITS, Below, Cones, Halve
from reluexact.numbers.types import Matrix, Vector

Heights = list[int]
"""What one vector has over the rows that are open."""


@dataclass(frozen=True, slots=True)
class _Cone:
    """A cone by its vectors: their heights over the open rows of either kind, what the decided rows pull, their weights w.

    raised: rows that pull up; sunk: rows that pull down, with heights as they are. Both times the size of the pull.
    """

    raised: list[Heights]
    sunk: list[Heights]
    base: list[int]
    weights: list[list[int]]


def check_cones(X: Matrix, theta: Vector, sign: int, penalty: Fraction, cones: Cones) -> str | None:
    """Return None when the cones prove ``sign * theta.(Xw + c)+ <= penalty |w|`` for all (w, c), else what is wrong.

    >>> one = Fraction(1)
    >>> cones = Cones(center=(one,), axes=(one, one), nodes=(Below(), Below(), Below(), Below()))
    >>> check_cones(((one,), (2 * one,)), (0 * one, 0 * one), 1, one, cones)
    >>> check_cones(((one,), (2 * one,)), (one, -one), 1, one, cones)
    'node 1: the pull exceeds the slope'
    """
    width = len(X[0])
    if len(cones.center) != width or len(cones.axes) != width + 1 or any(axis <= 0 for axis in cones.axes):
        return "center and axes do not fit the rows"
    return _Check(X, theta, sign, penalty, cones).run()


class _Check:
    """Everything over common denominators; vectors are 2^depth times as long as they stand in the certificate."""

    def __init__(self, X: Matrix, theta: Vector, sign: int, penalty: Fraction, cones: Cones) -> None:
        self.cones = cones
        rows = [[entry - c for entry, c in zip(row, cones.center, strict=True)] for row in X]
        scale = lcm(1, *(entry.denominator for row in rows for entry in row))
        weight = lcm(1, *(entry.denominator for entry in theta))
        size = lcm(1, *(axis.denominator for axis in cones.axes))
        self.pulls = [int(sign * entry * weight) for entry in theta]
        self.rows = [[*(int(entry * scale) for entry in row), scale] for row in rows]
        self.axes = [int(axis * size) << _depth(cones.nodes) for axis in cones.axes]
        self.left = penalty.denominator << SLOPE_BITS  # the pull is over scale * weight, a slope over 2^SLOPE_BITS
        self.right = penalty.numerator * scale * weight

    def run(self) -> str | None:
        """Walk the nodes with the cones still to come on a stack."""
        waiting, stack = self._first(), list[_Cone]()
        for position, node in enumerate(self.cones.nodes):
            check()
            cone = stack.pop() if stack else next(waiting, None)
            if cone is None:
                return f"node {position}: there is no cone left"
            if isinstance(node, Halve):
                if not 0 <= node.first < node.second <= len(self.axes) - 1:
                    return f"node {position}: there are no such vectors"
                stack.extend(_halves(cone, node))
            elif not self._is_below(cone, node):
                return f"node {position}: the pull exceeds the slope"
        return "a cone has no bound" if stack or next(waiting, None) is not None else None

    def _first(self) -> Iterator[_Cone]:
        """Yield the cones between the axes."""
        raised = [(pull, row) for pull, row in zip(self.pulls, self.rows, strict=True) if pull > 0]
        sunk = [(-pull, row) for pull, row in zip(self.pulls, self.rows, strict=True) if pull < 0]
        count = len(self.axes)
        for number in range(1 << count):
            tips = [-axis if number >> j & 1 else axis for j, axis in enumerate(self.axes)]
            weights = [[tips[j] if k == j else 0 for k in range(count - 1)] for j in range(count)]
            heights = [[[pull * row[j] * tips[j] for pull, row in kind] for j in range(count)] for kind in (raised, sunk)]
            yield _decided(heights[0], heights[1], [0] * count, weights)

    def _is_below(self, cone: _Cone, node: Below) -> bool:
        """Say whether the slope has a length of at most 1 and bounds the pull at every vector."""
        slope = node.slope or (0,) * (len(self.axes) - 1)
        if len(slope) != len(self.axes) - 1 or sum(entry * entry for entry in slope) > 1 << 2 * SLOPE_BITS:
            return False
        on = _are_on(cone.sunk)
        for raised, sunk, base, weights in zip(cone.raised, cone.sunk, cone.base, cone.weights, strict=True):
            pull = base + sum(height for height in raised if height > 0) - sum(compress(sunk, on))
            if pull * self.left > self.right * sum(e * w for e, w in zip(slope, weights, strict=True)):
                return False
        return True


def _are_on(heights: Sequence[Heights]) -> list[bool]:
    """Say for every open row whether the sum of its heights is positive, and not next to nothing."""
    total, size = heights[0], list(map(abs, heights[0]))
    for more in heights[1:]:
        total, size = list(map(add, total, more)), list(map(add, size, map(abs, more)))
    return [sum_ << ON_BITS > most for sum_, most in zip(total, size, strict=True)]


def _halves(cone: _Cone, node: Halve) -> Iterator[_Cone]:
    """Yield the cone without the second vector, then that without the first: the first of the tree is the last of these."""
    a, b = node.first, node.second
    middle = [_mean(vectors[a], vectors[b]) for vectors in (cone.raised, cone.sunk, cone.weights)]
    for gone in (b, a):
        raised, sunk, weights, base = list(cone.raised), list(cone.sunk), list(cone.weights), list(cone.base)
        raised[gone], sunk[gone], weights[gone] = middle
        base[gone] = (base[a] + base[b]) >> 1
        yield _decided(raised, sunk, base, weights)


def _mean(one: list[int], other: list[int]) -> list[int]:
    return [(a + b) >> 1 for a, b in zip(one, other, strict=True)]


def _decided(raised: list[Heights], sunk: list[Heights], base: list[int], weights: list[list[int]]) -> _Cone:
    """Return the cone, with the rows that are on or off in all of it moved into the base, or left out."""
    for sign, heights in ((1, raised), (-1, sunk)):
        lowest, highest = list(map(min, *heights)), list(map(max, *heights))
        on = [low >= 0 for low in lowest]
        base = [total + sign * sum(compress(vector, on)) for total, vector in zip(base, heights, strict=True)]
        left = [low < 0 < high for low, high in zip(lowest, highest, strict=True)]
        heights[:] = [list(compress(vector, left)) for vector in heights]
    return _Cone(raised, sunk, base, weights)


def _depth(nodes: Sequence[Halve | Below]) -> int:
    """Return how many halvings lie above a cone at most."""
    deepest, stack = 0, list[int]()
    for node in nodes:
        depth = stack.pop() if stack else 0
        deepest = max(deepest, depth)
        if isinstance(node, Halve):
            stack += [depth + 1, depth + 1]
    return deepest
