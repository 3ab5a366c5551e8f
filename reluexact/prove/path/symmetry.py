"""Symmetries of the data, and what they do to the structure of a segment.

A symmetry sends row i to row ``rows[i]``, with ``x_rows[i] = x_i Q``, Q orthogonal, and targets that are equal, or opposite (its
sign e). Then ``theta_rows[i] = e theta_i`` for the unique optimal theta, and a neuron of direction u and sign s has the value
of that with ``Q'u`` and e s, whose rows ``rows[i]`` have the heights of the rows i of u.
"""

from __future__ import annotations

from dataclasses import replace

from reluexact.evidence.path import PathSymmetry, Vanishing
from reluexact.geometry.signs import Signs
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import dot, matmul, primitive, transpose
from reluexact.numbers.types import IntVector
from reluexact.prove.path.match import same_span
from reluexact.prove.path.segment import ProvedSegment
from reluexact.prove.unproved import Unproved


def check_symmetry(data: Dataset, symmetry: PathSymmetry) -> None:
    """Prove that a map is a symmetry of the data."""
    rows, columns = symmetry.rows, symmetry.columns
    if symmetry.sign not in (1, -1):
        raise Unproved("the sign of a symmetry is 1 or -1")
    if sorted(rows) != list(range(data.n)) or len(columns) != data.d or any(len(line) != data.d for line in columns):
        raise Unproved("a symmetry has to permute the rows, and map the columns")
    square = matmul(columns, transpose(columns))
    if any(entry != (i == j) for i, line in enumerate(square) for j, entry in enumerate(line)):
        raise Unproved("the map of a symmetry is not orthogonal")
    for i, (row, image) in enumerate(zip(matmul(data.X, columns), rows, strict=True)):
        if row != data.X[image] or symmetry.sign * data.y[i] != data.y[image]:
            raise Unproved(f"row {i} is not mapped to row {image}")


def moved(proved: ProvedSegment, item: Vanishing, symmetry: PathSymmetry) -> Vanishing:
    """Return the quantity that a symmetry maps one to; raises Unproved where the structure is not mapped to itself."""
    segment, walls = proved.segment, proved.program.hyperplanes
    if item.others or item.what not in ("amount", "watched", "gate", "tau"):
        raise Unproved(f"no symmetry speaks of a {item.what}")
    source = segment.watched[item.index] if item.what == "watched" else segment.blocks[item.index]
    gates = walls.row_gates(source.gate)
    images: list[int] = [0] * len(gates)
    for i, image in enumerate(symmetry.rows):
        images[image] = gates[i]
    gate, basis = walls.hyperplane_gates(images), _mapped(source.basis, symmetry)
    index, side = _find(proved, item.what == "watched", (symmetry.sign * source.sign, gate), basis)
    if item.hyperplane is None:
        return replace(item, index=index)
    first = walls.rows[item.hyperplane]
    wall = walls.hyperplane_of[symmetry.rows[first]]
    if side < 0 or wall is None:
        raise Unproved("a symmetry swaps the neurons of a pair at a wall")
    if item.side is not None and walls.factor[symmetry.rows[first]] < 0:
        other = {"on": "off", "off": "on"}[item.side]
        return replace(item, index=index, hyperplane=wall, side=other)
    return replace(item, index=index, hyperplane=wall)


def _mapped(basis: tuple[IntVector, ...], symmetry: PathSymmetry) -> tuple[IntVector, ...]:
    """Return ``Q'u`` for the vectors of a basis."""
    turned = transpose(symmetry.columns)
    return tuple(primitive([dot(line, vector) for line in turned]) for vector in basis)


def _find(proved: ProvedSegment, watched: bool, face: tuple[int, Signs], basis: tuple[IntVector, ...]) -> tuple[int, int]:
    """Return the block (or watched neuron) on a face, and 1; or -1 where it is the opposite of a pair."""
    kinds = {"watched": 1} if watched else {"block": 1, "partner": -1}
    for place in proved.segment.tight:
        if place.kind in kinds and (place.face.sign, place.face.gate) == face and same_span(place.basis, basis):
            return place.index, kinds[place.kind]
    raise Unproved("a symmetry does not map the structure to itself")
