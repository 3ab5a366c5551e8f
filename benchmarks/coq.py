"""Seconds that Coq takes for the theorem of a bound certificate: python benchmarks/coq.py [n,d ...]

Random integer data as in benchmarks/cover.py, relative gap 1e-4. Prints the time of the stand-alone checker and, as ratios to it
in the same run, those of Coq with the standard library's integers and with the kernel's machine integers (``--fast``). The theory
is built before the clock starts.
"""

from __future__ import annotations

import json
import sys
import time
from fractions import Fraction

from cover import instance

from reluexact import checker
from reluexact.certificates.coq.kernel import build_theory, check_with_coq
from reluexact.kinds.bound.certificate import to_document
from reluexact.kinds.bound.find import prove_bound


def timed(work) -> float:
    start = time.perf_counter()
    if not work().verified:
        print("not verified")
        sys.exit(1)
    return time.perf_counter() - start


def main(sizes: list[str]) -> None:
    build_theory()
    print(f"{'n,d':>6} {'kB':>6} {'checker s':>10} {'Coq / checker':>14} {'fast / checker':>15} {'Coq s':>7} {'fast s':>7}")
    for size in sizes:
        data, penalty = instance(*(int(part) for part in size.split(",")))
        proof = prove_bound(data, penalty, gap=Fraction(1, 10**4))
        text = json.dumps(to_document(proof)).encode()
        plain = timed(lambda: checker.check_document(text))  # noqa: B023
        slow, fast = (timed(lambda: check_with_coq(text, fast=mode)) for mode in (False, True))  # noqa: B023
        ratios = f"{slow / plain:14.1f} {fast / plain:15.1f} {slow:7.1f} {fast:7.1f}"
        print(f"{size:>6} {len(text) / 1000:6.0f} {plain:10.2f} {ratios}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["40,4", "100,4"])
