"""Peaks: local maxima of ``sign * residual.(Xu)+`` over unit vectors, climbed to from directions that are near them.

Floats, untrusted; for rows that are not nearly parallel.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from reluexact.budget import check
from reluexact.propose.local_search import spread_out
from reluexact.propose.pricing import project
from reluexact.propose.types import Floats
from reluexact.propose.view import FloatView

On = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

_CELLS = 60
_SCATTERED = 3000
_ASCENTS, _CLIMBS = 12, 200
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
        self._known: dict[tuple[int, bytes], tuple[Floats, tuple[int, ...]]] = {}

    def scattered(self, points: Floats) -> list[tuple[int, Floats]]:
        """Follow the gradient from unit points (k x d), for both signs; return the best (sign, unit point) of the best cells."""
        return [(sign, point) for sign in (1, -1) for point in self._ascended(sign, points)]

    def _ascended(self, sign: int, points: Floats) -> list[Floats]:
        best, highest = points, np.full(len(points), -np.inf)
        for _ in range(_ASCENTS):
            check()
            heights = points @ self._normals.T
            pulls = sign * np.where(heights > 0.0, self._on, self._off)
            values = (pulls * heights).sum(axis=1)
            better = values > highest
            best, highest = np.where(better[:, None], points, best), np.where(better, values, highest)
            gradients = pulls @ self._normals
            lengths = np.linalg.norm(gradients, axis=1)[:, None]
            points = np.where(lengths > 0.0, gradients / np.where(lengths > 0.0, lengths, 1.0), points)
        order = np.argsort(-highest, kind="stable")
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
        point, walls = self._maximum(sign, cell)
        value = float(np.linalg.norm(point))
        for _ in range(_CELLS):
            best = None
            for crossed in (*((wall,) for wall in walls), *((walls,) if len(walls) > 1 else ())):
                other = cell.copy()
                other[list(crossed)] ^= True
                higher, touched = self._maximum(sign, other)
                length = float(np.linalg.norm(higher))
                if length > value * (1.0 + _HIGHER):
                    best, value = (other, higher, touched), length
            if best is None:
                break
            cell, point, walls = best
        if not value:
            return None
        unit = point / value
        heights = self._normals @ unit
        gate = np.where(np.abs(heights) <= _ON_HYPERPLANE, 0, np.sign(heights)).astype(np.int8)
        gate[list(walls)] = 0
        return Peak(sign=sign, point=unit, value=value, gate=gate.tobytes(), walls=walls)

    def _maximum(self, sign: int, cell: On) -> tuple[Floats, tuple[int, ...]]:
        """Return the projection onto a closed cell, and the walls that hold it."""
        key = sign, cell.tobytes()
        if key not in self._known:
            target = sign * (np.where(cell, self._on, self._off) @ self._normals)
            cone = np.where(cell[:, None], self._normals, -self._normals)
            point, multipliers = project(target, cone, self._scale)
            self._known[key] = point, tuple(int(wall) for wall in np.flatnonzero(multipliers > 0.0))
        return self._known[key]
