"""Pricing: which blocks (sign, cell) of the convex program violate the dual constraint h <= penalty at a residual?

Floats, untrusted. ``h`` of a block is the length of the projection of ``sign * X' D residual`` onto the closed cell;
the projection is a non-negative least squares problem over the hyperplanes of the cell.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm
from typing import Protocol, runtime_checkable

import numpy as np

from reluexact.errors import InputError
from reluexact.geometry.arrangement import ActivationPatterns, activation_patterns
from reluexact.geometry.column import Column
from reluexact.geometry.signs import Cell
from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.model.dataset import Dataset
from reluexact.numbers.types import Vector
from reluexact.propose.basis import Basis, basis_of, floats_in
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Engine, LeastSquares, LeastSquaresAnswer
from reluexact.propose.tree.projection import project_on
from reluexact.propose.types import Floats

_BOUND_STEPS = 8
_EXPONENT_LIMIT = 400

_IMPLIED = 1e-12

_AXIS_BITS = 60
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FloatView:
    """The rows of a data set as floats: row i is ``length[i] * normals[hyperplane[i]]`` with unit normals (W x d).

    Where the rows are nearly parallel ``normals`` are in the rotated coordinates of ``basis``, and ``even`` are unit normals in its
    even coordinates; otherwise both are in those of the user. Directions (of :class:`Priced`) are unit vectors in even coordinates.
    ``hyperplane[i]`` is -1 and ``length[i]`` 0 for a zero row; lengths are signed and multiplied by ``2**-exponent``.
    """

    normals: np.ndarray
    even: np.ndarray
    hyperplane: np.ndarray
    length: np.ndarray
    exponent: int
    basis: Basis | None
    grouped: Hyperplanes

    @classmethod
    def of(cls, data: Dataset) -> FloatView:
        """Convert exact data, scaling by a power of two so that no entry can overflow.

        >>> from reluexact.model.dataset import Dataset
        >>> FloatView.of(Dataset(X=[[3, 4], [-6, -8], [0, 0]], y=[1, 2, 3])).hyperplane.tolist()
        [0, 0, -1]
        """
        grouped = data.hyperplanes
        largest = max((abs(entry) for row in data.X for entry in row), default=Fraction(0))
        exponent = binary_exponent(largest, where="X")
        normals, basis = np.zeros((len(grouped), data.d)), basis_of(grouped.normals)
        norms = []
        for index, row in enumerate(grouped.normals):
            top = max(abs(entry) for entry in row)
            scaled = floats_in(basis, tuple(entry / top for entry in row))
            norm = float(np.linalg.norm(scaled))
            normals[index] = scaled / norm
            norms.append(top * Fraction(norm) / Fraction(2) ** exponent)
        even = normals if basis is None else normals / basis.scale
        even = even if basis is None else even / np.linalg.norm(even, axis=1)[:, None]
        hyperplane = np.array([-1 if w is None else w for w in grouped.hyperplane_of], dtype=np.intp)
        length = [0.0 if w is None else float(f * norms[w]) for w, f in zip(grouped.hyperplane_of, grouped.factor, strict=True)]
        return cls(
            normals=normals,
            even=even,
            hyperplane=hyperplane,
            length=np.array(length),
            exponent=exponent,
            basis=basis,
            grouped=grouped,
        )

    @property
    def scale(self) -> Floats | None:
        """Return the scale of the basis."""
        return None if self.basis is None else self.basis.scale

    def direction(self, point: Floats) -> tuple[float, ...]:
        """Return the direction of a point in the coordinates of ``normals``: a unit vector in even coordinates."""
        even = point if self.basis is None else point * self.basis.scale
        return tuple((even / math.sqrt(float(even @ even))).tolist())

    def point(self, direction: Sequence[float]) -> Floats:
        """Return a direction in the coordinates of ``normals``, as a unit vector."""
        even = np.array(direction)
        if self.basis is None:
            return even
        point = even / self.basis.scale
        return np.asarray(point / np.linalg.norm(point))

    def heights(self, point: Floats) -> Floats:
        """Return the heights (W,) over the hyperplanes of a point in the coordinates of ``normals``, made a unit vector."""
        even = point if self.basis is None else point * self.basis.scale
        return np.asarray(self.even @ (even / math.sqrt(float(even @ even))))

    def weight_heights(self, weights: Floats) -> Floats:
        """Return the heights (k x W) of weights (k x d), in the coordinates of the user, over the hyperplanes' unit normals."""
        rotated = weights if self.basis is None else weights @ self.basis.table.T
        return np.asarray(rotated @ self.normals.T)

    def sides(self, weights: Floats) -> Floats:
        """Return the heights (W,) of a weight, in the coordinates of the user, over the hyperplanes, for a unit vector."""
        even = self.in_even(weights)
        return np.asarray(self.even @ even / max(float(np.linalg.norm(even)), 1e-300))

    def in_even(self, weights: Sequence[float | Fraction] | Floats) -> Floats:
        """Return a weight, in the coordinates of the user, in those of directions."""
        floats = np.array(weights, dtype=float)
        return floats if self.basis is None else self.basis.even(floats)

    def gradients(self, residual: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the pulls (W,) of the rows that fire on the positive and on the negative side of each hyperplane.

        ``residual.(Xu)+ = sum_h (on_h if normal_h.u >= 0 else off_h) * normal_h.u`` for every u, up to the power of two.
        """
        pull = self.length * residual
        real = self.hyperplane >= 0
        width = len(self.normals)
        on, off = real & (self.length > 0), real & (self.length < 0)
        return (
            np.bincount(self.hyperplane[on], weights=pull[on], minlength=width),
            np.bincount(self.hyperplane[off], weights=pull[off], minlength=width),
        )


def exact_targets(view: FloatView, cells: np.ndarray, residual: np.ndarray) -> np.ndarray:
    """Return ``X'D residual`` (P x d) of cells (P x W) in the coordinates of a basis, times its power of two: summed exactly.

    Nearly parallel rows cancel to the last digits of floats, which say where a neuron bends.
    """
    grouped, basis = view.grouped, view.basis
    if basis is None:
        raise ValueError("the view has no basis")
    theta = tuple(Fraction(value) for value in residual.tolist())
    kinks, linear = grouped.kinks(theta, 1), grouped.linear_part(theta, 1, len(basis.axes))
    terms = [[kink * entry for entry in normal] for kink, normal in zip(kinks, grouped.normals, strict=True)]
    unit = lcm(*(entry.denominator for row in (*terms, linear) for entry in row))
    table = np.array([[int(entry * unit) for entry in row] for row in terms], dtype=object).reshape(-1, len(linear))
    sums = cells.astype(object) @ table + np.array([int(entry * unit) for entry in linear], dtype=object)
    below = 1 << _AXIS_BITS
    axes = np.array([[int(entry * below) for entry in axis] for axis in basis.axes], dtype=object)
    whole = Fraction(2) ** view.exponent * unit * below
    return np.array([[float(Fraction(entry) / whole) for entry in row] for row in (sums @ axes.T).tolist()])


def binary_exponent(value: Fraction, *, where: str = "") -> int:
    """Return an e with ``2**(e-1) < value < 2**(e+1)``, 0 for the number 0; raises InputError far outside float range.

    >>> binary_exponent(Fraction(0)), binary_exponent(Fraction(1)), binary_exponent(Fraction(1, 1000))
    (0, 0, -9)
    """
    exponent = value.numerator.bit_length() - value.denominator.bit_length() if value else 0
    if abs(exponent) > _EXPONENT_LIMIT:
        raise InputError(f"{where or 'a number'} is near 2**{exponent}, too extreme for floats: rescale X, y and the penalty")
    return exponent


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
        return project_on(cone, target, scale)
    answer = _least_squares().solve(LeastSquares(cone.T, -target))
    if answer is None:
        return np.zeros_like(target), np.zeros(len(cone))
    return target + answer.point @ cone, answer.point


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
        target = self._targets(residual)
        bounds, order = self._bounds(target, level / scale)
        leaders: list[float] = []
        seen: set[tuple[int, tuple[float, ...]]] = set()
        for bound, position in zip(bounds, order, strict=True):
            if len(leaders) >= count and -leaders[count - 1] >= bound * scale:
                return
            sign, index = (1, position) if position < len(target) else (-1, position - len(target))
            priced = self._price(sign, index, sign * target[index], level)
            if priced is not None:
                key = _key(priced)
                if key not in seen:
                    seen.add(key)
                    bisect.insort(leaders, -priced.value)
                yield priced

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
