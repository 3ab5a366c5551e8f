"""Pricing: which blocks (sign, cell) of the convex program violate the dual constraint h <= penalty at a residual?

Floats, untrusted. ``h`` of a block is the length of the projection of ``sign * X' D residual`` onto the closed cell;
the projection is a non-negative least squares problem over the hyperplanes of the cell.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, runtime_checkable

import numpy as np

from reluexact.geometry.arrangement import ActivationPatterns, activation_patterns
from reluexact.geometry.column import Column
from reluexact.geometry.signs import Cell
from reluexact.model.dataset import Dataset
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Engine, LeastSquares, LeastSquaresAnswer
from reluexact.propose.tree.projection import project_on, project_within
from reluexact.propose.view import FloatView, exact_targets

_BOUND_STEPS = 8

_IMPLIED = 1e-12
_OUTSIDE = 1e-9
_LEVEL = 1e-9
_SLACK = 1e-3

_DIGITS = 6
"""Directions that agree to this many decimals count as one when columns are chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A column with its ``h``, the unit direction that attains it, and the hyperplanes that this direction lies on."""

    column: Column
    value: float
    direction: tuple[float, ...]
    hyperplanes: tuple[int, ...] = ()


class Pricing(Protocol):
    """Anything that finds violated columns: a scan over all cells, local ascent, or branch and bound."""

    def violated(self, residual: np.ndarray, level: float, count: int) -> list[Priced]:
        """Return at most ``count`` columns with ``h > level``, best first, no two with the same sign and direction."""
        ...


@runtime_checkable
class KnowsFacets(Protocol):
    """A pricing that knows hyperplanes which describe a cell."""

    def facets(self, cell: Cell) -> tuple[int, ...]:
        """Return the hyperplanes."""
        ...


def facets(normals: np.ndarray, cell: Cell) -> tuple[int, ...]:
    """Return walls (unit normals, W x d) that suffice to describe a cell; a wall implied by the others is left out."""
    oriented = np.where(np.array(cell, dtype=bool)[:, None], normals, -normals)
    kept = list(range(len(normals)))
    for hyperplane in range(len(normals)):
        others = [index for index in kept if index != hyperplane]
        if len(kept) <= normals.shape[1]:
            continue
        implied = _least_squares().solve(LeastSquares(oriented[others].T, oriented[hyperplane]))
        if implied is not None and implied.error < _IMPLIED:
            kept = others
    return tuple(kept)


def project(target: np.ndarray, cone: np.ndarray, scale: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Project onto ``{u : cone @ u >= 0}``; return the projection and the multipliers of the rows; 0 where floats fail.

    scale: of the basis of the coordinates.
    """
    if not len(cone):
        return target, np.zeros(0)
    if scale is not None:
        return _project_evenly(target, cone, scale)
    answer = _least_squares().solve(LeastSquares(cone.T, -target))
    if answer is None:
        return np.zeros_like(target), np.zeros(len(cone))
    return target + answer.point @ cone, answer.point


def rising(kinks: np.ndarray, multipliers: np.ndarray) -> np.ndarray:
    """Say across which walls of a cell its maximiser is exceeded: where the pull still points outwards on the other side.

    Across wall h the multiplier rho_h of the maximiser becomes ``-(rho_h + kink_h)``; where no wall has a negative one the
    maximiser is that of all cells around it. kinks (W): by how much the pull on each hyperplane is greater on its positive side.

    >>> rising(np.array([-3.0, 1.0]), np.array([2.0, 2.0])).tolist()
    [False, True]
    """
    return np.asarray((multipliers > 0.0) & (multipliers + kinks > -_LEVEL * multipliers))


