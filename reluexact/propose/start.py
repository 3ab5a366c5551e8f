"""A float start for Newton's method on a structure: the smooth convex problem of its primal form."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from reluexact.budget import check
from reluexact.model.dataset import Dataset
from reluexact.numbers.types import Vector
from reluexact.propose import loss
from reluexact.propose.basis import basis_of
from reluexact.propose.extended_start import extended_start
from reluexact.propose.fine_start import fine_start
from reluexact.propose.row_places import RowGuess
from reluexact.propose.types import Floats
from reluexact.prove.structure import Kkt

_TINY = Fraction(1, 10**10)
"""Amounts below this share of the size of the data are lost in floats."""


def start_point(kkt: Kkt, directions: Sequence[Sequence[float] | Floats], fit: Floats) -> tuple[float, ...] | None:
    """Return floats for the unknowns z of the system, from unit directions of the blocks and the fit; None when that fails."""
    design = np.array([[float(entry) for entry in column] for column in kkt.design]).T.reshape(kkt.program.data.n, -1)
    count = sum(len(basis) for basis in kkt.bases)
    bases = [np.array(basis, dtype=float).T for basis in kkt.bases]
    frames = [np.linalg.qr(basis) for basis in bases]
    slices, start = [], 0
    for basis in bases:
        slices.append(slice(start, start + basis.shape[1]))
        start += basis.shape[1]
    free = design[:, count + len(bases) :]
    blocks = [np.linalg.solve(r.T, design[:, piece].T).T for (_, r), piece in zip(frames, slices, strict=True)]
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
    found = _damped_newton(table, y, float(kkt.program.penalty), slices, point)
    if found is None:
        return None
    point = found
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
        return loss.value(rest) + penalty * sum(float(np.linalg.norm(p[piece])) for piece in slices)

    for _ in range(steps):
        check()
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


def as_fractions(values: Sequence[float | Fraction]) -> Vector:
    """Return the exact binary values of floats; Fractions stay as they are."""
    return tuple(Fraction(value) for value in values)


def float_vector(values: Sequence[Fraction]) -> Floats:
    """Return the floats next to exact numbers; OverflowError beyond their range."""
    return np.array([float(value) for value in values])


def fit_at(data: Dataset, residual: Sequence[float]) -> Floats:
    """Return the fit ``y - residual`` in floats."""
    return np.asarray(float_vector(data.y) - np.array(residual))


def start_near(kkt: Kkt, smaller: Kkt, order: Sequence[int], point: Vector) -> Sequence[float | Fraction] | None:
    """Return a start for a system with smaller spans, next to a solution of the one it came from; ``order``: its blocks there."""
    data, weights = kkt.program.data, [kkt.weights(block, point) for block in order]
    if kkt.program.problem is not None:
        units = [vector / np.linalg.norm(vector) for vector in (float_vector(weight) for weight in weights)]
        fit, theta = (float_vector(values) for values in (kkt.fit(point), kkt.residual(point)))
        return extended_start(smaller, units, RowGuess(places=kkt.structure.places, fit=fit, theta=theta))
    size = max(map(abs, data.y)) / max(abs(entry) for row in data.X for entry in row)
    tiny = any(max(map(abs, weight)) < _TINY * size for weight in weights)
    if tiny or basis_of(kkt.program.hyperplanes.normals) is not None:
        return fine_start(smaller, weights, kkt.fit(point))
    fit = float_vector(kkt.fit(point))
    directions = [float_vector(weight) for weight in weights]
    return start_point(smaller, [u / np.linalg.norm(u) for u in directions], fit)
