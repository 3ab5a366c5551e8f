"""The equations of a structure whose penalty (and, if asked for, whose targets) lie on a line (CERTIFICATE.md, kind ``path``).

Unknowns z: nu of every block (``v = B nu``, b times its unit direction), then beta of every block (its amount over b, that of an
opposite neuron added), then ``s_1 .. s_r``. The opposite neuron of a pair has the part ``p = share beta + slack s_hang`` of beta.

    fit = sum sign (beta D - p) X v,    theta = y - fit
    E1: sign B'X'D theta - B'B nu = 0      E2: nu'B'B nu - b^2 = 0      E3: L'X'theta = 0

At a solution with ``0 < p < beta`` the network of the blocks, and of the opposites of pairs, has this fit, and all its neurons
are tight: those of blocks by E1 and E2, the opposites because ``B'X'theta = 0`` (E3) makes ``-v`` of the rows off what v is of
the rows on. (For ``-v`` the rows on are those off for v; rows on the face add nothing in the span.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from reluexact.evidence.path import PathBlock
from reluexact.evidence.path_layout import Layout
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import dot, solve
from reluexact.numbers.line_system import LineSystem
from reluexact.numbers.types import IntVector, Vector
from reluexact.prove.system import cross_products
from reluexact.prove.unproved import Unproved

ZERO = Fraction(0)


@dataclass(frozen=True, kw_only=True)
class Line:
    """The penalty ``middle + half t`` and the targets ``y + drift t`` (drift: empty for none), for t in [-1, 1]."""

    middle: Fraction
    half: Fraction
    drift: Vector = ()

    @staticmethod
    def between(low: Fraction, high: Fraction, drift: Vector = ()) -> Line:
        """Return the line whose penalty runs from ``low`` (t = -1) to ``high`` (t = 1)."""
        return Line(middle=(low + high) / 2, half=(high - low) / 2, drift=drift)

    def penalty(self, t: Fraction) -> Fraction:
        """Return the penalty at t."""
        return self.middle + self.half * t

    def place(self, penalty: Fraction) -> Fraction:
        """Return t of a penalty."""
        return (penalty - self.middle) / self.half


@dataclass(frozen=True, kw_only=True)
class PathSystem:
    """Data, structure and line with their equations.

    features: what each of ``system.pairs`` before the squares of E2 adds to the fit, n entries each; there are ``len(features)``
    such products, and they come first.
    """

    data: Dataset
    blocks: tuple[PathBlock, ...]
    lineality: tuple[IntVector, ...]
    line: Line
    features: tuple[Vector, ...]
    system: LineSystem

    @cached_property
    def layout(self) -> Layout:
        """Return where the unknowns stand in z."""
        return Layout(self.blocks, len(self.lineality))

    @property
    def products(self) -> tuple[tuple[int, int], ...]:
        """Return the pairs of unknowns whose products the fit is linear in."""
        return self.system.pairs[: len(self.features)]

    def residual(self, z: Sequence[Fraction], t: Fraction) -> Vector:
        """Return theta at a point of the unknowns."""
        drift = self.line.drift or (ZERO,) * self.data.n
        theta = [y + t * d for y, d in zip(self.data.y, drift, strict=True)]
        for (i, j), feature in zip(self.products, self.features, strict=True):
            amount = z[i] * z[j]
            theta = [a - amount * b if b else a for a, b in zip(theta, feature, strict=True)]
        return tuple(theta)


def path_system(data: Dataset, blocks: tuple[PathBlock, ...], lineality: tuple[IntVector, ...], line: Line) -> PathSystem:
    """Set up the equations; raises Unproved for a structure that makes no sense (which the obligations O2 exclude)."""
    check_shape(data, blocks, lineality)
    layout = Layout(blocks, len(lineality))
    pairs: list[tuple[int, int]] = []
    features: list[Vector] = []
    for k, block in enumerate(blocks):
        for i, (on, whole) in enumerate(images(data, block)):
            pairs.append((layout.beta(k), layout.starts[k] + i))
            features.append(tuple(block.sign * (a - block.share * b) for a, b in zip(on, whole, strict=True)))
        if block.hang is not None:
            for i, (_, whole) in enumerate(images(data, block)):
                pairs.append((layout.slack(block.hang), layout.starts[k] + i))
                features.append(tuple(-block.sign * block.slack * entry for entry in whole))
    system = _equations(data, blocks, lineality, line, (pairs, features))
    return PathSystem(data=data, blocks=blocks, lineality=lineality, line=line, features=tuple(features), system=system)


def images(data: Dataset, block: PathBlock) -> list[tuple[Vector, Vector]]:
    """Return ``D X B`` and ``X B``, a pair of columns for each vector of the basis."""
    gates = data.hyperplanes.row_gates(block.gate)
    found = []
    for vector in block.basis:
        whole = tuple(dot(row, vector) for row in data.X)
        found.append((tuple(entry if gate > 0 else ZERO for entry, gate in zip(whole, gates, strict=True)), whole))
    return found


def _equations(
    data: Dataset,
    blocks: tuple[PathBlock, ...],
    lineality: tuple[IntVector, ...],
    line: Line,
    products: tuple[list[tuple[int, int]], list[Vector]],
) -> LineSystem:
    pairs, features = products
    tests = [tuple(block.sign * entry for entry in on) for block in blocks for on, _ in images(data, block)]
    free = [tuple(dot(row, vector) for row in data.X) for vector in lineality]
    omegas, count = len(tests), len(blocks)
    size = omegas + count + len(lineality)
    rows = [*range(omegas), *range(omegas + count, size)]
    squares, weights = _lengths(blocks, omegas)
    constants = [[ZERO] * size for _ in range(3)]
    heavy = [[ZERO] * (len(pairs) + len(squares)) for _ in range(size)]
    if rows:
        targets = (data.y, line.drift) if line.drift else (data.y,)
        table = cross_products((*tests, *free), (*features, *targets))
        for place, entries in zip(rows, table, strict=True):
            heavy[place][: len(pairs)] = [-entry for entry in entries[: len(pairs)]]
            for k, entry in enumerate(entries[len(pairs) :]):
                constants[k][place] = entry
    for (equation, weight), position in zip(weights, range(len(pairs), len(pairs) + len(squares)), strict=True):
        heavy[equation][position] = weight
    for k in range(count):
        for power, value in enumerate((line.middle**2, 2 * line.middle * line.half, line.half**2)):
            constants[power][omegas + k] = -value
    return LineSystem(
        constants=tuple(map(tuple, constants)),
        linear=_metric(blocks, size),
        pairs=(*pairs, *squares),
        weights=tuple(map(tuple, heavy)),
    )


def _lengths(blocks: tuple[PathBlock, ...], omegas: int) -> tuple[list[tuple[int, int]], list[tuple[int, Fraction]]]:
    """Return the products of E2, each with its equation and weight."""
    pairs, weights, start = [], [], 0
    for k, block in enumerate(blocks):
        for i, left in enumerate(block.basis):
            for j in range(i, len(block.basis)):
                weight = dot(left, block.basis[j]) * (1 if i == j else 2)
                if weight:
                    pairs.append((start + i, start + j))
                    weights.append((omegas + k, weight))
        start += len(block.basis)
    return pairs, weights


def _metric(blocks: tuple[PathBlock, ...], size: int) -> tuple[Vector, ...]:
    """Return the linear part: ``-B'B`` of every block."""
    table = [[ZERO] * size for _ in range(size)]
    start = 0
    for block in blocks:
        for i, left in enumerate(block.basis):
            for j, right in enumerate(block.basis):
                table[start + i][start + j] = -dot(left, right)
        start += len(block.basis)
    return tuple(map(tuple, table))


