"""Peaks: local maxima of ``sign * residual.(Xu)+`` over unit vectors, climbed to from directions that are near them.

Floats, untrusted; for rows that are not nearly parallel.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from reluexact.budget import check
from reluexact.propose.local_search import spread_out
from reluexact.propose.pricing import project, rising
from reluexact.propose.types import Floats
from reluexact.propose.view import FloatView

On = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

_CELLS = 60
_SCATTERED = 3000
_KEPT = (_SCATTERED, _SCATTERED, *(1200,) * 3, *(600,) * 7)
"""So many of the scattered points, the best of them, take each step of the ascent."""
_CLIMBS, _FAR = 200, 0.6
_HIGHER = 1e-14
_ON_HYPERPLANE = 1e-11
_FLAT = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """A local maximum: its sign, unit point, value, gate over the hyperplanes (0: it lies on it) and the walls that hold it."""

    sign: int
    point: Floats
    value: float
    gate: bytes
    walls: tuple[int, ...]

    @property
    def face(self) -> tuple[int, bytes]:
        """Return what tells peaks apart: there is at most one on a face."""
        return self.sign, self.gate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maximum:
    """The maximiser of one cell, its value, the walls that hold it, and those across which it is exceeded."""

    point: Floats
    value: float
    walls: tuple[int, ...]
    rising: tuple[int, ...]

    def ways(self) -> list[tuple[int, ...]]:
        """Return the walls to cross: one by one, and all that hold it at once; none at a local maximum."""
        every = [self.walls] if self.rising and len(self.walls) > 1 else []
        return [*((wall,) for wall in self.rising), *every]


def scatter(view: FloatView) -> Floats:
    """Return unit points, the same for the same rows, spread as evenly as the rows see it: dense where many rows change sides."""
    _, sizes, axes = np.linalg.svd(view.normals, full_matrices=False)
    kept = sizes > _FLAT * sizes.max(initial=0.0)
    points = spread_out(int(kept.sum()), _SCATTERED) @ (axes[kept] / sizes[kept, None])
    return np.asarray(points / np.linalg.norm(points, axis=1)[:, None])


class Landscape:
    """The function of one residual, divided by the power of two of the view; every cell is projected at most once."""

    def __init__(self, view: FloatView, residual: Floats) -> None:
        """Prepare for one residual."""
        self._normals, self._scale = view.normals, view.scale
        self._on, self._off = view.gradients(residual)
        self._kinks = self._on - self._off
        self._known: dict[tuple[int, bytes], _Maximum] = {}

    def scattered(self, points: Floats, level: float) -> list[tuple[int, Floats]]:
        """Follow the gradient from unit points (k x d), for both signs; return the best (sign, unit point) of the best cells.

        A point far below the level is left out: the peak that a climb from there ends at is lower, or has better ways to it.
        """
        return [(sign, point) for sign in (1, -1) for point in self._ascended(sign, points, _FAR * level)]

    def _ascended(self, sign: int, points: Floats, least: float) -> list[Floats]:
        best, highest = points, np.full(len(points), -np.inf)
        for kept in _KEPT:
            check()
            if len(points) > kept:
                chosen = np.argsort(-highest, kind="stable")[:kept]
                points, best, highest = points[chosen], best[chosen], highest[chosen]
            heights = points @ self._normals.T
            pulls = sign * np.where(heights > 0.0, self._on, self._off)
            values = np.einsum("ij,ij->i", pulls, heights)
            better = values > highest
            best, highest = np.where(better[:, None], points, best), np.where(better, values, highest)
            gradients = pulls @ self._normals
            lengths = np.linalg.norm(gradients, axis=1)[:, None]
            points = np.where(lengths > 0.0, gradients / np.where(lengths > 0.0, lengths, 1.0), points)
        order = [index for index in np.argsort(-highest, kind="stable") if highest[index] > least]
        cells: dict[bytes, Floats] = {}
        for point, cell in zip(best[order], best[order] @ self._normals.T > 0.0, strict=True):
            cells.setdefault(cell.tobytes(), point)
        return list(cells.values())[:_CLIMBS]

    def peaks(self, starts: Iterable[tuple[int, Floats]], level: float) -> dict[tuple[int, bytes], Peak]:
        """Climb from every (sign, unit point); return the peaks above a level, each once."""
        found: dict[tuple[int, bytes], Peak] = {}
        for sign, start in starts:
            peak = self._climb(sign, start)
            if peak is not None and peak.value > level:
                found.setdefault(peak.face, peak)
        return found

    def _climb(self, sign: int, start: Floats) -> Peak | None:
        """Walk to better neighbours across the walls of the maximiser of a cell until there is none."""
        cell = self._normals @ start > 0.0
        top = self._maximum(sign, cell)
        for _ in range(_CELLS):
            best = None
            for crossed in top.ways():
                other = cell.copy()
                other[list(crossed)] ^= True
                higher = self._maximum(sign, other)
                if higher.value > (top if best is None else best[1]).value * (1.0 + _HIGHER):
                    best = other, higher
            if best is None:
                break
            cell, top = best
        if not top.value:
            return None
        unit = top.point / top.value
        heights = self._normals @ unit
        gate = np.where(np.abs(heights) <= _ON_HYPERPLANE, 0, np.sign(heights)).astype(np.int8)
        gate[list(top.walls)] = 0
        return Peak(sign=sign, point=unit, value=top.value, gate=gate.tobytes(), walls=top.walls)

    def _maximum(self, sign: int, cell: On) -> _Maximum:
        """Return the projection onto a closed cell."""
        key = sign, cell.tobytes()
        if key not in self._known:
            target = sign * (np.where(cell, self._on, self._off) @ self._normals)
            cone = np.where(cell[:, None], self._normals, -self._normals)
            point, multipliers = project(target, cone, self._scale)
            self._known[key] = _Maximum(
                point=point,
                value=math.sqrt(float(point @ point)),
                walls=tuple(np.flatnonzero(multipliers > 0.0).tolist()),
                rising=tuple(np.flatnonzero(rising(sign * self._kinks, multipliers)).tolist()),
            )
        return self._known[key]