def _project_evenly(target: np.ndarray, cone: np.ndarray, scale: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Project in rotated coordinates: least squares say which hyperplanes the point lies on; done again if it is outside."""
    length = float(np.linalg.norm(target)) or 1.0
    answer = _least_squares().solve(LeastSquares(cone.T, -target / length))
    if answer is not None:
        point = project_within(cone[answer.point > 0.0], target, scale)
        even = scale * point
        heights = (cone / scale) @ even
        if heights.min() >= -_OUTSIDE * float(np.linalg.norm(even)) * float(np.abs(cone / scale).max()):
            return point, answer.point * length
    return project_on(cone, target, scale)


@cache
def _least_squares() -> Engine[LeastSquares, LeastSquaresAnswer]:
    """Return the engine, which is looked up once: it is called for every cell."""
    return engine("least-squares")


def distinct(found: Iterable[Priced], count: int) -> list[Priced]:
    """Return the first ``count`` entries, best first, dropping those that repeat a sign and direction."""
    seen: set[tuple[int, tuple[float, ...]]] = set()
    chosen: list[Priced] = []
    for priced in sorted(found, key=_rank):
        key = _key(priced)
        if key not in seen and len(chosen) < count:
            seen.add(key)
            chosen.append(priced)
    return chosen


def _key(priced: Priced) -> tuple[int, tuple[float, ...]]:
    return priced.column.sign, tuple(round(entry, _DIGITS) for entry in priced.direction)


def _rank(priced: Priced) -> tuple[float, int, Cell]:
    return (-priced.value, -priced.column.sign, priced.column.cell)


@dataclass(frozen=True, slots=True)
class _Bounded:
    """The cells whose bound at a residual is above a level: bounds, greatest first, positions, and the columns priced so far."""

    residual: np.ndarray
    target: np.ndarray
    level: float
    bounds: np.ndarray
    order: np.ndarray
    priced: dict[int, Priced | None] = field(default_factory=dict)


class CellScan:
    """Exact up to rounding: looks at every cell of the arrangement.

    >>> from reluexact.model.dataset import Dataset
    >>> scan = CellScan(Dataset(X=[[1], [2]], y=[1, 2]))
    >>> [(p.column.sign, p.column.cell, p.value, p.direction) for p in scan.violated(np.array([1.0, 2.0]), 1.0, 9)]
    [(1, (True,), 5.0, (1.0,))]
    """

    def __init__(self, data: Dataset, patterns: ActivationPatterns | None = None) -> None:
        """Enumerate the cells of ``data`` unless they are given; raises LimitReached when there are too many."""
        known = activation_patterns(data) if patterns is None else patterns
        self.view = FloatView.of(data)
        self._signs = np.asarray(known.signs, dtype=bool).reshape(len(known.signs), len(self.view.normals))
        self._on = self._signs.astype(float)
        self._sigma = 2.0 * self._on - 1.0
        self._position = {row.tobytes(): index for index, row in enumerate(self._signs)}
        self._cones: dict[int, tuple[tuple[int, ...], np.ndarray]] = {}
        self._last: _Bounded | None = None

    @property
    def size(self) -> int:
        """Return the number of cells."""
        return len(self._signs)

    def violated(self, residual: np.ndarray, level: float, count: int) -> list[Priced]:
        """Return the best columns with ``h > level``; see :class:`Pricing`."""
        return distinct(self._scan(residual, level, count), count)

    def tight(self, residual: np.ndarray, level: float) -> list[Priced]:
        """Return every column with ``h >= level``, best first, also those that share a direction."""
        every = 2 * len(self._signs)
        below = np.nextafter(level, -np.inf)
        return sorted(self._scan(residual, float(below), every), key=_rank)

    def facets(self, cell: Cell) -> tuple[int, ...]:
        """Return the hyperplanes across which the cell has a neighbour; these describe it."""
        index = self._position.get(np.array(cell, dtype=bool).tobytes())
        return facets(self.view.even, cell) if index is None else self._cone_of(index)[0]

    def _cone_of(self, index: int) -> tuple[tuple[int, ...], np.ndarray]:
        """Return the facets of a cell and the inward unit normals there."""
        known = self._cones.get(index)
        if known is None:
            row = self._signs[index].copy()
            crossed = []
            for hyperplane in range(len(row)):
                row[hyperplane] = not row[hyperplane]
                if row.tobytes() in self._position:
                    crossed.append(hyperplane)
                row[hyperplane] = not row[hyperplane]
            inward = self._sigma[index, crossed, None] * self.view.normals[crossed]
            known = self._cones[index] = tuple(crossed), inward
        return known

    def _scan(self, residual: np.ndarray, level: float, count: int) -> Iterator[Priced]:
        """Yield columns with ``h > level``, cells with the greatest upper bound first, until ``count`` directions lead."""
        scale = 2.0**self.view.exponent
        known = self._bounded(residual, level / scale)
        target, priced_before = known.target, known.priced
        leaders: list[float] = []
        seen: set[tuple[int, tuple[float, ...]]] = set()
        for bound, position in zip(known.bounds.tolist(), known.order.tolist(), strict=True):
            if bound * scale <= level or (len(leaders) >= count and -leaders[count - 1] >= bound * scale):
                return
            if position not in priced_before:
                sign, index = (1, position) if position < len(target) else (-1, position - len(target))
                priced_before[position] = self._price(sign, index, sign * target[index], known.level * scale)
            priced = priced_before[position]
            if priced is not None and priced.value > level:
                key = _key(priced)
                if key not in seen:
                    seen.add(key)
                    bisect.insort(leaders, -priced.value)
                yield priced

    def _bounded(self, residual: np.ndarray, level: float) -> _Bounded:
        """Return the bounds above a level, those of the last call where they serve; near the optimum it is asked many times."""
        last = self._last
        if last is None or level < last.level or last.residual.dtype != residual.dtype or (last.residual != residual).any():
            target, low = self._targets(residual), level * (1.0 - _SLACK)
            bounds, order = self._bounds(target, low)
            last = self._last = _Bounded(residual.copy(), target, low, bounds, order)
        return last

    def _targets(self, residual: np.ndarray) -> np.ndarray:
        """Return ``X'D residual`` of every cell (P x d); exactly rounded for a residual of Fractions."""
        view = self.view
        if residual.dtype == float:
            on, off = view.gradients(residual)
            return np.asarray(off @ view.normals + (self._on * (on - off)) @ view.normals)
        return exact_targets(view, self._signs, residual)

    def _bounds(self, target: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
        """Bound h of all cells, both signs; return the bounds > level, greatest first, and their positions.

        Every multiplier vector bounds h; each step here adds the multiplier that ends the worst violation of a hyperplane.
        """
        points = np.vstack((target, -target))
        order = np.arange(len(points))
        for step in range(_BOUND_STEPS):
            bounds = np.linalg.norm(points, axis=1) * (1.0 + 2.0**-45)
            kept = bounds > level
            points, order, bounds = points[kept], order[kept], bounds[kept]
            if step == _BOUND_STEPS - 1 or not self._sigma.shape[1] or not len(order):
                break
            cells = order % len(target)
            slack = self._sigma[cells] * (points @ self.view.normals.T)
            worst = slack.argmin(axis=1)
            lift = np.minimum(slack[np.arange(len(worst)), worst], 0.0) * self._sigma[cells, worst]
            points = points - lift[:, None] * self.view.normals[worst]
        ranks = np.lexsort((order, -bounds))
        return bounds[ranks], order[ranks]

    def _price(self, sign: int, index: int, target: np.ndarray, level: float) -> Priced | None:
        """Project one target onto its cell; None unless h > level."""
        crossed, cone = self._cone_of(index)
        point, multipliers = project(target, cone, self.view.scale)
        length = math.sqrt(float(point @ point))
        value = length * 2.0**self.view.exponent
        if not value > level:
            return None
        column = Column(sign=sign, cell=tuple(self._signs[index].tolist()))
        touched = tuple(hyperplane for hyperplane, rho in zip(crossed, multipliers.tolist(), strict=True) if rho > 0.0)
        return Priced(column=column, value=value, direction=self.view.direction(point), hyperplanes=touched)
