"""Best networks of a width, proved, against all sets of columns and SCIP, both in floats: python benchmarks/width.py [seconds]

Random normal data rounded to two decimals, fixed seeds, and the motorcycle data (bias, penalty 50). Columns are pairs of a sign
and a cell. "sets": the time to solve the restricted program for every set of k columns with the same float solver, without
any proof; estimated from 200 random sets when there are more than 2,000. "SCIP": the mixed-integer second-order cone program
with one binary per column, in floats, cut off after the seconds given (60 if left out), its gap then in brackets; "agrees": its
upper bound is the proved value up to 1e-5 of it. The time of this program includes the global optimum, which it proves first,
and a check of all evidence in rational numbers. Ratios are against the time of this program, in the same run.
"""

from __future__ import annotations

import random
import sys
import time
from fractions import Fraction
from itertools import combinations
from math import comb
from pathlib import Path

import reluexact as rx
from reluexact.kinds.width_optimum.field import Field
from reluexact.kinds.width_optimum.misocp import solve_mixed_integer
from reluexact.model.program import make_program
from reluexact.propose.columns import all_columns

MOTORCYCLE = Path(__file__).parents[1] / "examples" / "data" / "motorcycle.csv"
CASES = (
    ("n=8 d=2", 8, 2, "1/2", (1, 2, 3)),
    ("n=10 d=2", 10, 2, "1/2", (1, 2, 3)),
    ("n=20 d=2", 20, 2, "1/2", (1, 2, 3)),
    ("n=8 d=3", 8, 3, "1/2", (1, 2, 3)),
    ("n=12 d=3", 12, 3, "1/2", (1, 2)),
    ("n=10 d=2 s", 10, 2, "1/50", (1, 2, 3, 4)),
    ("n=10 d=3 s", 10, 3, "1/50", (1, 2, 3)),
    ("motorcycle", 0, 0, "50", (1, 2, 3)),
)
LISTED, SAMPLE = 2_000, 200


def problem(n: int, d: int) -> rx.Dataset:
    """Return data with two decimals."""
    if not n:
        return rx.Dataset.read(MOTORCYCLE, bias=True)
    source = random.Random(f"width {n} {d}")
    entries = [[Fraction(round(100 * source.gauss(0, 1)), 100) for _ in range(d + 1)] for _ in range(n)]
    return rx.Dataset([row[:-1] for row in entries], [row[-1] for row in entries])


def all_sets(field: Field, width: int) -> tuple[float, str]:
    """Return the seconds for all sets of columns, and a mark when they are estimated."""
    size, count = len(field.every), comb(len(field.every), width)
    if count <= LISTED:
        chosen = list(combinations(range(size), width))
    else:
        source = random.Random(width)
        chosen = [tuple(source.sample(range(size), width)) for _ in range(SAMPLE)]
    start = time.perf_counter()
    for columns in chosen:
        mask = sum(1 << k for k in columns)
        field.relax(mask, field.every.chosen(mask))
    seconds = time.perf_counter() - start
    return seconds * count / len(chosen), "" if count <= LISTED else "~"


def main() -> None:
    cut = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    print(f"{'problem':<11}{'cols':>5}{'k':>3}{'value':>14}{'status':>11}{'nodes':>7}{'points':>7}{'s':>8}", end="")
    print(f"{'sets s':>13}{'ratio':>10}{'SCIP s':>8}{'ratio':>8}  SCIP", flush=True)
    for name, n, d, penalty, widths in CASES:
        data = problem(n, d)
        for width in widths:
            start = time.perf_counter()
            found = rx.solve_width(data, penalty, width)
            own = time.perf_counter() - start
            field = Field(all_columns(make_program(data, Fraction(penalty))))
            sets, mark = all_sets(field, width)
            start = time.perf_counter()
            other = solve_mixed_integer(field, width, cut)
            scip = time.perf_counter() - start
            upper = float(found.upper)
            agrees = "agrees" if abs(other.upper - upper) <= 1e-5 * upper else f"gives {other.upper:.8g}"
            agrees = agrees if other.mask else "finds no network"
            gap = "" if other.status == "optimal" else f" [{other.status}, gap {(other.upper - other.lower) / upper:.1e}]"
            reach = "*" if found.is_global else " "
            print(
                f"{name:<11}{len(field.every):>5}{width:>3}{upper:>13.8g}{reach}{found.status.name:>11}{found.nodes:>7}", end=""
            )
            print(f"{len(found.evidence.points):>7}{own:>8.2f}{mark + format(sets, '.3g'):>13}{sets / own:>10.3g}", end="")
            print(f"{scip:>8.1f}{scip / own:>8.3g}  {agrees}{gap}", flush=True)
    print("* the global optimum; s: a small penalty, 1/50 instead of 1/2")


if __name__ == "__main__":
    main()
