"""The best networks of a width as a mixed-integer second-order cone program, for SCIP; its answer is a proposal.

One binary variable per column (sign, cell) lets its weights differ from 0; at most ``width`` of them are 1. Cones are written
``sqrt(sum x^2) <= t``; SCIP 10.0.2 corrupts its heap on ``sum x^2 <= t^2``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from reluexact.errors import MissingDependency
from reluexact.kinds.width_optimum.field import Field
from reluexact.propose.engines.scip import run

SECONDS = 30.0
COLUMNS = 600
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedInteger:
    """What SCIP says: the chosen columns, its bounds in the units of the data, its word for the end, and the nodes it took."""

    mask: int
    lower: float
    upper: float
    status: str
    nodes: int


def propose_columns(field: Field, width: int) -> int:
    """Return the columns that SCIP chooses; none where there are too many to choose from, or no answer in time."""
    if len(field.every) > COLUMNS:
        return 0
    return solve_mixed_integer(field, width).mask


def solve_mixed_integer(field: Field, width: int, seconds: float = SECONDS) -> MixedInteger:
    """Solve the program in floats, within a time; raises MissingDependency."""
    try:
        import pyscipopt
    except ImportError as error:
        raise MissingDependency("pyscipopt", "pip install pyscipopt") from error
    data, penalty = field.every.program.data, field.every.program.penalty
    X = np.array([[float(entry) for entry in row] for row in data.X])
    size = float(np.linalg.norm(field.targets)) or 1.0
    length = float(np.linalg.norm(X, axis=1).max(initial=0.0)) or 1.0
    model, chosen = _model(pyscipopt, field, width, X / length, field.targets / size, float(penalty) / (size * length))
    model.setParam("limits/time", seconds)
    run(model)
    mask = 0
    if model.getNSols():
        best = model.getBestSol()
        mask = sum(1 << k for k, variable in enumerate(chosen) if best[variable] > 0.5)
    unit = size * size
    return MixedInteger(
        mask=mask,
        lower=float(model.getDualbound()) * unit,
        upper=float(model.getPrimalbound()) * unit,
        status=str(model.getStatus()),
        nodes=int(model.getNTotalNodes()),
    )


def _model(library: Any, field: Field, width: int, X: np.ndarray, y: np.ndarray, penalty: float) -> tuple[Any, list[Any]]:
    """Build the program; no amount exceeds ``|y|^2 / (2 penalty)``, which the zero network would beat."""
    total, most = library.quicksum, float(y @ y) / (2.0 * penalty)
    model = library.Model("width")
    model.hideOutput()
    model.setParam("misc/catchctrlc", False)
    model.setParam("numerics/feastol", _TOLERANCE)
    residual = [model.addVar(lb=None) for _ in y]
    square = model.addVar(lb=0.0)
    fit: list[list[Any]] = [[] for _ in y]
    norms, chosen = [], []
    for k, column in enumerate(field.every.columns):
        weights = [model.addVar(lb=-most, ub=most) for _ in range(X.shape[1])]
        norm, used = model.addVar(lb=0.0, ub=most), model.addVar(vtype="B")
        model.addCons(library.sqrt(total(w * w for w in weights)) <= norm)
        model.addCons(norm <= most * used)
        for row in field.every.cone(k)[1]:
            model.addCons(total(float(a) * w for a, w in zip(row, weights, strict=True)) >= 0.0)
        point = np.array([float(entry) for entry in field.every.inside[k]])
        for i in np.flatnonzero(X @ point > 0.0).tolist():
            fit[i] += [column.sign * float(a) * w for a, w in zip(X[i], weights, strict=True) if a]
        norms.append(norm)
        chosen.append(used)
    for terms, left, value in zip(fit, residual, y.tolist(), strict=True):
        model.addCons(total(terms) + left == value)
    model.addCons(library.sqrt(total(r * r for r in residual) + (square - 0.5) * (square - 0.5)) <= square + 0.5)
    model.addCons(total(chosen) <= width)
    model.setObjective(square + penalty * total(norms))
    return model, chosen