def check_shape(data: Dataset, blocks: tuple[PathBlock, ...], lineality: tuple[IntVector, ...]) -> None:
    """O2: blocks have a basis, lie on the walls that their gates name; pairs, and only they, divide and lie in the span of L."""
    walls = data.hyperplanes
    for k, block in enumerate(blocks):
        if block.sign not in (-1, 1) or len(block.gate) != len(walls) or not block.basis:
            raise Unproved(f"O2: block {k} is no neuron of these data")
        if any(len(vector) != data.d for vector in block.basis):
            raise Unproved(f"O2: the basis of block {k} has vectors of another length than the rows of X")
        check_walls(data, block.gate, block.basis, f"block {k}")
        if block.hang is not None and not 0 <= block.hang < len(lineality):
            raise Unproved(f"O6: block {k} hangs on an unknown that there is not")
        if not block.paired and (block.share or block.slack or block.hang is not None):
            raise Unproved(f"O6: block {k} is no pair and has nothing to divide")
    _check_pairs(data, blocks, lineality)


def check_walls(data: Dataset, gate: Sequence[int], basis: Sequence[IntVector], name: str) -> None:
    """O2: the basis lies on the walls where the gate is 0."""
    for hyperplane, (normal, side) in enumerate(zip(data.hyperplanes.normals, gate, strict=True)):
        if not side and any(dot(normal, vector) for vector in basis):
            raise Unproved(f"O2: {name} is not on wall {hyperplane}")


def _check_pairs(data: Dataset, blocks: tuple[PathBlock, ...], lineality: tuple[IntVector, ...]) -> None:
    """O2: ``X B`` of every pair is a combination of the columns of ``X L``, so that E3 says ``B'X'theta = 0``."""
    table = [tuple(dot(row, vector) for vector in lineality) for row in data.X]
    for k, block in enumerate(blocks):
        if not block.paired:
            continue
        for _, whole in images(data, block):
            if not lineality or solve(table, whole) is None:
                raise Unproved(f"O2: the pair of block {k} lies outside the span of the pairs")
