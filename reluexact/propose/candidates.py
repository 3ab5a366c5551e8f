"""Propose the optimum of the convex program by column generation, in floats; nothing here is trusted.

A restricted program over a few columns gives a residual, pricing finds the columns that this residual violates, they join, and so
on until none is violated. Data are scaled by powers of two and rows on one side of one hyperplane are merged, both without
changing the optimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from reluexact.budget import check, tell
from reluexact.geometry.arrangement import patterns_at_most
from reluexact.geometry.column import Column
from reluexact.model.dataset import Dataset
from reluexact.progress import Progress, Stage
from reluexact.propose import loss
from reluexact.propose.engines import ConicEngine, ConicProgram
from reluexact.propose.engines import engine as engine_of
from reluexact.propose.local_search import LocalSearch
from reluexact.propose.pricing import CellScan, KnowsFacets, Priced, Pricing, facets
from reluexact.propose.view import FloatView, binary_exponent

__all__ = ["Candidate", "Column", "Priced", "Pricing", "pricing_for", "propose", "tight_cells"]

CELL_LIMIT = 20_000
"""Beyond this many cells :func:`pricing_for` searches locally instead of scanning."""

_MAX_ROUNDS = 300
_PATIENCE = 6
_SAME = 1e-12
_SURE = 1e-9
_HEAVY = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A proposed optimum.

    residual: the dual point theta, one number per row of X.
    columns, weights: the blocks of the restricted program and the vector w (d numbers) of each; many are almost 0. Fractions
    where floats would lose what tells nearly parallel rows apart.
    value: objective of the network that these weights make, an upper bound up to rounding.
    gap: relative distance to the dual value at the residual scaled by penalty / (max h), as far as the pricing can see.
    rounds: restricted programs solved; is_open: no more of them were allowed, but columns that exceed the penalty were left.
    """

    residual: tuple[float, ...]
    columns: tuple[Column, ...]
    weights: tuple[tuple[float | Fraction, ...], ...]
    value: float
    gap: float
    rounds: int
    is_open: bool = False


def pricing_for(data: Dataset) -> Pricing:
    """Return the scan over all cells, or local search when the data have more than ``CELL_LIMIT`` of them.

    >>> type(pricing_for(Dataset(X=[[1], [2]], y=[1, 2]))).__name__
    'CellScan'
    """
    return CellScan(data) if patterns_at_most(data, CELL_LIMIT) else LocalSearch(data)


def tight_cells(
    data: Dataset, penalty: Fraction, residual: Sequence[float | Fraction], level: float, *, pricing: Pricing | None = None
) -> list[Priced]:
    """Return the columns with ``h >= level * penalty``, best first; neighbours that share a direction are all listed.

    With a scan this is every such column (the residual is then taken as exactly as it is, where rows are nearly parallel); any
    other pricing lists those that it can find, one per direction.

    >>> found = tight_cells(Dataset(X=[[1], [2]], y=[1, 2]), Fraction(1), (1.0, 0.0), 0.999)
    >>> [(priced.column.sign, priced.column.cell, priced.value) for priced in found]
    [(1, (True,), 1.0)]
    """
    used = pricing_for(data) if pricing is None else pricing
    bound = level * float(penalty)
    if isinstance(used, CellScan):
        return used.tight(np.array(residual, dtype=None if used.view.basis is not None else float), bound)
    theta = np.array(residual, dtype=float)
    return used.violated(theta, float(np.nextafter(bound, -np.inf)), 1000 * data.d)


def heavy_columns(data: Dataset, candidate: Candidate) -> list[Column]:
    """Return the columns that carry weight in a candidate; where rows are nearly parallel they are surer than tight ones."""
    view = FloatView.of(data)
    sizes = [float(np.linalg.norm(view.in_even(weights))) for weights in candidate.weights]
    least = _HEAVY * max(sizes, default=0.0)
    return [column for column, size in zip(candidate.columns, sizes, strict=True) if size > least]


