"""Choose neurons with independent features for the blocks of a structure (floats propose)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np

from reluexact.budget import check
from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.types import Vector
from reluexact.propose.basis import Basis, basis_of, floats_in
from reluexact.propose.engines import engine
from reluexact.propose.engines.program import LeastSquares
from reluexact.propose.types import Floats
from reluexact.prove.structure import complete_face

RANK_TOLERANCE = 1e-8
AMOUNT_TOLERANCE = 1e-6
MOST_SELECTIONS = 6
SMALL = 8
"""Up to so many representatives all their subsets are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """One representative of a pair, or an unpaired neuron; weights: ``|a| w`` of it and of its partner where they are known."""

    face: Face
    direction: tuple[float, ...]
    paired: bool
    rays: int
    weights: tuple[Vector | None, Vector | None] = (None, None)


def even_rows(program: Program, basis: Basis | None) -> Floats:
    """Return the rows of the data in the coordinates of directions."""
    rows = np.array([floats_in(basis, row) for row in program.data.X])
    return rows if basis is None else np.asarray(rows / basis.scale)


class Features:
    """Float features of the representatives and the free linear part of the pairs."""

    def __init__(self, program: Program, reps: Sequence[Representative]) -> None:
        self.reps = reps
        sure = any(rep.weights[0] is not None for rep in reps)  # then a small fit is known, too
        self.size = 0.0 if sure else float(np.linalg.norm([float(value) for value in program.data.y]))
        self.bases = [basis_of(view.hyperplanes.normals) for view in program.views]
        self.rows = [even_rows(view, basis) for view, basis in zip(program.views, self.bases, strict=True)]
        self.heights = [self.rows[rep.face.view] @ np.array(rep.direction) for rep in reps]
        columns = [rep.face.sign * np.maximum(height, 0) for rep, height in zip(reps, self.heights, strict=True)]
        self.columns = np.array(columns).reshape(len(reps), program.data.n).T
        self.linear = [self._linear(program, rep) if rep.paired else None for rep in reps]

    def _linear(self, program: Program, rep: Representative) -> Floats:
        _, basis = complete_face(program, rep.face, whole=True)
        rows, coordinates = self.rows[rep.face.view], self.bases[rep.face.view]
        if coordinates is None:
            return np.asarray(rows @ np.array(basis, dtype=float).T)
        even = [coordinates.rotated(tuple(map(Fraction, vector))) * coordinates.scale for vector in basis]
        return np.asarray(rows @ np.linalg.qr(np.array(even).T)[0])

    def amounts(self, pick: Sequence[int], fit: Floats) -> list[float]:
        """Return positive amounts of the members of a set, near those that reach the fit best."""
        if not pick:
            return []
        amounts = np.linalg.lstsq(self._table(pick), fit, rcond=None)[0][: len(pick)]
        least = AMOUNT_TOLERANCE * max(float(np.abs(amounts).max()), AMOUNT_TOLERANCE * self.size)
        return [float(amount) for amount in np.maximum(amounts, least)]

    def selections(self, fit: Floats) -> list[tuple[int, ...]]:
        """Return sets of representatives with independent features and positive amounts, most promising first."""
        everything = tuple(range(len(self.reps)))
        if self._independent(everything):
            heavy = self._heavy(everything, fit)
            return [heavy, everything] if heavy != everything else [everything]
        if float(np.linalg.norm(fit)) <= AMOUNT_TOLERANCE * self.size:
            return [()]
        by_rays = sorted(everything, key=lambda index: (not self.reps[index].paired, self.reps[index].rays, index))
        found: list[tuple[int, ...]] = []
        greedy: list[int] = []
        for index in by_rays:
            if self._independent(tuple(sorted((*greedy, index)))):
                greedy.append(index)
        support = self._support(fit)
        candidates = [tuple(sorted(greedy)), self._heavy(support, fit), support, self._support_apart_from_pairs(fit)]
        if len(everything) <= SMALL:
            picks = [pick for count in range(len(greedy), 0, -1) for pick in combinations(everything, count)]
            good = [pick for pick in picks if self._independent(pick) and self._positive(pick, fit)]
            candidates += sorted(good, key=lambda pick: self._different_amounts(pick, fit))
        for pick in candidates:
            if pick not in found and pick and self._independent(pick) and self._positive(pick, fit):
                found.append(pick)
            if len(found) >= MOST_SELECTIONS:
                break
        return found

    def _heavy(self, pick: tuple[int, ...], fit: Floats) -> tuple[int, ...]:
        """Return the members whose amounts do not look like 0."""
        if not pick:
            return pick
        amounts = np.linalg.lstsq(self._table(pick), fit, rcond=None)[0][: len(pick)]
        parts = amounts * np.linalg.norm(self.columns[:, list(pick)], axis=0)
        least = AMOUNT_TOLERANCE * max(float(parts.max()), AMOUNT_TOLERANCE * self.size)
        return tuple(index for index, part in zip(pick, parts, strict=True) if part > least)

    def _support(self, fit: Floats) -> tuple[int, ...]:
        both = self._signed_columns()
        answer = engine("least-squares").solve(LeastSquares(both[0], fit))
        amounts = [] if answer is None else answer.point.tolist()
        chosen = {owner for owner, amount in zip(both[1], amounts, strict=False) if amount > 0}
        return tuple(sorted(chosen))

    def _support_apart_from_pairs(self, fit: Floats) -> tuple[int, ...]:
        """Reach the fit up to what pairs give freely: on symmetric data many features differ by that alone."""
        spans = [part for part in self.linear if part is not None]
        if not spans:
            return ()
        left, values, _ = np.linalg.svd(np.hstack(spans), full_matrices=False)
        free = left[:, values > RANK_TOLERANCE * max(values.max(initial=0.0), 1e-300)]
        answer = engine("least-squares").solve(
            LeastSquares(self.columns - free @ (free.T @ self.columns), fit - free @ (free.T @ fit))
        )
        amounts = [] if answer is None else answer.point.tolist()
        least = AMOUNT_TOLERANCE * max(amounts, default=0.0)
        return tuple(index for index, amount in enumerate(amounts) if amount > least)

    def _signed_columns(self) -> tuple[Floats, list[int]]:
        columns, owners = [], []
        for index, rep in enumerate(self.reps):
            for side in (1, -1) if rep.paired else (1,):
                columns.append(rep.face.sign * np.maximum(side * self.heights[index], 0))
                owners.append(index)
        return np.array(columns).T, owners

    def _table(self, pick: Sequence[int]) -> Floats:
        """Return the features of a set, together with an orthonormal basis of its free linear part."""
        check()
        spans = self.spans(pick)
        table = self.columns[:, list(pick)]
        if not spans:
            return np.asarray(table)
        left, values, _ = np.linalg.svd(np.hstack(spans), full_matrices=False)
        keep = values > RANK_TOLERANCE * max(values.max(initial=0.0), 1e-300)
        return np.hstack([table, left[:, keep]])

    def spans(self, pick: Sequence[int]) -> list[Floats]:
        """Return the matrices whose columns come with a set for nothing."""
        parts = [self.linear[index] for index in pick]
        return [part for part in parts if part is not None]

    def _independent(self, pick: Sequence[int]) -> bool:
        table = self._table(pick)
        if table.shape[1] == 0:
            return True
        if table.shape[1] > table.shape[0]:
            return False
        table = table / np.maximum(np.linalg.norm(table, axis=0), 1e-300)
        values = np.linalg.svd(table, compute_uv=False)
        return bool(values[-1] > RANK_TOLERANCE)

    def _different_amounts(self, pick: Sequence[int], fit: Floats) -> int:
        """Return how many different amounts there are: few where the set is as symmetric as the data."""
        amounts = np.sort(np.linalg.lstsq(self._table(pick), fit, rcond=None)[0][: len(pick)])
        return 1 + int(np.sum(np.diff(amounts) > AMOUNT_TOLERANCE * amounts[-1]))

    def _positive(self, pick: Sequence[int], fit: Floats) -> bool:
        table = self._table(pick)
        amounts = np.linalg.lstsq(table, fit, rcond=None)[0]
        close = float(np.linalg.norm(table @ amounts - fit)) <= 1e-4 * max(float(np.linalg.norm(fit)), 1e-300)
        return close and bool(np.all(amounts[: len(pick)] > 0))
