"""How the amounts of pairs may be divided on a part of a segment, and that no vertex of that polytope is degenerate there.

The optimal networks of a segment with K pairs and r columns of L differ in p, what the opposites of the pairs have:

    0 <= p_k <= beta_k,    sum_k W_k p_k = sum_k W_k p0_k,    W_k = s_k E_k nu_k,  X B_k = X L E_k   (r equations)

with the division p0 of the evidence, which lies strictly inside. Minimal networks are its vertices. One with r pairs strictly
inside has two neurons for each of these, one for each of the other K - r pairs, and every neuron that is in no pair: as many as
there are optimal neurons, less the dimension K - r. It has K - r edges, along each of which one pair leaves its bound.

Proved for every penalty of a part at once: a list of such vertices, on each of which all signs are strict, and of which every
edge has two in the list. The graph of a polytope is connected, so these are all; every minimal network has that many neurons.

Near the end of pairing the parts that come to 0 hang on one s > 0, and so does the polytope. Numbers are ``plain + s small``;
where ``plain`` is 0 by the form of the evidence, the sign is that of ``small``, however small s is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.evidence.path import Segment
from reluexact.evidence.path_layout import Layout
from reluexact.model.dataset import Dataset
from reluexact.numbers.curves import value_at
from reluexact.numbers.linalg import dot, solve
from reluexact.numbers.range_polynomials import Ranged, precisely
from reluexact.numbers.types import Matrix, Vector
from reluexact.prove.path.system import Line, images
from reluexact.prove.unproved import Unproved

ZERO, ONE = Fraction(0), Fraction(1)
Vertex = tuple[tuple[int, ...], tuple[int, ...]]
"""Which pairs are divided, and which of the others the opposites have whole."""


@dataclass(frozen=True)
class Near:
    """The number ``plain + s small``; None for 0."""

    plain: Ranged | None
    small: Ranged | None

    def plus(self, other: Near) -> Near:
        """Return the sum."""
        return Near(_sum(self.plain, other.plain), _sum(self.small, other.small))

    def times(self, factor: Ranged) -> Near:
        """Return a multiple."""
        return Near(None if self.plain is None else self.plain * factor, None if self.small is None else self.small * factor)

    def minus(self, other: Near) -> Near:
        """Return the difference."""
        return self.plus(other.times(Ranged.between(-ONE)))

    def sign(self, s: Ranged | None) -> int:
        """Return the sign on the whole part, 0 where it is not known."""
        if self.small is None or s is None:
            return _sign(self.plain)
        return _sign(self.small) if self.plain is None else _sign(self.plain + self.small * s)


@dataclass(frozen=True)
class Shares:
    """The polytope of a part. columns: W_k; known: p0_k; rests: beta_k - p0_k; s: what vanishes at an end, None for nothing."""

    columns: tuple[tuple[Ranged, ...], ...]
    known: tuple[Near, ...]
    rests: tuple[Near, ...]
    s: Ranged | None

    def check(self, vertices: Sequence[Vertex]) -> None:
        """Prove that these are all vertices, for every penalty of the part; raises Unproved."""
        if not vertices:
            raise Unproved("no vertex is known")
        edges: Counter[tuple[int | bool, ...]] = Counter()
        for inside, whole in vertices:
            self._check_inside(inside, whole)
            bounds = [(k, k in whole) for k in range(len(self.columns)) if k not in inside]
            for left in range(len(bounds)):
                edges[tuple(entry for place, bound in enumerate(bounds) if place != left for entry in bound)] += 1
        if any(count != 2 for count in edges.values()):
            raise Unproved("an edge has not two of the vertices")

    def _check_inside(self, inside: Sequence[int], whole: Sequence[int]) -> None:
        """Prove that the pairs inside are divided, where the others are at their bounds."""
        size = len(self.columns[0])
        matrix = [[self.columns[k][i] for k in inside] for i in range(size)]
        divisor = _determinant(matrix)
        wanted = _sign(divisor)
        if not wanted:
            raise Unproved("the columns of the pairs inside may be dependent")
        right = [Near(None, None) for _ in range(size)]
        for k in range(len(self.columns)):
            if k not in inside:
                moved = self.rests[k].times(Ranged.between(-ONE)) if k in whole else self.known[k]
                right = [entry.plus(moved.times(self.columns[k][i])) for i, entry in enumerate(right)]
        for place, k in enumerate(inside):
            change = Near(None, None)
            for i in range(size):
                minor = _determinant([[e for j, e in enumerate(row) if j != place] for h, row in enumerate(matrix) if h != i])
                side = ONE if (i + place) % 2 == 0 else -ONE
                change = change.plus(right[i].times(minor * Ranged.between(side)))
            parts = (self.known[k].times(divisor).plus(change), self.rests[k].times(divisor).minus(change))
            if any(part.sign(self.s) != wanted for part in parts):
                raise Unproved("a pair may not be divided")


def _sum(left: Ranged | None, right: Ranged | None) -> Ranged | None:
    if left is None or right is None:
        return right if left is None else left
    return left + right


def _sign(value: Ranged | None) -> int:
    if value is None:
        return 0
    low, high = value.bounds()
    return int(low > 0) - int(high < 0)


def _determinant(matrix: Sequence[Sequence[Ranged]]) -> Ranged:
    if not matrix:
        return Ranged.between(ONE)
    total = Ranged.between(ZERO)
    for j, entry in enumerate(matrix[0]):
        part = entry * _determinant([[e for place, e in enumerate(row) if place != j] for row in matrix[1:]])
        total = total - part if j % 2 else total + part
    return total


def shares_on(data: Dataset, segment: Segment, low: Fraction, high: Fraction) -> Shares:
    """Return the polytope on a part of a segment (which has pairs); use it within :func:`precisely`."""
    layout, line = Layout(segment.blocks, len(segment.lineality)), Line.between(segment.low, segment.high)
    ends = line.place(low), line.place(high)
    curves = zip(zip(*segment.coefficients, strict=True), segment.radius, strict=True)
    unknown = [Ranged.on_part(curve, radius, ends) for curve, radius in curves]
    small = next((item.index for item in segment.vanishing if item.what == "slack"), None)
    columns, divided, rests = [], [], []
    for k, (block, matrix) in enumerate(zip(segment.blocks, coordinates(data, segment), strict=True)):
        if matrix is None:
            continue
        columns.append(tuple(_dot(row, [unknown[place] for place in layout.nu(k)], block.sign) for row in matrix))
        beta = unknown[layout.beta(k)]
        slack = None if block.hang is None else unknown[layout.slack(block.hang)]
        divided.append(_near(block.share, beta, block.slack, slack, apart=block.hang == small))
        rests.append(_near(1 - block.share, beta, -block.slack, slack, apart=block.hang == small))
    return Shares(tuple(columns), tuple(divided), tuple(rests), None if small is None else unknown[layout.slack(small)])


def _near(share: Fraction, beta: Ranged, factor: Fraction, slack: Ranged | None, *, apart: bool) -> Near:
    """Return ``share beta + factor s``; apart: this s is the one that vanishes."""
    plain = beta * Ranged.between(share) if share else None
    if slack is None or not factor:
        return Near(plain, None)
    if apart:
        return Near(plain, Ranged.between(factor))
    return Near(_sum(plain, slack * Ranged.between(factor)), None)


def _dot(row: Sequence[Fraction], values: Sequence[Ranged], sign: int) -> Ranged:
    total = Ranged.between(ZERO)
    for factor, value in zip(row, values, strict=True):
        if factor:
            total = total + value * Ranged.between(sign * factor)
    return total


def coordinates(data: Dataset, segment: Segment) -> list[Matrix | None]:
    """Return for every block E with ``X B = X L E``; None for one that is no pair."""
    free = [tuple(dot(row, vector) for vector in segment.lineality) for row in data.X]
    found: list[Matrix | None] = []
    for block in segment.blocks:
        if not block.paired:
            found.append(None)
            continue
        columns = [solve(free, whole) for _, whole in images(data, block)]
        if any(column is None for column in columns):
            raise Unproved("O2: a pair lies outside the span of the pairs")
        found.append(tuple(zip(*(column for column in columns if column is not None), strict=True)))
    return found


def at_middle(data: Dataset, segment: Segment, low: Fraction, high: Fraction) -> tuple[Matrix, Vector, Vector]:
    """Return columns, tops and the division of the evidence at the middle of a part, as they are on the curve of the tube."""
    layout, t = Layout(segment.blocks, len(segment.lineality)), Line.between(segment.low, segment.high).place((low + high) / 2)
    z = [value_at(curve, t) for curve in zip(*segment.coefficients, strict=True)]
    columns, tops, inside = [], [], []
    for k, (block, matrix) in enumerate(zip(segment.blocks, coordinates(data, segment), strict=True)):
        if matrix is not None:
            columns.append(tuple(block.sign * dot(row, [z[place] for place in layout.nu(k)]) for row in matrix))
            tops.append(z[layout.beta(k)])
            inside.append(dot(layout.row(layout.partner(k)), z))
    return tuple(columns), tuple(tops), tuple(inside)


def prove_vertices(data: Dataset, segment: Segment, low: Fraction, high: Fraction, vertices: Sequence[Vertex]) -> bool:
    """Say whether these are proved to be all vertices for every penalty of a part."""
    try:
        with precisely():
            shares_on(data, segment, low, high).check(vertices)
    except Unproved:
        return False
    return True
