"""Solve thousands of random small integer problems and judge every answer: python benchmarks/survey.py --count 2500 --entries 9

n <= 9 rows, d <= 3 columns; a third of the data has zero, repeated, parallel and summed rows. Penalties are short fractions of
the greatest useful one, integers, penalties at which a neuron may be about to die, and tiny ones. Every PROVED answer is judged
by brute force in exact arithmetic (dual feasibility over all cells, the list of neurons, both bounds). All UNDECIDED and one
of every ``--brute-every`` instances are judged by the full convex program in cvxpy and by the stand-alone checker, too.
Prints rates, times, all UNDECIDED and all faults; exit code 1 when an answer is wrong or anything crashes.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import statistics
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from brute import DIGITS, Brute, faults

from reluexact import checker
from reluexact.errors import LimitReached
from reluexact.kinds.max_penalty.find import max_penalty
from reluexact.kinds.optimum.certificate import to_document
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.numbers.real import Real

PATIENCE = 300  # seconds for one instance
SHARES = tuple(Fraction(k, 40) for k in range(1, 40))


@dataclass
class Result:
    """What became of one instance; ``trouble`` holds everything that must not happen."""

    name: str
    kind: str
    outcome: str = "CRASH"
    seconds: float = 0.0
    reason: str = ""
    text: str = ""
    trouble: list[str] = field(default_factory=list)
    checked: int = 0
    compared: int = 0


def random_rows(rng: random.Random, n: int, d: int, entries: int, ties: bool) -> list[list[int]]:
    rows: list[list[int]] = []
    for _ in range(n):
        fresh = [rng.randint(-entries, entries) for _ in range(d)]
        kind = rng.choice(("fresh", "fresh", "zero", "same", "parallel", "opposite", "sum")) if ties and rows else "fresh"
        old = rng.choice(rows) if rows else fresh
        factor = {"same": 1, "parallel": rng.choice((2, 3)), "opposite": rng.choice((-1, -1, -2)), "zero": 0}.get(kind)
        if kind == "sum":
            fresh = [a + b for a, b in zip(old, rng.choice(rows), strict=True)]
        rows.append(fresh if factor is None else [factor * entry for entry in old])
    rng.shuffle(rows)
    return rows


def instance(seed: int, entries: int, index: int) -> tuple[Dataset, random.Random, str]:
    rng = random.Random(f"{seed} {entries} {index}")
    ties = rng.random() < 1 / 3
    n, d = rng.randint(1, 9), rng.randint(1, 3)
    rows = random_rows(rng, n, d, entries, ties)
    targets = [rng.randint(-entries, entries) for _ in range(n)]
    return Dataset(rows, targets), rng, "ties" if ties else "plain"


def root_below(square: Fraction) -> Fraction:
    """Return a rational at most 1/1000 below the square root (itself when that is rational)."""
    n, d = square.numerator, square.denominator
    if isqrt(n) ** 2 == n and isqrt(d) ** 2 == d:
        return Fraction(isqrt(n), isqrt(d))
    return Fraction(isqrt(10**6 * n // d), 1000)


def choose_penalty(rng: random.Random, brute: Brute) -> Fraction:
    top = root_below(brute.greatest(brute.y))
    kind = rng.choices(("share", "integer", "breakpoint", "tiny"), (14, 3, 2, 1))[0]
    if top < Fraction(1, 10) or kind == "tiny":
        return rng.choice((Fraction(1), Fraction(1, 10), Fraction(1, 1000)))
    if kind == "integer" and top >= 1:
        return Fraction(rng.randint(1, int(top)))
    if kind == "breakpoint":
        # the greatest one itself, and where a row's own pull ends
        norms = [abs(t) * max(map(abs, row)) for row, t in zip(brute.X, brute.y, strict=True) if t and any(row)]
        return rng.choice([top, 2 * top, top / 2, *norms])
    return (rng.choice(SHARES) * top).limit_denominator(60) or Fraction(1, 60)


def run(job: tuple[int, int, int, int]) -> Result:
    seed, entries, index, every = job
    data, rng, kind = instance(seed, entries, index)
    result = Result(name=f"seed {seed} entries {entries} index {index}", kind=kind)
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(PATIENCE)
    try:
        _judge(result, data, rng, index % every == 0)
    except Exception:
        result.trouble.append(traceback.format_exc())
    finally:
        signal.alarm(0)
    return result


def _too_long(*_: object) -> None:
    raise TimeoutError(f"more than {PATIENCE} s")


def _judge(result: Result, data: Dataset, rng: random.Random, thorough: bool) -> None:
    brute = Brute(data.X, data.y)
    penalty = choose_penalty(rng, brute)
    rows = json.dumps([list(map(str, row)) for row in data.X]).replace('"', "")
    result.text = f"X = {rows}, y = [{', '.join(map(str, data.y))}], penalty = {penalty}"
    if thorough:
        _judge_top(result, data, brute)
    start = time.perf_counter()
    optimum = solve(data, penalty, digits=DIGITS)
    result.seconds = time.perf_counter() - start
    result.outcome, result.reason = optimum.status.name, optimum.reason
    proved = result.outcome == "PROVED"
    if proved:
        result.trouble += faults(optimum, brute)
        if any(neuron.positive is None for neuron in optimum.neurons):
            result.kind += ", positive unknown"
    if thorough or not proved:
        document = json.dumps(to_document(optimum))
        report = checker.check_document(document)
        result.checked += 1
        if not report.verified:
            result.trouble.append(f"the checker: {report.path}: {report.reason}")
        value = brute.full_program(penalty)
        result.compared += 1
        slack = 1e-5 * (1 + float(sum(t * t for t in data.y)))
        if not float(optimum.lower) - slack <= value <= float(optimum.upper) + slack:
            result.trouble.append(f"the full program's value {value!r} is not in [{optimum.lower}, {optimum.upper}]")


def _judge_top(result: Result, data: Dataset, brute: Brute) -> None:
    square = brute.greatest(brute.y)
    try:
        top = max_penalty(data)
    except LimitReached as problem:
        result.kind += ", greatest penalty unknown"
        result.reason = str(problem)
        return
    if top.radical is None or _square(top) != square:
        result.trouble.append(f"the greatest penalty is sqrt({square}), not {top!r}")


def _square(number: Real) -> Fraction | None:
    if number.radical is None:
        return None
    return Fraction(0) if not number.radical.terms else (number.radical * number.radical).as_fraction()


def summary(results: list[Result]) -> None:
    counts = Counter(result.outcome for result in results)
    seconds = [result.seconds for result in results]
    print(f"{len(results)} instances: " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    print(f"PROVED {100 * counts['PROVED'] / len(results):.2f} %")
    for kind in sorted({result.kind for result in results}):
        chosen = [result for result in results if result.kind == kind]
        proved = sum(result.outcome == "PROVED" for result in chosen)
        print(f"  {kind}: {len(chosen)} instances, PROVED {100 * proved / len(chosen):.2f} %")
    print(f"seconds: median {statistics.median(seconds):.3f}, greatest {max(seconds):.2f}")
    for result in sorted(results, key=lambda one: -one.seconds)[:3]:
        print(f"  {result.seconds:.2f} s: {result.text}")
    checked, compared = sum(one.checked for one in results), sum(one.compared for one in results)
    print(f"checker: {checked} certificates; full program: {compared} values")
    reasons = Counter(result.reason for result in results if result.outcome == "UNDECIDED")
    for reason, count in reasons.most_common():
        print(f"UNDECIDED {count} times: {reason}")
    print(f"wrong or crashed: {sum(bool(one.trouble) for one in results)}")


def report(result: Result) -> None:
    if result.outcome == "UNDECIDED":
        print(f"UNDECIDED {result.name} ({result.kind}): {result.text}\n    {result.reason}", flush=True)
    if "greatest penalty unknown" in result.kind:
        print(f"GREATEST PENALTY {result.name}: {result.text}\n    {result.reason}", flush=True)
    for line in result.trouble:
        print(f"WRONG {result.name}: {result.text}\n    {line}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--entries", type=int, default=9)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="index of the first instance")
    parser.add_argument("--brute-every", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    span = range(options.first, options.first + options.count)
    jobs = [(options.seed, options.entries, index, options.brute_every) for index in span]
    results = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for result in pool.map(run, jobs, chunksize=10):
            report(result)
            results.append(result)
            if len(results) % 250 == 0:
                print(f"... {len(results)}", flush=True)
    print(f"\nentries up to {options.entries}, seed {options.seed}")
    summary(results)
    return int(any(result.trouble for result in results))


if __name__ == "__main__":
    sys.exit(main())
