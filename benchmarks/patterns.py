"""Counts, times and memory of the exact enumeration of activation patterns: python benchmarks/patterns.py

Random integer data, fixed seeds. The peer inserts the rows one by one and asks, for every cell and both signs, a float linear
program (scipy's HiGHS, whose time is mostly overhead per call) for a point of the part. It is run where it needs seconds, not
hours, and follows only one cell of each antipodal pair, as the enumeration does. Memory is the growth of the process's peak.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable

import numpy as np
from measure import peak_memory, timed
from numpy.typing import NDArray
from peers.enumeration import by_linear_programs

from reluexact.geometry.arrangement import activation_patterns, pattern_count

Table = NDArray[np.int64]

ALONE = ((9, 3, 9), (50, 3, 9), (50, 4, 9), (50, 4, 10**6), (60, 4, 1), (100, 2, 9), (100, 4, 9), (30, 6, 9), (12, 12, 9))
AGAINST_PEER = ((9, 3, 9), (20, 3, 9), (16, 4, 9), (12, 5, 9), (20, 3, 1))


def instance(n: int, d: int, most: int) -> Table:
    """Return integer data."""
    return np.random.default_rng(0).integers(-most, most + 1, size=(n, d))


def exact(X: Table) -> int:
    """Return the number of patterns by the enumeration."""
    return activation_patterns(X).count


def best_time(work: Callable[[Table], int], X: Table) -> tuple[int, float]:
    """Return the result and the best time of up to 5 runs within about 2 seconds."""
    runs: list[tuple[int, float]] = []
    while not runs or (len(runs) < 5 and sum(seconds for _, seconds in runs) < 2):
        runs.append(timed(work, X))
    return runs[0][0], min(seconds for _, seconds in runs)


def measure(work: Callable[[Table], int], size: tuple[int, int, int]) -> tuple[int, float, float]:
    """Return count, seconds and peak MB above the start, in this process."""
    X = instance(*size)
    before = peak_memory()
    count, seconds = best_time(work, X)
    return count, seconds, peak_memory() - before


def main() -> None:
    """Print both tables; every measurement has a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        print(f"{'n':>4} {'d':>3} {'entries':>8} {'patterns':>9} {'list s':>9} {'count s':>9} {'peak MB':>8}")
        for size in ALONE:
            count, seconds, memory = pool.apply(measure, (exact, size))
            counted, counting, _ = pool.apply(measure, (pattern_count, size))
            if counted != count:
                raise SystemExit(f"{size}: listed {count}, counted {counted}")
            print(
                f"{size[0]:>4} {size[1]:>3} {size[2]:>8} {count:>9} {seconds:>9.4f} {counting:>9.4f} {memory:>8.0f}", flush=True
            )
        print(f"\n{'n':>4} {'d':>3} {'entries':>8} {'patterns':>9} {'list s':>9} {'peer':>9} {'peer s':>9} {'peer / list':>11}")
        for size in AGAINST_PEER:
            count, seconds, _ = pool.apply(measure, (exact, size))
            other, slow, _ = pool.apply(measure, (by_linear_programs, size))
            figures = f"{count:>9} {seconds:>9.4f} {other:>9} {slow:>9.3f} {slow / seconds:>11.0f}"
            print(f"{size[0]:>4} {size[1]:>3} {size[2]:>8} {figures}", flush=True)


if __name__ == "__main__":
    main()
