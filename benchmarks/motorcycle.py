"""Prove optima of the motorcycle data (133 points, bias): python benchmarks/motorcycle.py [PENALTY ...] [--digits 30]

Prints a line per penalty: status, value, optimal neurons, how many of them are paired, bytes of the certificate, and the seconds
of solve and check; ``--engine scip`` lets SCIP propose.
"""

from __future__ import annotations

import argparse
import json
import time
from fractions import Fraction
from pathlib import Path

from reluexact import checker
from reluexact.kinds.optimum.certificate import to_document
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset

DATA = Path(__file__).parents[1] / "examples" / "data" / "motorcycle.csv"
PENALTIES = ("20000", "2000", "200", "100", "50", "20", "10", "5", "2", "1")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("penalties", nargs="*", default=PENALTIES, metavar="PENALTY")
    parser.add_argument("--digits", type=int, default=30)
    parser.add_argument("--engine", default="clarabel")
    options = parser.parse_args()
    data = Dataset.read(DATA, target="accel", features=["times"], bias=True)
    print(
        f"{'penalty':>8} {'status':>9} {'value':>24} {'neurons':>7} {'paired':>6} {'bytes':>8} {'solve':>8} {'check':>8} verdict"
    )
    for penalty in options.penalties:
        start = time.perf_counter()
        optimum = solve(data, Fraction(penalty), digits=options.digits, engine=options.engine)
        solved = time.perf_counter()
        text = json.dumps(to_document(optimum), separators=(",", ":"))
        report = checker.check_document(text)
        checked = time.perf_counter()
        paired = sum(neuron.paired for neuron in optimum.neurons)
        verdict = "VERIFIED" if report.verified else f"REJECTED {report.path}: {report.reason}"
        print(
            f"{penalty:>8} {optimum.status.name:>9} {optimum.value!r:>24} {len(optimum.neurons):>7} {paired:>6} {len(text):>8}"
            f" {solved - start:>8.2f} {checked - solved:>8.2f} {verdict}",
            flush=True,
        )
        if optimum.reason:
            print(f"         {optimum.reason}")


if __name__ == "__main__":
    main()
