"""Clarabel (interior point, second-order cones): the default engine."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import sparse

from reluexact.errors import MissingDependency
from reluexact.propose import loss
from reluexact.propose.engines.program import Program, Solution

_ATTEMPTS = ((1e-10, 0.99), (1e-8, 0.9), (1e-12, 0.95))
"""Static regularisation and step fraction, in the order tried; the first mostly suffices, the others rescue stalled runs."""

_CLOSED = 1e-11
"""Relative duality gap, as the solver sees it, at which no further attempt is made."""

_USABLE = frozenset({"Solved", "AlmostSolved", "InsufficientProgress", "MaxIterations", "NumericalError"})


class Clarabel:
    """Variables (w, t, r): ``features w + r = target``, ``cones w >= 0``, ``|w_k| <= t_k``."""

    name = "clarabel"

    def __init__(self, accuracy: float = 1e-9, tolerance: float = 1e-13) -> None:
        """Load the solver; raises MissingDependency."""
        try:
            import clarabel
        except ImportError as error:
            raise MissingDependency("clarabel", "pip install clarabel") from error
        self._library: Any = clarabel
        self.accuracy = accuracy
        self._tolerance = tolerance

    def solve(self, program: Program) -> Solution | None:
        """Solve to the solver's limit; an early stop still gives the point where it stopped."""
        small, basis = program.reduced()
        size, blocks, d = len(small.target), len(small.features), small.features[0].shape[1]
        best, least = None, math.inf
        for regularisation, step in _ATTEMPTS:
            answer = self._run(small, regularisation, step)
            gap = abs(answer.obj_val - answer.obj_val_dual) if _usable(answer) else math.inf
            if gap < least:
                best, least = answer, gap
            if least <= _CLOSED * (abs(answer.obj_val) or 1.0):
                break
        if best is None:
            return None
        residual = -np.array(best.z[:size])
        if basis is not None:
            residual = program.target + basis @ (residual - small.target)
        weights = np.array(best.x[: blocks * d]).reshape(blocks, d)
        return Solution(weights=weights, residual=residual, status=str(best.status))

    def _run(self, program: Program, regularisation: float, step: float) -> Any:
        size, blocks, d = len(program.target), len(program.features), program.features[0].shape[1]
        matrix, rhs = _constraints(program)
        quadratic = np.zeros(blocks * (d + 1) + size)
        quadratic[blocks * (d + 1) :] = loss.curvature(size)
        linear = np.zeros_like(quadratic)
        linear[blocks * d : blocks * (d + 1)] = program.penalty
        walls = sum(len(cone) for cone in program.cones)
        lib = self._library
        cones = [lib.ZeroConeT(size)] + [lib.NonnegativeConeT(walls)] * bool(walls) + [lib.SecondOrderConeT(d + 1)] * blocks
        diagonal = sparse.csc_matrix(sparse.diags_array(quadratic))
        return lib.DefaultSolver(diagonal, linear, matrix, rhs, cones, self._settings(regularisation, step)).solve()

    def _settings(self, regularisation: float, step: float) -> Any:
        settings = self._library.DefaultSettings()
        settings.verbose = False
        settings.max_threads = 1
        settings.presolve_enable = False
        settings.static_regularization_constant = regularisation
        settings.max_step_fraction = step
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = self._tolerance
        reduced = math.sqrt(self._tolerance)
        settings.reduced_tol_gap_abs = settings.reduced_tol_gap_rel = settings.reduced_tol_feas = reduced
        return settings


def _usable(answer: Any) -> bool:
    return str(answer.status) in _USABLE and bool(np.isfinite(answer.x).all() and np.isfinite(answer.z).all())


def _constraints(program: Program) -> tuple[sparse.csc_matrix, np.ndarray]:
    """Return (A, b) of Clarabel's form ``A x + s = b`` with s in zero, non-negative and second-order cones."""
    size, blocks, d = len(program.target), len(program.features), program.features[0].shape[1]
    lengths = [len(cone) for cone in program.cones]
    walls = sum(lengths)
    features = np.hstack(program.features)
    wall_rows = np.repeat(np.arange(walls), d)
    wall_columns = (d * np.repeat(np.arange(blocks), lengths)[:, None] + np.arange(d)).ravel()
    wall_values = -np.concatenate(program.cones).ravel()
    norm_rows = np.arange(blocks * (d + 1)).reshape(blocks, d + 1)
    top = size + walls
    rows = (
        np.repeat(np.arange(size), blocks * d),
        np.arange(size),
        size + wall_rows,
        top + norm_rows[:, 0],
        top + norm_rows[:, 1:].ravel(),
    )
    columns = (
        np.tile(np.arange(blocks * d), size),
        blocks * (d + 1) + np.arange(size),
        wall_columns,
        blocks * d + np.arange(blocks),
        np.arange(blocks * d),
    )
    values = (features.ravel(), np.ones(size), wall_values, -np.ones(blocks), -np.ones(blocks * d))
    shape = (top + blocks * (d + 1), blocks * (d + 1) + size)
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    matrix = sparse.csc_matrix(entries, shape=shape)
    matrix.eliminate_zeros()
    return matrix, np.concatenate((program.target, np.zeros(shape[0] - size)))
