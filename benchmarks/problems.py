"""Time proved optima of problems with other losses and parts: ``python benchmarks/problems.py [n,d ...] [--full]``.

One line per loss and part: status, CPU seconds of ``rx.solve``, and their ratio to the squared loss with the same biases; with
``--full`` also the CPU seconds of the full convex program over all patterns in cvxpy and Clarabel, which proves nothing, and how
many times longer it takes. The penalty is a share of the greatest useful one.
"""

from __future__ import annotations

import argparse
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np

import reluexact as rx

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from measure import timed
from problem_judge import full_program_of

SIZES = ("20,4", "50,2")
LOSSES = ("squared", "absolute", "huber(1)", "quantile(1/4)", "epsilon_insensitive(1/2)", "hinge", "squared_hinge")
PARTS = ({}, {"hidden_bias": "penalised", "output_bias": "penalised"}, {"hidden_bias": "free", "output_bias": "free"})
SHARE = Fraction(1, 10)


def random_data(n: int, d: int, labels: bool) -> rx.Dataset:
    rng = np.random.default_rng(1000 * n + d)
    X = rng.integers(-9, 10, size=(n, d)).tolist()
    return rx.Dataset(X, rng.choice([-1, 1], size=n).tolist() if labels else rng.integers(-9, 10, size=n).tolist())


def penalty_of(data: rx.Dataset, loss: str) -> Fraction:
    """Return a share of the greatest useful penalty without biases, to three digits."""
    top = rx.max_penalty(rx.Problem(data, 1, loss))
    return Fraction(f"{float(SHARE * (top if isinstance(top, Fraction) else top.low)):.3g}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sizes", nargs="*", default=SIZES, metavar="n,d")
    parser.add_argument("--full", action="store_true", help="time the full program as well")
    options = parser.parse_args()
    print(
        f"{'n,d':>6} {'loss':>24} {'biases':>12} {'status':>9} {'penalty':>8} {'solve s':>8} {'ratio':>6} "
        f"{'full s':>8} {'times':>6}"
    )
    for size in options.sizes:
        n, d = map(int, size.split(","))
        for parts in PARTS:
            unit = 0.0
            for loss in LOSSES:
                data = random_data(n, d, labels="hinge" in loss)
                problem = rx.Problem(data, penalty_of(data, loss), loss, **parts)
                optimum, seconds = timed(rx.solve, problem)
                unit = seconds if loss == "squared" else unit
                line = f"{size:>6} {loss:>24} {parts.get('hidden_bias', 'none'):>12} {optimum.status.name:>9}"
                line += f" {float(problem.penalty):>8.3g} {seconds:>8.2f} {seconds / unit:>6.2f}"
                if options.full:
                    value, full = timed(full_program_of, problem)
                    room = 1e-5 * max(1.0, abs(value))
                    right = float(optimum.lower) - room <= value <= float(optimum.upper) + room
                    line += f" {full:>8.2f} {full / seconds:>6.1f}{'' if right else '  DIFFERS'}"
                print(line, flush=True)


if __name__ == "__main__":
    main()
