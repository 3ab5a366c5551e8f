"""All activation patterns: this project, a linear program for each part of each cell, and z3 in its place."""

from __future__ import annotations

import numpy as np
from full_program import random_data
from numpy.typing import NDArray
from peers.task import Task

import reluexact as rx

LIMIT = 10**8


def ours(n: int, d: int) -> Task:
    X = random_data(n, d).X
    return Task(lambda: rx.activation_patterns(X, limit=LIMIT).count, counted)


def linear_programs(n: int, d: int) -> Task:
    rows = np.array(random_data(n, d).X, dtype=float)
    return Task(lambda: by_linear_programs(rows), counted)


def z3_solver(n: int, d: int) -> Task:
    import z3

    rows = [[int(entry) for entry in row] for row in random_data(n, d).X]
    return Task(lambda: _by_z3(z3, rows), counted)


def counted(count: int) -> dict[str, int]:
    return {"count": count, "scale": count}


def by_linear_programs(X: NDArray[np.generic]) -> int:
    """Return the number of patterns by incremental insertion, one float linear program per cell, row and sign.

    Only one cell of each antipodal pair is followed.
    """
    rows = [row / np.abs(row).max() for row in X if row.any()]
    cells = [rows[0][None, :]]
    for row in rows[1:]:
        cells = [part for cell in cells for side in (row, -row) if _open_cone(part := np.vstack([cell, side]))]
    return 2 * len(cells)


def _open_cone(rows: NDArray[np.float64]) -> bool:
    """Return whether floats find a u in the unit cube with rows @ u >= t and t > 0."""
    from scipy.optimize import linprog

    width = rows.shape[1]
    cost = np.append(np.zeros(width), -1.0)
    bounds = [(-1, 1)] * width + [(None, 1)]
    answer = linprog(
        cost, A_ub=np.column_stack([-rows, np.ones(len(rows))]), b_ub=np.zeros(len(rows)), bounds=bounds, method="highs"
    )
    return bool(answer.status == 0 and -answer.fun > 1e-7)


def _by_z3(z3, rows: list[list[int]]) -> int:
    """Return the number of patterns, row by row and depth first; only one cell of each antipodal pair is followed."""
    solver = z3.SolverFor("QF_LRA")
    point = [z3.Real(f"u{k}") for k in range(len(rows[0]))]
    heights = [z3.Sum([entry * value for entry, value in zip(row, point, strict=True)]) for row in rows if any(row)]

    def below(depth: int) -> int:
        if depth == len(heights):
            return 1
        found = 0
        for side in (heights[depth] > 0, heights[depth] < 0) if depth else (heights[0] > 0,):
            solver.push()
            solver.add(side)
            if solver.check() == z3.sat:
                found += below(depth + 1)
            solver.pop()
        return found

    return 2 * below(0)
