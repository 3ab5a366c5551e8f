"""Graphs of stationary points: python benchmarks/graph.py [SIZES...], sizes such as 5x2 (default: 3x2 4x2 5x2 4x3 6x2)

Seeded normal data (numpy's default_rng(0), four decimals), penalty 1/10. For each size: columns (sign, cell), nodes, edges
(pairs of nodes) and steps (with the column) of the complete graph, the seconds of the whole with proofs, the seconds of the
stand-alone checker on the certificate, and the direct way, solving all 2^columns programs in floats without a proof: its time
is that of 200 programs drawn at random (seeded), times 2^columns / 200, and, for at most 12 columns, measured in full. The
ratio is direct / graph.
"""

from __future__ import annotations

import json
import random
import sys
import time
from fractions import Fraction

import numpy as np

import reluexact as rx
from reluexact import checker
from reluexact.kinds.stationary_graph.certificate import to_document
from reluexact.model.program import make_program
from reluexact.propose.candidates import propose
from reluexact.propose.columns import Columns, Restricted, all_columns

PENALTY = Fraction(1, 10)
SAMPLE, MEASURED = 200, 12


def seeded(n: int, d: int) -> rx.Dataset:
    """Return normal data, rounded to four decimals."""
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((n, d)), rng.standard_normal(n)
    return rx.Dataset([[f"{entry:.4f}" for entry in row] for row in X], [f"{entry:.4f}" for entry in y])


def direct(every: Columns) -> tuple[float, str]:
    """Return the seconds of solving all programs in floats, and how they are known."""
    size = len(every)
    full = size <= MEASURED
    rng = random.Random(0)
    masks = range(1 << size) if full else [rng.getrandbits(size) for _ in range(SAMPLE)]
    started = time.perf_counter()
    for mask in masks:
        propose(every.program.data, PENALTY, pricing=Restricted(every, mask, around=False), start=every.chosen(mask))
    spent = time.perf_counter() - started
    return (spent, "measured") if full else (spent / SAMPLE * 2.0**size, "extrapolated")


def row(name: str) -> None:
    """Measure one size and print a line."""
    n, d = map(int, name.split("x"))
    data = seeded(n, d)
    started = time.perf_counter()
    graph = rx.stationary_graph(data, PENALTY)
    spent = time.perf_counter() - started
    text = json.dumps(to_document(graph))
    started = time.perf_counter()
    report = checker.check_document(text)
    checked = time.perf_counter() - started
    alone, how = direct(all_columns(make_program(data, PENALTY)))
    verdict = "verified" if report.verified else "REJECTED"
    complete = "complete" if graph.complete else f"INCOMPLETE: {graph.reason}"
    pairs = len({(edge.source, edge.target) for edge in graph.edges})
    print(
        f"{name:>5}  {len(graph.columns):>3} columns  {len(graph.nodes):>5} nodes  {pairs:>5} edges  {len(graph.edges):>5} steps "
        f"{spent:8.2f} s  {1000 * spent / len(graph.nodes):5.1f} ms a node  checker {checked:7.2f} s {verdict}  {complete}  "
        f"direct {alone:.3g} s {how}, ratio {alone / spent:.3g}",
        flush=True,
    )


if __name__ == "__main__":
    rx.stationary_graph(rx.Dataset([[1], [2]], [1, 2]), 1)  # loads the solvers
    for size in sys.argv[1:] or ("3x2", "4x2", "5x2", "4x3", "6x2"):
        row(size)
