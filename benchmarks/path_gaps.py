"""Gaps of paths on small integer data: python benchmarks/path_gaps.py [--seeds 0 100] [--share 1/20] [--verify]

For each seed X and y are drawn from -3..3, with 2 to 8 rows and 1 to 3 columns, and the path is followed down to ``--share`` of
the greatest penalty. A line for each path that is not proved: seed, seconds, where it has gaps or ends, the cause in one word,
and what the search says last. Then the counts. ``--verify``: the stand-alone checker reads every certificate.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter

import reluexact as rx
from reluexact import checker
from reluexact.errors import ReluExactError
from reluexact.kinds.solution_path.certificate import to_document

CAUSES = {
    "walls depend on one another|no event can be located": "walls",
    "several events|several quantities|several ways|nothing shows": "coincidence",
    "two of the known maximisers|no event of one kind|below the penalty|comes too near": "tie",
    "span of the pairs|divided|hang on": "pairs",
    "kink|multiplier": "multiplier",
    "no tube|not proved positive|not proved to pass": "curve",
    "seconds": "time",
}
"""Words for what the search says last."""


def drawn(seed: int) -> rx.Dataset:
    """Return the data of a seed."""
    source = random.Random(seed)
    n, d = source.randint(2, 8), source.randint(1, 3)
    X = [[source.randint(-3, 3) for _ in range(d)] for _ in range(n)]
    return rx.Dataset(X, [source.randint(-3, 3) for _ in range(n)])


def cause(reason: str) -> str:
    """Return the cause of a gap in one word."""
    return next((word for pattern, word in CAUSES.items() if re.search(pattern, reason)), "other")


def ends(path: rx.SolutionPath) -> str:
    """Say where a path has gaps, or ends."""
    gaps = [f"{float(low):.6g}..{float(high):.6g}" for low, high in path.gaps]
    return ", ".join(gaps) or f"below {float(path.low):.6g}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seeds", nargs=2, type=int, default=(0, 100), metavar=("FROM", "TO"))
    options.add_argument("--share", default="1/20", help="the lowest penalty as a share of the greatest")
    options.add_argument("--time-limit", type=float, default=60, help="seconds of one path")
    options.add_argument("--verify", action="store_true", help="check every certificate")
    choice = options.parse_args()
    counts: Counter[str] = Counter()
    start = time.process_time()
    for seed in range(*choice.seeds):
        began = time.process_time()
        try:
            path = rx.solution_path(drawn(seed), share=choice.share, time_limit=choice.time_limit)
        except ReluExactError as problem:  # the zero network is optimal at every penalty
            counts["no path"] += 1
            print(f"{seed}: {problem}", flush=True)
            continue
        counts["paths"] += 1
        if choice.verify and not checker.check_document(json.dumps(to_document(path))).verified:
            counts["refused"] += 1
            print(f"{seed}: the checker refuses the certificate", flush=True)
        if path.status is not rx.Status.PROVED:
            word = cause(str(path.reason))
            counts[f"gaps: {word}"] += 1
            print(f"{seed}: {time.process_time() - began:.1f} s, {ends(path)}, {word}: {path.reason}", flush=True)
    print(", ".join(f"{name} {count}" for name, count in counts.items()), f"({time.process_time() - start:.0f} s)")


if __name__ == "__main__":
    main()
