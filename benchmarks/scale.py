"""Solve what is hard for the search of a structure: ``python benchmarks/scale.py [CASE ...] [--seeds N] [--time-limit S]``.

Prints a line per case: rows, features, penalty, CPU seconds, status, neurons, value. Cases: ``random`` (integers, 60 x 4, at a
tenth of the greatest penalty, N seeds), ``motorcycle`` (bias, 1/10 and 1/100), ``iris`` (3 and 4 features and a bias, at 1 and
1/10). All without names.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import reluexact as rx

DATA = Path(__file__).resolve().parents[1] / "examples" / "data"
ROWS, FEATURES = 60, 4
Case = tuple[str, rx.Dataset, Fraction]


def random_cases(seeds: int) -> Iterator[Case]:
    for seed in range(1, seeds + 1):
        draw = random.Random(f"scale/{ROWS}/{FEATURES}/{seed}")
        X = [[draw.randint(-9, 9) for _ in range(FEATURES)] for _ in range(ROWS)]
        data = rx.Dataset(X, [draw.randint(-9, 9) for _ in range(ROWS)])
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


def run(cases: Iterator[Case], seconds: float) -> list[float]:
    times = []
    for name, data, penalty in cases:
        start = time.process_time()
        optimum = rx.solve(data, penalty, time_limit=seconds)
        times.append(time.process_time() - start)
        value = optimum.value.decimal(20) if optimum.status is rx.Status.PROVED else str(optimum.reason)
        size = f"{data.n:>5} {data.d:>3} {penalty!s:>8}"
        print(f"{name:<18} {size} {times[-1]:>8.2f} {optimum.status.name:<10} {len(optimum.neurons):>4} {value}", flush=True)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("case", nargs="*", choices=["random", "motorcycle", "iris", []])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--time-limit", type=float, default=300)
    options = parser.parse_args()
    kinds = {"random": random_cases(options.seeds), "motorcycle": motorcycle_cases(), "iris": iris_cases()}
    print(f"{'case':<18} {'n':>5} {'d':>3} {'penalty':>8} {'CPU s':>8} {'status':<10} {'':>4} value")
    for kind in options.case or kinds:
        times = run(kinds[kind], options.time_limit)
        print(f"{kind}: median {statistics.median(times):.2f} s, most {max(times):.2f} s")


if __name__ == "__main__":
    main()
