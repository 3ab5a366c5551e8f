"""Survey sets with years beside the bias: how many are PROVED, and the CPU time of each.

Usage: PYTHONPATH=tests python benchmarks/steep.py [first seed] [last seed]
"""

from __future__ import annotations

import sys
from collections import Counter
from time import process_time

from support.steep import survey

from reluexact import solve


def main() -> None:
    """Solve the sets and print a line for each, then the counts."""
    first, last = (int(text) for text in (*sys.argv[1:3], *("0", "60")[len(sys.argv) - 1 :]))
    counts: Counter[str] = Counter()
    for seed in range(first, last):
        data, penalty = survey(seed)
        start = process_time()
        best = solve(data, penalty)
        counts[best.status.name] += 1
        took = f"{process_time() - start:6.2f} s"
        print(f"{seed:4d}  n={data.n:2d} d={data.d}  {penalty!s:>7}  {best.status.name}  {took}  {best.reason}", flush=True)
    print(dict(counts))


if __name__ == "__main__":
    main()