def propose(
    data: Dataset,
    penalty: Fraction,
    *,
    engine: str = "clarabel",
    pricing: Pricing | None = None,
    start: Sequence[Column] = (),
    units: Units | None = None,
    rounds: int = _MAX_ROUNDS,
    enough: float = 0.0,
    progress: Progress | None = None,
) -> Candidate:
    """Return a candidate for the optimum at a positive penalty; numerical trouble shows in its gap, never as an error.

    units: the data as :meth:`Units.of` gives it, for who solves many programs on the same data. rounds: restricted programs that
    are solved at most; fewer where the gap falls to ``enough``.
    Raises InputError for an unknown engine and MissingDependency where it is not installed.

    >>> candidate = propose(Dataset(X=[[1], [2]], y=[1, 2]), Fraction(1))
    >>> round(candidate.value, 9), candidate.rounds
    (0.9, 1)
    """
    solver = engine_of("conic", engine)
    used = pricing_for(data) if pricing is None else pricing
    prepared = Units.of(data, penalty) if units is None else units
    return _Generation(penalty, solver, used, prepared).run(start, min(rounds, _MAX_ROUNDS), enough, progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The data in powers of two near 1, rows on the same side of one hyperplane merged into one observation.

    targets (n), view: the rows; merged (n): each row's observation, -1 for a zero row; hyperplane, side, size, target (m): the
    observations, ``side * size * normal``; penalty; shift: exponents of X and y.
    """

    view: FloatView
    targets: np.ndarray
    merged: np.ndarray
    hyperplane: np.ndarray
    side: np.ndarray
    size: np.ndarray
    target: np.ndarray
    penalty: float
    shift: tuple[int, int]

    @classmethod
    def of(cls, data: Dataset, penalty: Fraction) -> Units:
        """Convert; raises InputError far outside of the range of floats."""
        view = FloatView.of(data)
        height = binary_exponent(max(map(abs, data.y), default=Fraction(0)), where="y")
        binary_exponent(penalty, where="the penalty")
        targets = np.array([float(value / Fraction(2) ** height) for value in data.y])
        keys = np.where(view.hyperplane >= 0, 2 * view.hyperplane + (view.length < 0), -1)
        used, merged = np.unique(keys, return_inverse=True)
        skipped = int(len(used) > 0 and used[0] < 0)
        merged = merged - skipped
        real = merged >= 0
        count = len(used) - skipped
        size = np.sqrt(np.bincount(merged[real], weights=view.length[real] ** 2, minlength=count))
        pull = np.bincount(merged[real], weights=(np.abs(view.length) * targets)[real], minlength=count)
        return cls(
            view=view,
            targets=targets,
            merged=merged,
            hyperplane=used[skipped:] // 2,
            side=1.0 - 2.0 * (used[skipped:] % 2),
            size=size,
            target=pull / size,
            penalty=float(penalty / Fraction(2) ** (view.exponent + height)),
            shift=(view.exponent, height),
        )

    def spread(self, fit: np.ndarray) -> np.ndarray:
        """Return the fit (n) of the rows from the fit (m) of the observations."""
        ratio = np.zeros(len(self.targets))
        real = self.merged >= 0
        ratio[real] = np.abs(self.view.length[real]) / self.size[self.merged[real]]
        return np.where(real, fit[self.merged], 0.0) * ratio if len(fit) else ratio

    def block(self, column: Column, hyperplanes: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Return the features (m x d) and the cone (hyperplanes x d) of a column."""
        cell = np.array(column.cell, dtype=bool)
        active = (cell[self.hyperplane] == (self.side > 0)) * (column.sign * self.side * self.size)
        chosen = list(hyperplanes)
        oriented = np.where(cell[chosen, None], 1.0, -1.0) * self.view.even[chosen]
        return active[:, None] * self._features, oriented

    @property
    def _features(self) -> np.ndarray:
        """Return the unit normals (m x d) in the coordinates of the conic program."""
        normals: np.ndarray = self.view.normals[self.hyperplane]
        return normals if self.view.scale is None else normals / self.view.scale

    def metric(self, penalty: float) -> tuple[np.ndarray | None, float]:
        """Return the lengths of the unit vectors of the conic program, and its penalty, as near to 1 as they can be."""
        if self.view.scale is None:
            return None, penalty
        unit = min(max(penalty, float(self.view.scale.min())), 1.0)
        return unit / self.view.scale, penalty / unit

    def in_user_coordinates(self, weights: np.ndarray) -> tuple[tuple[float | Fraction, ...], ...]:
        """Return weights (blocks x d) of the coordinates of the view in those of X."""
        basis = self.view.basis
        if basis is None:
            return tuple(tuple(row) for row in weights.tolist())
        return tuple(basis.exact(row * basis.scale) for row in weights)

    def fit(self, signs: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Return the fit (m) of the network with these weights (blocks x d), whatever cells they lie in."""
        sides = (weights @ self.view.normals.T)[:, self.hyperplane] * self.side
        result: np.ndarray = signs @ np.maximum(sides, 0.0) * self.size
        return result


class _Generation:
    """One run of column generation; blocks only ever join."""

    def __init__(self, penalty: Fraction, engine: ConicEngine, pricing: Pricing, units: Units) -> None:
        self._engine = engine
        self._pricing = pricing
        self._units = units
        self._penalty = float(penalty)
        self._batch = 2 * units.view.normals.shape[1] + 4
        self._blocks: dict[Column, tuple[np.ndarray, np.ndarray]] = {}

    def run(self, start: Sequence[Column], most: int, enough: float, progress: Progress | None) -> Candidate:
        """Alternate between the restricted program and pricing until no column is violated, nothing improves, or it is enough."""
        units = self._units
        best, priced = self._judge(np.zeros((0, units.view.normals.shape[1])), units.targets, 0)
        if not priced:
            return best
        self._extend([*start, *(entry.column for entry in priced)])
        lowest, waiting = best.value, 0
        for rounds in range(1, most + 1):
            check()
            solution = self._engine.solve(self._program())
            if solution is None:
                break
            theta = units.targets - units.spread(units.target - solution.residual)
            weights = solution.weights if units.view.scale is None else solution.weights / units.view.scale
            candidate, priced = self._judge(weights, theta, rounds)
            waiting = 0 if candidate.value < lowest * (1.0 - _SAME) else waiting + 1
            lowest = min(lowest, candidate.value)
            best = min(candidate, best, key=lambda one: (one.gap, one.value))
            tell(candidate)
            if progress is not None:
                size = f"round {rounds}, {len(self._blocks)} columns"
                progress(Stage(f"column generation, {size}, relative gap {candidate.gap:.0e}", done=rounds))
            if best.gap <= enough or waiting > _PATIENCE or not self._extend([entry.column for entry in priced]):
                break
        else:
            return replace(best, is_open=most < _MAX_ROUNDS)
        return best

    def _extend(self, columns: Sequence[Column]) -> int:
        """Let columns join; return how many are new."""
        before = len(self._blocks)
        for column in columns:
            if column not in self._blocks:
                scan = self._pricing
                even = self._units.view.even
                hyperplanes = scan.facets(column.cell) if isinstance(scan, KnowsFacets) else facets(even, column.cell)
                self._blocks[column] = self._units.block(column, hyperplanes)
        return len(self._blocks) - before

    def _program(self) -> ConicProgram:
        blocks = tuple(self._blocks.values())
        metric, penalty = self._units.metric(self._units.penalty)
        return ConicProgram(
            target=self._units.target,
            penalty=penalty,
            metric=metric,
            features=tuple(features for features, _ in blocks),
            cones=tuple(cone for _, cone in blocks),
        )

    def _judge(self, weights: np.ndarray, theta: np.ndarray, rounds: int) -> tuple[Candidate, list[Priced]]:
        """Evaluate the network and the scaled dual point; price the dual point."""
        units = self._units
        columns = tuple(self._blocks)[: len(weights)]
        signs = np.array([float(column.sign) for column in columns])
        error = units.targets - units.spread(units.fit(signs, weights))
        value = loss.value(error) + units.penalty * float(np.linalg.norm(weights, axis=1).sum())
        slope, height = units.shift
        residual = np.ldexp(theta, height)
        accuracy = self._engine.accuracy if rounds else _SURE
        priced = self._pricing.violated(residual, self._penalty * (1.0 + accuracy), self._batch)
        top = priced or self._pricing.violated(residual, self._penalty * (1.0 - accuracy), 1)
        excess = top[0].value / self._penalty if top else 1.0
        scale = min(1.0 / excess, loss.dual_factor(theta, units.targets))
        dual = loss.dual_value_along(scale, theta, units.targets)
        candidate = Candidate(
            residual=tuple(residual.tolist()),
            columns=columns,
            weights=units.in_user_coordinates(np.ldexp(weights, height - slope)),
            value=float(np.ldexp(value, 2 * height)),
            gap=max(value - dual, 0.0) / value if value else 0.0,
            rounds=rounds,
        )
        return candidate, priced
