"""The columns of a program as a field of search: which lie in a region, and the relaxation over a set of them (floats)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reluexact.evidence.column_supports import members
from reluexact.evidence.region import Assignment, Region
from reluexact.geometry.column import Column
from reluexact.geometry.signs import Cell
from reluexact.propose import loss
from reluexact.propose.candidates import Candidate, Units, propose
from reluexact.propose.columns import Columns
from reluexact.propose.pricing import Priced, distinct, project
from reluexact.propose.types import Floats

USED = 1e-7
"""Directions with a smaller share of the greatest amount are noise of the solver."""

ON_HYPERPLANE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A neuron of a relaxed solution: its sign, its weights w, and per hyperplane the side -1, 0 (on it, up to rounding) or 1."""

    sign: int
    weights: Floats
    gate: NDArray[np.int8]

    def plus(self, other: Direction) -> Direction:
        """Add up two neurons of one sign that lie in one closed cell."""
        gate = np.where(self.gate != 0, self.gate, other.gate).astype(np.int8)
        return Direction(sign=self.sign, weights=self.weights + other.weights, gate=gate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """The program restricted to a set of columns: a dual point, the bound it gives, and the directions of the primal point.

    directions: the greatest amounts first; columns: those of the solver. value: the objective of the primal point.
    """

    mask: int
    residual: tuple[float, ...]
    bound: float
    value: float
    directions: tuple[Direction, ...]
    columns: tuple[Column, ...]
    candidate: Candidate


class Field:
    """All columns of one program, as arrays."""

    def __init__(self, every: Columns) -> None:
        self.every = every
        self.signs = np.array([column.sign for column in every.columns], dtype=np.int8)
        width = len(every.program.hyperplanes)
        self.cells = np.array([column.cell for column in every.columns], dtype=bool).reshape(len(every), width)
        self.targets = np.array([float(value) for value in every.program.data.y])
        self._masks: dict[Region, int] = {}
        self._relaxed: dict[int, Relaxed] = {}

    @cached_property
    def units(self) -> Units:
        """Return the data as the float solver sees it."""
        return Units.of(self.every.program.data, self.every.program.penalty)

    @cached_property
    def index(self) -> dict[Column, int]:
        """Return the number of every column."""
        return {column: place for place, column in enumerate(self.every.columns)}

    def mask(self, region: Region) -> int:
        """Return the columns of a region: those of its sign whose cell is on its side of every decided hyperplane."""
        if region not in self._masks:
            inside = self.signs == region.sign
            for hyperplane, side in region.sides:
                inside &= self.cells[:, hyperplane] == (side > 0)
            self._masks[region] = as_mask(inside)
        return self._masks[region]

    def union(self, assignment: Assignment) -> int:
        """Return the columns of all regions."""
        total = 0
        for region, _ in assignment:
            total |= self.mask(region)
        return total

    def some(self, mask: int) -> Columns:
        """Return a set of columns as a table of its own."""
        chosen = list(members(mask))
        every = self.every
        return Columns(
            program=every.program,
            columns=tuple(every.columns[k] for k in chosen),
            inside=tuple(every.inside[k] for k in chosen),
            _cones=every._cones,
        )

    def relax(self, mask: int, start: Iterable[Column] = ()) -> Relaxed:
        """Solve the program with the columns of a set, beginning with those of ``start``."""
        if mask not in self._relaxed:
            self._relaxed[mask] = self._solve(mask, [column for column in start if mask >> self.index[column] & 1])
        return self._relaxed[mask]

    def _solve(self, mask: int, start: Sequence[Column]) -> Relaxed:
        program, pricing = self.every.program, Within(self, mask)
        found = propose(program.data, program.penalty, pricing=pricing, start=start, units=self.units)
        theta, penalty = np.array(found.residual), float(program.penalty)
        top = pricing.violated(theta, penalty, 1)
        scale = min(penalty / top[0].value if top else 1.0, loss.dual_factor(theta, self.targets))
        theta = theta * max(scale, 0.0)
        return Relaxed(
            mask=mask,
            residual=tuple(theta.tolist()),
            bound=loss.dual_value(theta, self.targets),
            value=found.value,
            directions=self._directions(found),
            columns=found.columns,
            candidate=found,
        )

    def _directions(self, found: Candidate) -> tuple[Direction, ...]:
        """Return the directions of the weights that count, the greatest first."""
        weights_of = [np.array(weights, dtype=float) for weights in found.weights]
        lengths = np.array([float(np.linalg.norm(weights)) for weights in weights_of])
        order = [k for k in np.argsort(-lengths, kind="stable").tolist() if lengths[k] > USED * lengths.max()]
        return tuple(
            Direction(
                sign=found.columns[k].sign,
                weights=weights_of[k],
                gate=self.gate(weights_of[k]),
            )
            for k in order
        )

    def gate(self, vector: Floats) -> NDArray[np.int8]:
        """Return the side of every hyperplane."""
        products = self.every.view.sides(vector)
        sides: NDArray[np.int8] = np.where(np.abs(products) <= ON_HYPERPLANE, 0, np.sign(products)).astype(np.int8)
        return sides

    def columns_at(self, sign: int, gate: Sequence[int] | NDArray[np.int8], mask: int = -1) -> list[int]:
        """Return the columns of a set whose closed cell holds directions with this gate (none if rounding made the gate up)."""
        sides, wanted = np.where(self.cells, 1, -1), np.asarray(gate, dtype=np.int8)
        meets = (self.signs == sign) & ((sides == wanted) | (wanted == 0)).all(axis=1)
        return [k for k in np.flatnonzero(meets).tolist() if mask >> k & 1]


@dataclass(frozen=True, slots=True)
class Within:
    """Prices the columns of a set; the longest targets first, because a projection is no longer."""

    field: Field
    mask: int

    def facets(self, cell: Cell) -> tuple[int, ...]:
        """Return hyperplanes that describe a cell."""
        return self.field.every.cone(self.field.index[Column(sign=1, cell=cell)])[0]

    def violated(self, residual: Floats, level: float, count: int) -> list[Priced]:
        """Return the best columns with ``h > level``; see :class:`reluexact.propose.pricing.Pricing`."""
        every = self.field.every
        targets = every.targets(residual)
        unit = 2.0**every.view.exponent
        bounds = np.linalg.norm(targets, axis=1) * unit * (1.0 + 2.0**-45)
        found: list[Priced] = []
        leaders: list[float] = []
        for k in np.argsort(-bounds, kind="stable").tolist():
            if bounds[k] <= level or (len(leaders) >= 2 * count and leaders[2 * count - 1] >= bounds[k]):
                break
            if not self.mask >> k & 1:
                continue
            point, _ = project(targets[k], every.cone(k)[1], every.view.scale)
            length = float(np.linalg.norm(point))
            if length * unit > level:
                direction = every.view.direction(point)
                found.append(Priced(column=every.columns[k], value=length * unit, direction=direction))
                leaders = sorted((*leaders, length * unit), reverse=True)[: 2 * count]
        return distinct(found, count)


def as_mask(inside: NDArray[np.bool_]) -> int:
    """Turn an array of truth values into a set of columns.

    >>> as_mask(np.array([True, False, True]))
    5
    """
    return int.from_bytes(np.packbits(inside, bitorder="little").tobytes(), "little")
