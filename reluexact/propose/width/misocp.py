"""The best networks of a width as a mixed-integer second-order cone program; its answer is a proposal.

One binary variable per column (sign, cell) lets its weights differ from 0; at most ``width`` of them are 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluexact.propose.engines import engine
from reluexact.propose.engines.program import Bound, Constraint, Length, Linear, MixedIntegerProgram
from reluexact.propose.width.field import Field

SECONDS = 30.0
COLUMNS = 600
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedInteger:
    """What the engine says: the chosen columns, its bounds in the units of the data, its word for the end, its nodes."""

    mask: int
    lower: float
    upper: float
    status: str
    nodes: int


def propose_columns(field: Field, width: int) -> int:
    """Return the columns that the engine chooses; none where there are too many to choose from, or no answer in time."""
    if len(field.every) > COLUMNS:
        return 0
    return solve_mixed_integer(field, width).mask


def solve_mixed_integer(field: Field, width: int, seconds: float = SECONDS) -> MixedInteger:
    """Solve the program in floats, within a time; raises MissingDependency."""
    data, penalty = field.every.program.data, field.every.program.penalty
    X = np.array([[float(entry) for entry in row] for row in data.X])
    size = float(np.linalg.norm(field.targets)) or 1.0
    length = float(np.linalg.norm(X, axis=1).max(initial=0.0)) or 1.0
    program, chosen = _program(field, width, X / length, field.targets / size, float(penalty) / (size * length), seconds)
    answer = engine("mixed-integer").solve(program)
    if answer is None:
        return MixedInteger(mask=0, lower=0.0, upper=np.inf, status="failed", nodes=0)
    unit = size * size
    return MixedInteger(
        mask=0 if answer.point is None else sum(1 << k for k, used in enumerate(chosen) if answer.point[used] > 0.5),
        lower=answer.lower * unit,
        upper=answer.upper * unit,
        status=answer.status,
        nodes=answer.nodes,
    )


def _program(
    field: Field, width: int, X: np.ndarray, y: np.ndarray, penalty: float, seconds: float
) -> tuple[MixedIntegerProgram, list[int]]:
    """Build the program; no amount exceeds ``|y|^2 / (2 penalty)``, which the zero network would beat.

    Variables: the residual, half its square, then per column the weights, their length, and whether it is used.
    """
    most, (n, d) = float(y @ y) / (2.0 * penalty), X.shape
    square, free = n, (None, None)
    bounds: list[Bound] = [*[free] * n, (0.0, None)]
    fit: list[list[tuple[int, float]]] = [[] for _ in range(n)]
    constraints: list[Constraint] = []
    for k, column in enumerate(field.every.columns):
        first = len(bounds)
        weights, norm, used = range(first, first + d), first + d, first + d + 1
        bounds += [*[(-most, most)] * d, (0.0, most), (0.0, 1.0)]
        constraints.append(Length(tuple((w, 0.0) for w in weights), (norm, 0.0)))
        constraints.append(Linear(((norm, 1.0), (used, -most)), None, 0.0))
        for row in field.every.cone(k)[1]:
            constraints.append(Linear(tuple((w, float(a)) for a, w in zip(row, weights, strict=True)), 0.0, None))
        point = np.array([float(entry) for entry in field.every.inside[k]])
        for i in np.flatnonzero(X @ point > 0.0).tolist():
            fit[i] += [(w, column.sign * float(a)) for a, w in zip(X[i], weights, strict=True) if a]
    chosen = [n + 1 + k * (d + 2) + d + 1 for k in range(len(field.every.columns))]
    constraints += [
        Linear((*terms, (i, 1.0)), value, value) for i, (terms, value) in enumerate(zip(fit, y.tolist(), strict=True))
    ]
    constraints.append(Length((*((i, 0.0) for i in range(n)), (square, -0.5)), (square, 0.5)))
    constraints.append(Linear(tuple((used, 1.0) for used in chosen), None, float(width)))
    program = MixedIntegerProgram(
        cost=((square, 1.0), *((used - 1, penalty) for used in chosen)),
        bounds=bounds,
        binary=frozenset(chosen),
        constraints=constraints,
        seconds=seconds,
        tolerance=_TOLERANCE,
    )
    return program, chosen
