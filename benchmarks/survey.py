"""Solve thousands of random small problems and judge every answer: python benchmarks/survey.py --kind symmetric --count 1000

Kinds (tests/support/survey_instances.py): mixed, small (made for exact ties), symmetric (data that a group of signed permutations
maps onto itself), years (a feature far from zero beside the bias). Instances follow from kind, ``--seed`` and number alone.
Every PROVED answer is checked by the stand-alone checker and judged by brute force in exact arithmetic (dual feasibility over all
cells, the list of neurons, both bounds). All UNDECIDED and one of every ``--compare-every`` instances are judged in floats, too:
by the full convex program in cvxpy, years of one feature by a program in well-conditioned coordinates.
Prints rates, times, all faults, and each UNDECIDED with its reason as a line of JSON; exit code 1 when an answer is wrong or
anything crashes. ``--first N --count 1`` repeats number N.
"""

from __future__ import annotations

import argparse
import json
import signal
import statistics
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from brute import DIGITS, Brute, faults
from steep import judged_value
from survey_instances import KINDS

from reluexact import checker
from reluexact.errors import LimitReached
from reluexact.kinds.max_penalty.find import max_penalty
from reluexact.kinds.optimum.certificate import to_document
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.numbers.real import Real

PATIENCE = 300  # seconds for one instance


@dataclass
class Result:
    """What became of one instance; ``trouble`` holds everything that must not happen."""

    number: int
    kind: str
    outcome: str = "CRASH"
    seconds: float = 0.0
    reason: str = ""
    text: dict[str, object] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)
    checked: int = 0
    compared: int = 0


@dataclass(frozen=True)
class Job:
    """One instance: which one, and whether it is compared with a float solver in any case."""

    kind: str
    seed: int
    entries: int
    number: int
    compared: bool


def run(job: Job) -> Result:
    result = Result(number=job.number, kind=job.kind)
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(PATIENCE)
    try:
        data, penalty, result.kind = KINDS[job.kind](job.seed, job.number, job.entries)
        X = [[str(entry) for entry in row] for row in data.X]
        result.text = {"X": X, "y": [str(value) for value in data.y], "penalty": str(penalty)}
        _judge(result, data, penalty, job)
    except Exception:
        result.trouble.append(traceback.format_exc())
    finally:
        signal.alarm(0)
    return result


def _too_long(*_: object) -> None:
    raise TimeoutError(f"more than {PATIENCE} s")


def _judge(result: Result, data: Dataset, penalty: Fraction, job: Job) -> None:
    brute = Brute(data.X, data.y)
    if job.compared and job.kind != "years":
        _judge_top(result, data, brute)
    start = time.process_time()
    optimum = solve(data, penalty, digits=DIGITS)
    result.seconds = time.process_time() - start
    result.outcome, result.reason = optimum.status.name, str(optimum.reason)
    result.text |= {"lower": float(optimum.lower), "upper": float(optimum.upper)}
    if result.outcome == "PROVED":
        result.trouble += faults(optimum, brute)
        if any(neuron.positive is None for neuron in optimum.neurons):
            result.kind += ", positive unknown"
    report = checker.check_document(json.dumps(to_document(optimum)))
    result.checked += 1
    if not report.verified:
        result.trouble.append(f"the checker: {report.path}: {report.reason}")
    if job.compared or result.outcome != "PROVED":
        _compare(result, optimum, brute, penalty)


def _compare(result: Result, optimum: Optimum, brute: Brute, penalty: Fraction) -> None:
    """Judge the bounds by a float solver; that of years knows two columns only."""
    steep = result.kind.startswith("years")
    if steep and optimum.data.d > 2:
        return
    value = judged_value(optimum.data, penalty) if steep else brute.full_program(penalty)
    result.compared += 1
    slack = 1e-5 * (1 + float(sum(t * t for t in optimum.data.y)))
    if not float(optimum.lower) - slack <= value <= float(optimum.upper) + slack:
        result.trouble.append(f"the float solver's value {value!r} is not in [{optimum.lower}, {optimum.upper}]")


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
    print(f"CPU seconds: median {statistics.median(seconds):.3f}, greatest {max(seconds):.2f}")
    for result in sorted(results, key=lambda one: -one.seconds)[:3]:
        print(f"  {result.seconds:.2f} s: number {result.number}")
    checked, compared = sum(one.checked for one in results), sum(one.compared for one in results)
    print(f"checker: {checked} certificates; float solver: {compared} values")
    reasons = Counter(result.reason for result in results if result.outcome == "UNDECIDED")
    for reason, count in reasons.most_common():
        print(f"UNDECIDED {count} times: {reason}")
    print(f"wrong or crashed: {sum(bool(one.trouble) for one in results)}")


def report(result: Result) -> None:
    about = {
        "kind": result.kind,
        "number": result.number,
        "seconds": round(result.seconds, 1),
        "reason": result.reason,
    } | result.text
    if result.outcome == "UNDECIDED":
        print(f"UNDECIDED {json.dumps(about)}", flush=True)
    if "greatest penalty unknown" in result.kind:
        print(f"GREATEST PENALTY {json.dumps(about)}", flush=True)
    for line in result.trouble:
        print(f"WRONG {json.dumps(about)}\n    {line}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kind", choices=list(KINDS), default="mixed")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--entries", type=int, default=9, help="greatest entry of the kind mixed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="number of the first instance")
    parser.add_argument("--compare-every", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def main() -> int:
    options = arguments()
    span = range(options.first, options.first + options.count)
    jobs = [Job(options.kind, options.seed, options.entries, number, number % options.compare_every == 0) for number in span]
    results = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for result in pool.map(run, jobs, chunksize=10 if options.count > 100 else 1):
            report(result)
            results.append(result)
            if len(results) % 250 == 0:
                print(f"... {len(results)}", flush=True)
    print(f"\nkind {options.kind}, seed {options.seed}")
    summary(results)
    return int(any(result.trouble for result in results))


if __name__ == "__main__":
    sys.exit(main())
