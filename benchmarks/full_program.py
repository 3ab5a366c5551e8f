"""Time the proved optimum against the full convex program in cvxpy + Clarabel: ``python benchmarks/full_program.py [n,d ...]``.

Prints a line per size: cells, penalty, CPU seconds of column generation and its gap, of ``rx.solve``, which has a proof, and of
the full program, which has none, both values, and the share of the time of the full program that the proof takes; then where the
time of the proof goes, stage by stage. ``--alone`` leaves the full program out, which is slow from about 5,000 cells on. Each is
run once before at a small size, for what is imported on use.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from measure import timed
from stages import line_of, stages_of

import reluexact as rx
from reluexact.geometry.arrangement import activation_patterns
from reluexact.model.dataset import Dataset
from reluexact.propose.candidates import pricing_for, propose

SIZES = ((20, 3), (30, 3), (20, 4), (20, 5))
SMALL = (6, 2)
SHARE = 0.1


def random_data(n: int, d: int) -> Dataset:
    rng = np.random.default_rng(1000 * n + d)
    return Dataset(rng.integers(-9, 10, size=(n, d)).tolist(), rng.integers(-9, 10, size=n).tolist())


def penalty_of(data: Dataset) -> Fraction:
    """Return a share of the greatest useful penalty, to two decimals."""
    top = pricing_for(data).violated(np.array(data.y, dtype=float), 0.0, 1)[0].value
    return Fraction(round(100 * SHARE * top), 100)


@dataclass(frozen=True)
class FullSolution:
    """The value that the solver gives, and the block of each sign and cell (k x d)."""

    value: float
    signs: list[int]
    vectors: np.ndarray


def full_program(data: Dataset, penalty: float) -> FullSolution:
    """Solve the program over all patterns, one matrix variable per sign."""
    import cvxpy as cp

    X, y = np.array(data.X, dtype=float), np.array(data.y, dtype=float)
    on = activation_patterns(data.X).patterns.T
    blocks = [cp.Variable((data.d, on.shape[1])) for _ in range(2)]
    fit = cp.sum(cp.multiply(on.astype(float), X @ (blocks[0] - blocks[1])), axis=1)
    cost = sum(cp.sum(cp.norm(block, 2, axis=0)) for block in blocks)
    cones = [cp.multiply(np.where(on, 1.0, -1.0), X @ block) >= 0 for block in blocks]
    problem = cp.Problem(cp.Minimize(cp.sum_squares(fit - y) / 2 + penalty * cost), cones)
    problem.solve(solver=cp.CLARABEL)
    vectors = np.vstack([block.value.T for block in blocks])
    return FullSolution(float(problem.value), [1] * on.shape[1] + [-1] * on.shape[1], vectors)


def show(size: tuple[int, int], *, alone: bool) -> None:
    """Print the line of a size and its stages."""
    data = random_data(*size)
    penalty = penalty_of(data)
    found, columns = timed(propose, data, penalty)
    optimum, stages = stages_of(rx.solve, data, penalty)
    proof = sum(stages.values())
    cells = activation_patterns(data.X).count
    line = f"{'{},{}'.format(*size):>8} {cells:>7} {penalty!s:>9} {columns:>10.3f} {found.gap:>8.0e}"
    line += f" {proof:>8.3f} {optimum.status.name:>10} {optimum.value.decimal(20):>24}"
    if not alone:
        solution, full = timed(full_program, data, float(penalty))
        line += f" {full:>8.3f} {solution.value:>14.9g} {proof / full:>6.2f}"
    print(line)
    print(f"         {line_of(stages)}", flush=True)


def main(arguments: list[str]) -> None:
    alone = "--alone" in arguments
    sizes = [tuple(map(int, text.split(","))) for text in arguments if not text.startswith("--")] or SIZES
    small = random_data(*SMALL)
    rx.solve(small, penalty_of(small))
    if not alone:
        full_program(small, 1.0)
    print(
        f"{'n,d':>8} {'cells':>7} {'penalty':>9} {'columns s':>10} {'gap':>8} {'proof s':>8} {'status':>10} {'value':>24}"
        f" {'full s':>8} {'value':>14} {'ratio':>6}"
    )
    for size in sizes:
        show(size, alone=alone)


if __name__ == "__main__":
    main(sys.argv[1:])
