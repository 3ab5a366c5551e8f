"""Solve what is hard to find or to prove: ``python benchmarks/scale.py [CASE ...] [--seeds N] [--time-limit S] [--stages]``.

Prints a line per case: rows, features, penalty, CPU seconds, status, neurons, value; with ``--stages`` a second one, where the
time goes. Cases: ``random`` (integers, 60 x 4, at a tenth of the greatest penalty, N seeds), other sizes of these, such as
``20,8`` ``60,5`` ``200,4`` ``5000,2``, ``motorcycle`` (bias, 1/10 and 1/100), ``iris`` (3 and 4 features and a bias, at 1 and
1/10). ``random``, ``motorcycle`` and ``iris`` without names.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import statistics
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from stages import line_of, stages_of

import reluexact as rx

DATA = Path(__file__).resolve().parents[1] / "examples" / "data"
HARD = (60, 4)
Case = tuple[str, rx.Dataset, Fraction]


def random_cases(seeds: int, rows: int, features: int) -> Iterator[Case]:
    for seed in range(1, seeds + 1):
        draw = random.Random(f"scale/{rows}/{features}/{seed}")
        X = [[draw.randint(-9, 9) for _ in range(features)] for _ in range(rows)]
        data = rx.Dataset(X, [draw.randint(-9, 9) for _ in range(rows)])
        yield f"random {seed}", data, Fraction(round(float(rx.max_penalty(data).decimal(12))), 10)


def motorcycle_cases() -> Iterator[Case]:
    data = rx.Dataset.read(DATA / "motorcycle.csv", bias=True)
    for share in (10, 100):
        yield "motorcycle", data, Fraction(1, share)


def iris_cases() -> Iterator[Case]:
    with (DATA / "iris.csv").open(encoding="utf-8") as file:
        lines = list(csv.reader(file))[1:]
    rows, kinds = [[Fraction(text) for text in line[:4]] for line in lines], sorted({line[4] for line in lines})
    three = rx.Dataset([[*row[:3], 1] for row in rows], [row[3] for row in rows])
    four = rx.Dataset([[*row, 1] for row in rows], [kinds.index(line[4]) for line in lines])
    for name, data in (("iris, 3 features", three), ("iris, 4 features", four)):
        for share in (1, 10):
            yield name, data, Fraction(1, share)


def cases_of(name: str, seeds: int) -> Iterator[Case]:
    if name in ("motorcycle", "iris"):
        return motorcycle_cases() if name == "motorcycle" else iris_cases()
    rows, features = HARD if name == "random" else map(int, name.split(","))
    return random_cases(seeds, rows, features)


def case_name(text: str) -> str:
    """Accept the name of a case or a size."""
    if text not in ("random", "motorcycle", "iris") and not re.fullmatch("[1-9][0-9]*,[1-9][0-9]*", text):
        raise argparse.ArgumentTypeError(f"{text}: neither random, motorcycle, iris nor a size such as 60,4")
    return text


def run(cases: Iterator[Case], seconds: float, *, stages: bool) -> list[float]:
    times = []
    for name, data, penalty in cases:
        optimum, spent = stages_of(rx.solve, data, penalty, time_limit=seconds)
        times.append(sum(spent.values()))
        value = optimum.value.decimal(20) if optimum.status is rx.Status.PROVED else str(optimum.reason)
        size = f"{data.n:>5} {data.d:>3} {penalty!s:>8}"
        print(f"{name:<18} {size} {times[-1]:>8.2f} {optimum.status.name:<10} {len(optimum.neurons):>4} {value}", flush=True)
        if stages:
            print(f"    {line_of(spent)}", flush=True)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case", nargs="*", type=case_name, default=["random", "motorcycle", "iris"])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--time-limit", type=float, default=300)
    parser.add_argument("--stages", action="store_true", help="CPU time of the stages of each case")
    options = parser.parse_args()
    print(f"{'case':<18} {'n':>5} {'d':>3} {'penalty':>8} {'CPU s':>8} {'status':<10} {'':>4} value")
    for name in options.case:
        times = run(cases_of(name, options.seeds), options.time_limit, stages=options.stages)
        print(f"{name}: median {statistics.median(times):.2f} s, most {max(times):.2f} s")


if __name__ == "__main__":
    main()
