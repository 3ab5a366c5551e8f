"""A float start for Newton's method on a structure with other losses or a linear part.

With the rows' places fixed, the problem is to minimise a quadratic of the fit plus ``b sum |w_k|`` plus ridges, while the fits of
the rows at a breakpoint stay there; theta of these rows is the multiplier.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from reluexact.propose.row_places import RowGuess
from reluexact.propose.types import Floats
from reluexact.prove.structure import Kkt

_STEPS, _SETTLED, _SMALL = 60, 1e-13, 1e-13


def extended_start(kkt: Kkt, directions: Sequence[Sequence[float] | Floats], guess: RowGuess) -> tuple[float, ...] | None:
    """Return floats for the unknowns z, from unit directions of the blocks, the fit and theta; None when that fails."""
    parts = _Parts(kkt)
    amounts = np.linalg.lstsq(*parts.amounts_table(directions, guess), rcond=None)[0]
    scale = float(np.max(np.abs(amounts[: len(parts.slices)]), initial=0.0))
    weights = [
        max(amount, 1e-6 * scale) * (q.T @ np.array(u)) for amount, q, u in zip(amounts, parts.frames, directions, strict=False)
    ]
    point = np.concatenate([*weights, amounts[len(parts.slices) :]])
    return parts.unknowns(*_newton(parts, point, guess.theta[parts.broken]))


class _Parts:
    """The float matrices of a system, blocks in orthonormal frames."""

    def __init__(self, kkt: Kkt) -> None:
        n, affine = kkt.program.data.n, kkt.affine
        table = np.array([[float(entry) for entry in column] for column in kkt.design]).reshape(-1, n).T
        slopes = np.array([[float(entry) for entry in column] for column in affine.slopes]).reshape(-1, n).T
        self.penalty = float(kkt.program.penalty)
        count = sum(len(basis) for basis in kkt.bases)
        bases = [np.array(basis, dtype=float).T for basis in kkt.bases]
        qr = [np.linalg.qr(basis) for basis in bases]
        self.frames, self.inner = [q for q, _ in qr], [r for _, r in qr]
        ends = np.cumsum([0, *(basis.shape[1] for basis in bases)])
        self.slices = [slice(a, b) for a, b in pairwise(ends)]
        rest = slice(count + len(bases), table.shape[1] - len(affine.levels))
        change = [np.linalg.inv(r) for r in self.inner]
        self.table = np.hstack([*(table[:, s] @ c for s, c in zip(self.slices, change, strict=True)), table[:, rest]])
        self.slopes = np.hstack([*(slopes[:, s] @ c for s, c in zip(self.slices, change, strict=True)), slopes[:, rest]])
        self.base = np.array([float(entry) for entry in affine.base])
        self.broken = [row for row, _ in affine.levels]
        self.levels = np.array([float(level) for _, level in affine.levels])
        self.ridge = np.zeros(self.table.shape[1])
        for position, ridge in enumerate(affine.ridges, start=self.table.shape[1] - len(affine.ridges)):
            self.ridge[position] = 1.0 if ridge is None else float(ridge)
            if ridge is None:  # without a column, any ridge makes the coefficient 0
                self.table[:, position] = self.slopes[:, position] = 0

    def amounts_table(self, directions: Sequence[Sequence[float] | Floats], guess: RowGuess) -> tuple[Floats, Floats]:
        """Return matrix and right side of least squares for the amounts and what follows the blocks in z."""
        units = zip(self.slices, self.frames, directions, strict=True)
        features = [self.table[:, s] @ (q.T @ np.array(u)) for s, q, u in units]
        held = self.table[:, self.slices[-1].stop if self.slices else 0 :]
        return np.hstack([np.array(features).reshape(-1, len(guess.fit)).T, held]), guess.fit

    def unknowns(self, point: Floats | None, broken: Floats) -> tuple[float, ...] | None:
        """Return z for a point in the frames."""
        if point is None:
            return None
        omega = [np.linalg.solve(r, point[s]) for r, s in zip(self.inner, self.slices, strict=True)]
        lengths = np.array([float(np.linalg.norm(point[s])) for s in self.slices])
        if min(lengths, default=1.0) <= _SMALL * max(lengths, default=1.0):
            return None
        held = point[self.slices[-1].stop if self.slices else 0 :]
        return tuple(float(x) for x in np.concatenate([*omega, lengths, held, broken]))


def _newton(parts: _Parts, point: Floats, theta: Floats) -> tuple[Floats | None, Floats]:
    """Solve the equations of the smooth problem; None for the point when a block collapses or nothing converges."""
    fixed = parts.table[parts.broken]
    for _ in range(_STEPS):
        pull, hessian = _derivatives(parts, point, theta)
        if pull is None or hessian is None:
            return None, theta
        error = np.concatenate([pull, fixed @ point - parts.levels])
        matrix = np.block([[hessian, -fixed.T], [fixed, np.zeros((len(fixed), len(fixed)))]])
        step = np.linalg.lstsq(matrix, -error, rcond=None)[0]
        size = 1.0
        for piece in parts.slices:  # no block may collapse or turn round in one step
            while size > _SMALL and np.linalg.norm(size * step[piece]) > 0.9 * np.linalg.norm(point[piece]):
                size /= 2
        point, theta = point + size * step[: len(point)], theta + size * step[len(point) :]
        if np.linalg.norm(step) <= _SETTLED * (np.linalg.norm(point) + np.linalg.norm(theta)):
            break
    return point if np.isfinite(point).all() else None, theta


def _derivatives(parts: _Parts, point: Floats, theta: Floats) -> tuple[Floats | None, Floats | None]:
    """Return the gradient of the Lagrangian and the Hessian of the objective; theta: of the rows at breakpoints."""
    dual = parts.base - parts.slopes @ point
    dual[parts.broken] = theta
    pull = parts.ridge * point - parts.table.T @ dual
    hessian = parts.table.T @ parts.slopes + np.diag(parts.ridge)
    for piece in parts.slices:
        length = float(np.linalg.norm(point[piece]))
        if length == 0:
            return None, None
        unit = point[piece] / length
        pull[piece] += parts.penalty * unit
        hessian[piece, piece] += parts.penalty / length * (np.eye(len(unit)) - np.outer(unit, unit))
    return pull, hessian
