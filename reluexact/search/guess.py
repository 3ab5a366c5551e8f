"""From floats to a structure: faces of tight-looking cells, an independent set of blocks, and a start for Newton's method.

Nothing here is trusted: tolerances only propose, and a wrong proposal fails in :mod:`reluexact.search.proof`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls

from reluexact.exact.quadratic import Vector
from reluexact.search.structure import Kkt, Structure, build_kkt, complete_face
from reluexact.training.program import Face, Program

Floats = npt.NDArray[np.float64]
RANK_TOLERANCE = 1e-8
PAIR_TOLERANCE = 1e-4
AMOUNT_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A KKT system with a float start for its unknowns."""

    kkt: Kkt
    start: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A tight-looking direction: output sign, unit direction, and its face."""

    face: Face
    direction: tuple[float, ...]


def spots(program: Program, found: Sequence[tuple[int, Sequence[float]]], wall_tolerance: float) -> tuple[Spot, ...]:
    """Turn (sign, direction) pairs into distinct faces; a wall closer than the tolerance counts as touched."""
    normals = np.array([[float(entry) for entry in row] for row in program.walls.normals]).reshape(-1, program.data.d)
    lengths = np.linalg.norm(normals, axis=1)
    result: dict[tuple[int, tuple[int, ...]], Spot] = {}
    for sign, direction in found:
        unit = np.array(direction) / np.linalg.norm(direction)
        heights = normals @ unit / lengths
        gate = tuple(0 if abs(height) < wall_tolerance else (1 if height > 0 else -1) for height in heights)
        face = Face(sign=sign, gate=gate)
        result.setdefault((sign, gate), Spot(face=face, direction=tuple(unit.tolist())))
    return tuple(result[key] for key in sorted(result))


def propose_structures(program: Program, tight: Sequence[Spot], fit: Floats) -> list[Proposal]:
    """Choose blocks with independent features that reach the fit with positive amounts; the other spots become ties."""
    reps = _representatives(program, tight)
    features = _Features(program, reps)
    proposals = []
    for chosen in features.selections(fit):
        blocks = [reps[index] for index in chosen]
        rest = [rep for index, rep in enumerate(reps) if index not in chosen]
        ties: list[Face] = []
        for rep in rest:
            ties.append(rep.face)
            if rep.paired:
                ties.append(rep.face.opposite())
        structure = Structure(
            blocks=tuple(rep.face for rep in blocks), paired=tuple(rep.paired for rep in blocks), ties=tuple(ties)
        )
        kkt = build_kkt(program, structure)
        start = _start(kkt, [rep.direction for rep in blocks], fit)
        if start is not None:
            proposals.append(Proposal(kkt=kkt, start=start))
    return proposals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rep:
    """One representative of a pair, or an unpaired neuron."""

    face: Face
    direction: tuple[float, ...]
    paired: bool
    rays: int


def _representatives(program: Program, tight: Sequence[Spot]) -> list[_Rep]:
    """Complete the faces, drop doubles, and keep one side of every pair."""
    complete: dict[tuple[int, tuple[int, ...]], Spot] = {}
    for spot in tight:
        face, _ = complete_face(program, spot.face, whole=False)
        complete.setdefault((face.sign, face.gate), Spot(face=face, direction=spot.direction))
    closed: dict[tuple[int, tuple[int, ...]], _Rep] = {}
    for spot in sorted(complete.values(), key=lambda spot: spot.face.order):
        opposite = spot.face.opposite()
        partner = complete.get((opposite.sign, opposite.gate))
        paired = partner is not None and _opposite(partner.direction, spot.direction)
        face, basis = complete_face(program, spot.face, whole=paired)
        if not basis or (paired and (opposite.sign, opposite.gate) in closed):
            continue
        rep = _Rep(face=face, direction=spot.direction, paired=paired, rays=len(basis))
        closed.setdefault((face.sign, face.gate), rep)
    return sorted(closed.values(), key=lambda rep: rep.face.order)


def _opposite(left: Sequence[float], right: Sequence[float]) -> bool:
    return bool(np.linalg.norm(np.array(left) + np.array(right)) < PAIR_TOLERANCE)


class _Features:
    """Float features of the representatives and the free linear part of the pairs."""

    def __init__(self, program: Program, reps: Sequence[_Rep]) -> None:
        self.reps = reps
        self.size = float(np.linalg.norm([float(value) for value in program.data.y]))
        self.rows = np.array([[float(entry) for entry in row] for row in program.data.X])
        columns = [rep.face.sign * np.maximum(self.rows @ np.array(rep.direction), 0) for rep in reps]
        self.columns = np.array(columns).reshape(len(reps), len(self.rows)).T
        self.linear = [self._linear(program, rep) if rep.paired else None for rep in reps]

    def _linear(self, program: Program, rep: _Rep) -> Floats:
        _, basis = complete_face(program, rep.face, whole=True)
        return np.asarray(self.rows @ np.array(basis, dtype=float).T)

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
        candidates = [tuple(sorted(greedy)), self._support(fit)]
        if len(everything) <= 8:
            size = len(greedy)
            candidates += [pick for count in range(size, 0, -1) for pick in combinations(everything, count)]
        for pick in candidates:
            if pick not in found and pick and self._independent(pick) and self._positive(pick, fit):
                found.append(pick)
            if len(found) >= 6:
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
        amounts, _ = nnls(both[0], fit)
        chosen = {owner for owner, amount in zip(both[1], amounts, strict=True) if amount > 0}
        return tuple(sorted(chosen))

    def _signed_columns(self) -> tuple[Floats, list[int]]:
        columns, owners = [], []
        for index, rep in enumerate(self.reps):
            for side in (1, -1) if rep.paired else (1,):
                columns.append(rep.face.sign * np.maximum(side * (self.rows @ np.array(rep.direction)), 0))
                owners.append(index)
        return np.array(columns).T, owners

    def _table(self, pick: Sequence[int]) -> Floats:
        """Return the features of a set, together with an orthonormal basis of its free linear part."""
        parts = [self.linear[index] for index in pick]
        spans = [part for part in parts if part is not None]
        table = self.columns[:, list(pick)]
        if not spans:
            return np.asarray(table)
        left, values, _ = np.linalg.svd(np.hstack(spans), full_matrices=False)
        keep = values > RANK_TOLERANCE * max(values.max(initial=0.0), 1e-300)
        return np.hstack([table, left[:, keep]])

    def _independent(self, pick: Sequence[int]) -> bool:
        table = self._table(pick)
        if table.shape[1] == 0:
            return True
        if table.shape[1] > table.shape[0]:
            return False
        table = table / np.maximum(np.linalg.norm(table, axis=0), 1e-300)
        values = np.linalg.svd(table, compute_uv=False)
        return bool(values[-1] > RANK_TOLERANCE)

    def _positive(self, pick: Sequence[int], fit: Floats) -> bool:
        table = self._table(pick)
        amounts = np.linalg.lstsq(table, fit, rcond=None)[0]
        close = float(np.linalg.norm(table @ amounts - fit)) <= 1e-4 * max(float(np.linalg.norm(fit)), 1e-300)
        return close and bool(np.all(amounts[: len(pick)] > 0))


def _start(kkt: Kkt, directions: Sequence[Sequence[float]], fit: Floats) -> tuple[float, ...] | None:
    """Run damped Newton in floats on the smooth convex problem of the structure (MATH: primal form)."""
    design = np.array([[float(entry) for entry in column] for column in kkt.design]).T.reshape(kkt.program.data.n, -1)
    count = sum(len(basis) for basis in kkt.bases)
    bases = [np.array(basis, dtype=float).T for basis in kkt.bases]
    frames = [np.linalg.qr(basis) for basis in bases]
    slices, start = [], 0
    for basis in bases:
        slices.append(slice(start, start + basis.shape[1]))
        start += basis.shape[1]
    free = design[:, count + len(bases) :]
    blocks = [
        np.linalg.solve(r.T, design[:, piece].T).T for (_, r), piece in zip(frames, slices, strict=True)
    ]
    frame_free, r_free = np.linalg.qr(free) if free.size else (free, np.zeros((0, 0)))
    table = np.hstack([*blocks, frame_free]) if blocks else frame_free
    features = np.array([block @ (q.T @ np.array(u)) for block, (q, _), u in zip(blocks, frames, directions, strict=True)])
    first = np.hstack([features.T.reshape(len(fit), -1), frame_free])
    amounts = np.linalg.lstsq(first, fit, rcond=None)[0] if first.size else np.zeros(0)
    scale = float(np.max(np.abs(amounts[: len(bases)]), initial=0.0))
    weights = [
        max(amount, 1e-6 * scale) * (q.T @ np.array(u))
        for amount, (q, _), u in zip(amounts[: len(bases)], frames, directions, strict=True)
    ]
    point = np.concatenate([*weights, amounts[len(bases) :]]) if len(table.T) else np.zeros(0)
    y = np.array([float(entry) for entry in kkt.program.data.y])
    point = _damped_newton(table, y, float(kkt.program.penalty), slices, point)
    if point is None:
        return None
    omega = [np.linalg.solve(r, point[piece]) for (_, r), piece in zip(frames, slices, strict=True)]
    lengths = [float(np.linalg.norm(point[piece])) for piece in slices]
    rest = np.linalg.solve(r_free, point[count:]) if free.size else np.zeros(0)
    return tuple(float(x) for x in np.concatenate([*omega, np.array(lengths), rest]))


def _damped_newton(
    table: Floats, y: Floats, penalty: float, slices: Sequence[slice], point: Floats, steps: int = 60
) -> Floats | None:
    """Minimise ``1/2 |y - table p|^2 + penalty * sum |p_k|`` away from zero blocks; None when a block collapses."""
    if not len(point):
        return point
    gram, moments = table.T @ table, table.T @ y

    def value(p: Floats) -> float:
        rest = y - table @ p
        return float(rest @ rest) / 2 + penalty * sum(float(np.linalg.norm(p[piece])) for piece in slices)

    for _ in range(steps):
        gradient, hessian = gram @ point - moments, gram.copy()
        for piece in slices:
            length = float(np.linalg.norm(point[piece]))
            if length == 0:
                return None
            unit = point[piece] / length
            gradient[piece] += penalty * unit
            hessian[piece, piece] += penalty / length * (np.eye(len(unit)) - np.outer(unit, unit))
        try:
            step = np.linalg.solve(hessian, gradient)
        except np.linalg.LinAlgError:
            return None
        slope, size, before = float(gradient @ step), 1.0, value(point)
        while size > 1e-12 and not value(point - size * step) <= before - 1e-4 * size * slope:
            size /= 2
        if size <= 1e-12:
            break
        point = point - size * step
        if float(np.linalg.norm(size * step)) <= 1e-15 * float(np.linalg.norm(point)):
            break
    lengths = [float(np.linalg.norm(point[piece])) for piece in slices]
    return point if min(lengths, default=1.0) > 1e-13 * max(lengths, default=1.0) else None


def as_fractions(values: Sequence[float]) -> Vector:
    """Return the exact binary values of floats."""
    return tuple(Fraction(value) for value in values)
