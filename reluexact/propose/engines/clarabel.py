"""Clarabel (interior point, second-order cones): the default engine of conic programs, and quadratic programs.

It runs in one thread, and stops by its own limit of iterations; an interrupt (Ctrl-C) reaches Python when a call returns.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from reluexact.propose import loss
from reluexact.propose.engines.packages import needed
from reluexact.propose.engines.program import ConicAnswer, ConicProgram, QuadraticAnswer, QuadraticProgram, require_finite

ATTEMPTS = ((1e-10, 0.99), (1e-8, 0.9), (1e-12, 0.95))
"""Static regularisation and step fraction, in the order tried; the first mostly suffices, the others rescue stalled runs."""

CLOSED = 1e-11
"""Relative duality gap, as the solver sees it, at which no further attempt is made."""

_USABLE = frozenset({"Solved", "AlmostSolved", "InsufficientProgress", "MaxIterations", "NumericalError"})


def loaded() -> tuple[Any, Any]:
    """Return the solver and the sparse matrices it takes; raises MissingDependency."""
    with needed("clarabel"):
        import clarabel
    with needed("scipy"):
        from scipy import sparse
    return clarabel, sparse


class Clarabel:
    """Variables (w, t, r): ``features w + r = target``, ``cones w >= 0``, ``|w_k| <= t_k``."""

    name = "clarabel"

    def __init__(self, accuracy: float = 1e-9, tolerance: float = 1e-13) -> None:
        """Load the solver; raises MissingDependency."""
        self._library, self._sparse = loaded()
        self.accuracy = accuracy
        self._tolerance = tolerance

    def solve(self, program: ConicProgram) -> ConicAnswer | None:
        """Solve to the solver's limit; an early stop still gives the point where it stopped."""
        require_finite("a conic program", program.target, program.penalty, *program.features, *program.cones)
        small, basis = program.reduced()
        size, blocks, d = len(small.target), len(small.features), small.features[0].shape[1]
        best, least = None, math.inf
        for regularisation, step in ATTEMPTS:
            answer = self._run(small, regularisation, step)
            gap = abs(answer.obj_val - answer.obj_val_dual) if usable(answer) else math.inf
            if gap < least:
                best, least = answer, gap
            if least <= CLOSED * (abs(answer.obj_val) or 1.0):
                break
        if best is None:
            return None
        residual = -np.array(best.z[:size])
        if basis is not None:
            residual = program.target + basis @ (residual - small.target)
        weights = np.array(best.x[: blocks * d]).reshape(blocks, d)
        return ConicAnswer(weights=weights, residual=residual, status=str(best.status))

    def _run(self, program: ConicProgram, regularisation: float, step: float) -> Any:
        size, blocks, d = len(program.target), len(program.features), program.features[0].shape[1]
        matrix, rhs = _constraints(program, self._sparse)
        quadratic = np.zeros(blocks * (d + 1) + size)
        quadratic[blocks * (d + 1) :] = loss.curvature(size)
        linear = np.zeros_like(quadratic)
        linear[blocks * d : blocks * (d + 1)] = program.penalty
        hyperplanes = sum(len(cone) for cone in program.cones)
        lib = self._library
        cones = (
            [lib.ZeroConeT(size)]
            + [lib.NonnegativeConeT(hyperplanes)] * bool(hyperplanes)
            + [lib.SecondOrderConeT(d + 1)] * blocks
        )
        diagonal = self._sparse.csc_matrix(self._sparse.diags_array(quadratic))
        return lib.DefaultSolver(
            diagonal, linear, matrix, rhs, cones, settings_of(lib, regularisation, step, self._tolerance)
        ).solve()


def settings_of(library: Any, regularisation: float, step: float, tolerance: float) -> Any:
    """Return settings for one attempt: one thread, no output, the solver's limit of accuracy."""
    settings = library.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.presolve_enable = False
    settings.static_regularization_constant = regularisation
    settings.max_step_fraction = step
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
    reduced = math.sqrt(tolerance)
    settings.reduced_tol_gap_abs = settings.reduced_tol_gap_rel = settings.reduced_tol_feas = reduced
    return settings


def usable(answer: Any) -> bool:
    """Say whether the solver ended with a point of finite numbers."""
    return str(answer.status) in _USABLE and bool(np.isfinite(answer.x).all() and np.isfinite(answer.z).all())


def _constraints(program: ConicProgram, sparse: Any) -> tuple[Any, np.ndarray]:
    """Return (A, b) of Clarabel's form ``A x + s = b`` with s in zero, non-negative and second-order cones."""
    size, blocks, d = len(program.target), len(program.features), program.features[0].shape[1]
    lengths = [len(cone) for cone in program.cones]
    hyperplanes = sum(lengths)
    features = np.hstack(program.features)
    hyperplane_rows = np.repeat(np.arange(hyperplanes), d)
    hyperplane_columns = (d * np.repeat(np.arange(blocks), lengths)[:, None] + np.arange(d)).ravel()
    hyperplane_values = -np.concatenate(program.cones).ravel()
    norm_rows = np.arange(blocks * (d + 1)).reshape(blocks, d + 1)
    top = size + hyperplanes
    rows = (
        np.repeat(np.arange(size), blocks * d),
        np.arange(size),
        size + hyperplane_rows,
        top + norm_rows[:, 0],
        top + norm_rows[:, 1:].ravel(),
    )
    columns = (
        np.tile(np.arange(blocks * d), size),
        blocks * (d + 1) + np.arange(size),
        hyperplane_columns,
        blocks * d + np.arange(blocks),
        np.arange(blocks * d),
    )
    values = (features.ravel(), np.ones(size), hyperplane_values, -np.ones(blocks), -np.ones(blocks * d))
    shape = (top + blocks * (d + 1), blocks * (d + 1) + size)
    entries = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    matrix = sparse.csc_matrix(entries, shape=shape)
    matrix.eliminate_zeros()
    return matrix, np.concatenate((program.target, np.zeros(shape[0] - size)))


class ClarabelQuadratic:
    """Convex quadratic programs; the rows of the solver are the equations, the lower and then the upper bounds."""

    name = "clarabel"

    def __init__(self, tolerance: float = 1e-13) -> None:
        """Load the solver; raises MissingDependency."""
        self._library, self._sparse = loaded()
        self._tolerance = tolerance

    def solve(self, program: QuadraticProgram) -> QuadraticAnswer | None:
        """Solve to the solver's limit; None when it ends with numbers that are not finite."""
        size, count = len(program.cost), len(program.right)
        above = np.flatnonzero(program.upper < np.inf)
        require_finite("a quadratic program", program.hessian, program.cost, program.equations, program.right)
        require_finite("a quadratic program", program.upper[above])
        library, unit = self._library, np.eye(size)
        settings = library.DefaultSettings()
        settings.verbose = False
        settings.max_threads = 1
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = self._tolerance
        answer = library.DefaultSolver(
            self._sparse.csc_matrix(np.triu(program.hessian)),
            program.cost,
            self._sparse.csc_matrix(np.vstack([program.equations, -unit, unit[above]])),
            np.concatenate([program.right, np.zeros(size), program.upper[above]]),
            [library.ZeroConeT(count), library.NonnegativeConeT(size + len(above))],
            settings,
        ).solve()
        point, duals = np.array(answer.x), np.array(answer.z)
        if not (np.isfinite(point).all() and np.isfinite(duals).all()):
            return None
        upper = np.zeros(size)
        upper[above] = duals[count + size :]
        return QuadraticAnswer(point=point, multipliers=-duals[:count], lower=duals[count : count + size], upper=upper)
