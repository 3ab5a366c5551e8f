"""Pricing without enumeration: ascent from cell to cell. It finds violated columns; finding none proves nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluexact.budget import check
from reluexact.geometry.column import Column
from reluexact.model.dataset import Dataset
from reluexact.propose.numerics import normal_quantiles
from reluexact.propose.pricing import Priced, distinct, project, rising
from reluexact.propose.view import FloatView

_KEPT = (4000, 4000, *(1200,) * 3, *(600,) * 7)
"""So many starting points, the best of them, take each step of the ascent."""
_CLIMBS = 48
_LAST_CLIMBS = 400
_SPREAD = 3000
_FEW = 200
_ON_HYPERPLANE = 1e-9


class LocalSearch:
    """Climbs ``sign * residual.(Xu)+`` over unit vectors from rows, sums of rows and the directions found before.

    It remembers what it found: the same calls in the same order give the same answers.
    """

    def __init__(self, data: Dataset) -> None:
        """Prepare the search for one data set."""
        self.view = FloatView.of(data)
        self._tilt = np.sqrt(2.0 + np.arange(data.d)) % 1.0 + 0.25
        self._spread = spread_out(data.d, _SPREAD)
        if self.view.scale is not None:  # spread in even coordinates
            self._spread = self._spread / self.view.scale
            self._spread /= np.linalg.norm(self._spread, axis=1)[:, None]
        self._known: list[np.ndarray] = []

    def violated(self, residual: np.ndarray, level: float, count: int) -> list[Priced]:
        """Return columns with ``h > level`` that the climbs met, best first; see :class:`reluexact.propose.pricing.Pricing`."""
        on, off = self.view.gradients(residual)
        best: list[Priced] = []
        for climbs, extra in ((min(count, _CLIMBS), self._spread[:_FEW]), (_LAST_CLIMBS, self._spread)):
            found: list[Priced] = []
            for sign in (1, -1):
                starts = np.vstack((self._starts(sign * on, sign * off), extra))
                found.extend(_Climb(self.view, sign, (sign * on, sign * off), self._tilt).run(starts, climbs))
            best = distinct((priced for priced in found if priced.value > level), count)
            if best:
                break
        self._known.extend(self.view.point(priced.direction) for priced in best)
        return best

    def _starts(self, on: np.ndarray, off: np.ndarray) -> np.ndarray:
        """Return unit starting points: normals, sums of normals that pull the right way, known directions."""
        normals = self.view.normals
        right, left = np.maximum(on, 0.0), np.minimum(off, 0.0)
        sums = np.array([on, off, right, left, right + left]) @ normals
        known = np.array(self._known).reshape(-1, normals.shape[1])
        starts: np.ndarray = np.vstack((normals, -normals, sums, -sums, known))
        norms = np.linalg.norm(starts, axis=1)
        unit: np.ndarray = starts[norms > 0.0] / norms[norms > 0.0, None]
        return unit


def spread_out(dimension: int, count: int) -> np.ndarray:
    """Return unit vectors (count x dimension) spread over the sphere by a fixed additive recurrence."""
    base = 2.0
    for _ in range(40):
        base = (1.0 + base) ** (1.0 / (dimension + 1))
    steps = base ** -np.arange(1.0, dimension + 1)
    points = normal_quantiles((0.5 + np.outer(np.arange(1, count + 1), steps)) % 1.0)
    unit: np.ndarray = points / np.linalg.norm(points, axis=1)[:, None]
    return unit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Top:
    """A cell: its column, None where the function is nowhere positive, its pull, and the walls across which there is more."""

    priced: Priced | None
    target: np.ndarray
    rising: tuple[int, ...]


class _Climb:
    """One call's ascent for one sign; every cell is projected at most once."""

    def __init__(self, view: FloatView, sign: int, pulls: tuple[np.ndarray, np.ndarray], tilt: np.ndarray) -> None:
        self._normals = view.normals
        self._scale = 2.0**view.exponent
        self._sign = sign
        self._on, self._off = pulls
        self._view = view
        self._tilted = view.even @ tilt
        self._memo: dict[bytes, _Top] = {}

    def run(self, starts: np.ndarray, climbs: int) -> list[Priced]:
        """Follow the gradient from every start at once, then climb from the best cells; return every cell priced."""
        points = starts
        best_points, best = points, self._heights(points)
        for kept in _KEPT:
            check()
            if len(points) > kept:
                chosen = np.argsort(-best, kind="stable")[:kept]
                points, best_points, best = points[chosen], best_points[chosen], best[chosen]
            gradients = self._gradients(points)
            norms = np.linalg.norm(gradients, axis=1)
            points = np.where(norms[:, None] > 0.0, gradients / np.where(norms > 0.0, norms, 1.0)[:, None], points)
            heights = self._heights(points)
            better = heights > best
            best_points, best = np.where(better[:, None], points, best_points), np.where(better, heights, best)
        sides = self._view.heights(best_points[np.argsort(-best, kind="stable")])
        cells = np.where(np.abs(sides) > _ON_HYPERPLANE, sides, self._tilted) > 0.0
        for cell in list({cell.tobytes(): cell for cell in cells}.values())[:climbs]:
            self._climb(cell)
        return [top.priced for top in self._memo.values() if top.priced is not None]

    def _climb(self, cell: np.ndarray) -> None:
        """Walk to better neighbours across the hyperplanes of the maximiser until there is none."""
        value = -np.inf
        while True:
            check()
            if cell.tobytes() in self._memo and value > -np.inf and self._value(cell) <= value:
                return
            value = self._value(cell)
            top = self._memo[cell.tobytes()]
            if top.priced is None or not len(top.rising):
                return
            point = self._view.point(top.priced.direction)
            moves = [top.target, *((-1.0 if cell[wall] else 1.0) * self._normals[wall] for wall in top.rising)]
            cell = max((self._cell(point, move) for move in moves), key=self._value)
            if self._value(cell) <= value:
                return

    def _value(self, cell: np.ndarray) -> float:
        key = cell.tobytes()
        if key not in self._memo:
            self._memo[key] = self._price(cell)
        priced = self._memo[key].priced
        return 0.0 if priced is None else priced.value

    def _price(self, cell: np.ndarray) -> _Top:
        target = np.where(cell, self._on, self._off) @ self._normals
        oriented = np.where(cell[:, None], self._normals, -self._normals)
        point, multipliers = project(target, oriented, self._view.scale)
        value = float(np.linalg.norm(point))
        if not value:
            return _Top(priced=None, target=target, rising=())
        hyperplanes = tuple(np.flatnonzero(multipliers > 0.0).tolist())
        higher = hyperplanes if self._view.scale is not None else rising(self._on - self._off, multipliers).nonzero()[0].tolist()
        column = Column(sign=self._sign, cell=tuple(cell.tolist()))
        direction = self._view.direction(point)
        priced = Priced(column=column, value=value * self._scale, direction=direction, hyperplanes=hyperplanes)
        return _Top(priced=priced, target=target, rising=tuple(higher))

    def _cell(self, point: np.ndarray, move: np.ndarray | None = None) -> np.ndarray:
        """Return the cell met when leaving a point along ``move``, then along a fixed generic direction."""
        sides = self._view.heights(point)
        if move is not None:
            along = self._view.heights(move)
            sides = np.where(np.abs(sides) > _ON_HYPERPLANE, sides, along)
        sides = np.where(np.abs(sides) > _ON_HYPERPLANE, sides, self._tilted)
        cell: np.ndarray = sides > 0.0
        return cell

    def _gradients(self, points: np.ndarray) -> np.ndarray:
        gradients: np.ndarray = np.where(points @ self._normals.T > 0.0, self._on, self._off) @ self._normals
        return gradients

    def _heights(self, points: np.ndarray) -> np.ndarray:
        sides = points @ self._normals.T
        heights: np.ndarray = (np.where(sides > 0.0, self._on, self._off) * sides).sum(axis=1)
        return heights
