"""Find the structure where floats cannot: the central path of the candidate columns in high precision.

At ``mu = 10^-digits`` a live amount is of order 1, a tie about mu^(2/3), a dead column about mu; a touched hyperplane has a slack
near mu.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from reluexact.geometry.column import Column, Face
from reluexact.geometry.signs import cell_signs, side_sign
from reluexact.model.loss import SQUARED
from reluexact.model.program import Program
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector
from reluexact.propose.basis import basis_of, floats_in
from reluexact.propose.central_path import BarrierProblem, follow
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import LinearProgram
from reluexact.propose.guess import Spot
from reluexact.propose.pricing import facets
from reluexact.propose.view import FloatView, binary_exponent
from reluexact.prove.system import gram_matrix

LONG = 6
"""Where rows are nearly parallel, weights are up to 10^LONG times as long as what they explain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralPoint:
    """What the end of the path shows: the spots that carry weight, those that look like ties, the residual and the fit."""

    live: tuple[Spot, ...]
    ties: tuple[Spot, ...]
    residual: Vector
    fit: Vector


def central_point(program: Program, columns: Sequence[Column], digits: int = 40) -> CentralPoint | None:
    """Follow the path for these columns; None when the arithmetic breaks down.

    A row set scaled by powers of two keeps all numbers near 1; the scaling is undone before anything is returned.
    """
    view = FloatView.of(program.data)
    shift_x = Fraction(2) ** binary_exponent(max(abs(entry) for row in program.data.X for entry in row))
    shift_y = Fraction(2) ** binary_exponent(max(abs(entry) for entry in program.data.y))
    features = [vector for column in columns for vector in _block(program, column, shift_x)]
    gram, moments = gram_matrix(tuple(features), tuple(entry / shift_y for entry in program.data.y))
    cones, starts = [], []
    for column in columns:
        hyperplanes = facets(view.even, column.cell)
        cone = tuple(_oriented(program, hyperplane, column.cell[hyperplane]) for hyperplane in hyperplanes)
        inside = interior_point(cone, program.data.d)
        if inside is None:
            return None
        cones.append(cone)
        starts.append(inside)
    problem = BarrierProblem(
        gram=tuple(gram),
        moments=moments,
        penalty=program.penalty / (shift_x * shift_y),
        size=program.data.d,
        cones=tuple(cones),
        start=tuple(entry for start in starts for entry in start),
    )
    steep = basis_of(program.hyperplanes.normals) is not None
    answer = follow(problem, digits, 16 * digits, first=-LONG if steep else 0)
    return None if answer is None else _read(program, columns, features, answer[0], digits, (shift_x, shift_y))


def _block(program: Program, column: Column, shift: Fraction) -> list[Vector]:
    """Return the d columns of ``s D X`` for one block, scaled."""
    gates = program.hyperplanes.row_gates(cell_signs(column.cell))
    return [
        tuple(column.sign * row[j] / shift if gate > 0 else Fraction(0) for row, gate in zip(program.data.X, gates, strict=True))
        for j in range(program.data.d)
    ]


def _oriented(program: Program, hyperplane: int, side: bool) -> Vector:
    """Return a hyperplane's normal towards the cell, scaled to length about 1."""
    normal = program.hyperplanes.normals[hyperplane]
    top = max(abs(entry) for entry in normal) * side_sign(side)
    return tuple(entry / top for entry in normal)


def interior_point(cone: tuple[Vector, ...], dimension: int) -> Vector | None:
    """Return a short rational vector well inside a cone (linear program in floats, checked exactly)."""
    basis = basis_of(cone)
    rows = np.array([floats_in(basis, row) for row in cone]).reshape(-1, dimension)
    rows = rows if basis is None else rows / basis.scale
    rows = rows / np.linalg.norm(rows, axis=1)[:, None] if len(rows) else rows
    table = np.hstack([-rows, np.ones((len(rows), 1))])
    cost = np.zeros(dimension + 1)
    cost[-1] = -1
    bounds = [(-1.0, 1.0)] * dimension + [(None, 1.0)]
    answer = engine("linear").solve(LinearProgram(cost=cost, rows=table, limits=np.zeros(len(rows)), bounds=bounds))
    if answer is None:
        return None
    point = tuple(Fraction(round(float(x) * 2**60), 2**62) for x in answer.point[:-1])
    if basis is not None:
        point = basis.exact(np.array([float(entry) for entry in point]) * float(basis.scale.min()))
    return point if all(dot(row, point) > 0 for row in cone) else None


def _read(
    program: Program,
    columns: Sequence[Column],
    features: Sequence[Vector],
    point: Vector,
    digits: int,
    shifts: tuple[Fraction, Fraction],
) -> CentralPoint:
    """Sort the blocks by their amount and turn the heavy ones into spots; cells that share a spot add their weights."""
    size = program.data.d
    live_from, tie_from = Fraction(1, 10 ** (digits // 3)), Fraction(1, 10 ** (digits * 5 // 8))
    fit = [Fraction(0)] * program.data.n
    live: dict[Face, Spot] = {}
    ties: dict[Face, Spot] = {}
    for block, column in enumerate(columns):
        part = point[block * size : (block + 1) * size]
        for feature, value in zip(features[block * size : (block + 1) * size], part, strict=True):
            fit = [total + value * entry if entry else total for total, entry in zip(fit, feature, strict=True)]
        amount = sum(abs(entry) for entry in part)
        if amount > tie_from:
            spot = _spot(program, column.sign, part, live_from, shifts[1] / shifts[0])
            kind = live if amount > live_from else ties
            known = kind.get(spot.face)
            kind[spot.face] = spot if known is None else replace(known, weights=_sum(known.weights, spot.weights))
    fit = [shifts[1] * value for value in fit]
    return CentralPoint(
        live=tuple(live.values()),
        ties=tuple(spot for face, spot in ties.items() if face not in live),
        residual=SQUARED.residual(fit, program.data.y),
        fit=tuple(fit),
    )


def _sum(left: Vector | None, right: Vector | None) -> Vector | None:
    return None if left is None or right is None else tuple(a + b for a, b in zip(left, right, strict=True))


def _spot(program: Program, sign: int, direction: Sequence[Fraction], tolerance: Fraction, unit_of: Fraction) -> Spot:
    """Return the face of a direction; a hyperplane within the tolerance of it counts as touched."""
    top = max(abs(entry) for entry in direction)
    unit = [entry / top for entry in direction]
    gate = []
    for normal in program.hyperplanes.normals:
        height = dot(normal, unit)
        near = abs(height) <= tolerance * max(abs(entry) for entry in normal)
        gate.append(0 if near else (1 if height > 0 else -1))
    basis = basis_of(program.hyperplanes.normals)
    floats = floats_in(basis, tuple(unit)) * (1.0 if basis is None else basis.scale)
    return Spot(
        face=Face(sign=sign, gate=tuple(gate)),
        direction=tuple(float(x) for x in floats / np.linalg.norm(floats)),
        weights=tuple(unit_of * entry for entry in direction),
    )
