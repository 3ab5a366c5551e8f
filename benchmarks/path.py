"""The whole path against single solves: python benchmarks/path.py [--share 1/100] [--limit 45] [file or folder ...]

The last column of a file is the target, a bias is added. A line for each file, those with few entries first: rows x columns with
the bias, status, events below the greatest penalty, gaps, CPU seconds of the path, how many fresh solves that makes (mean of
``--points`` solves at penalties even on the logarithmic scale, as many as fit into a third of ``--limit``), at how many of these
the path says the same, how many events a grid of ``--grid`` penalties cannot tell apart (another breakpoint lies between the same
two neighbours), what the stand-alone checker says, and why a path ends early. ``--limit``: CPU seconds for the path of one set.
"""

from __future__ import annotations

import argparse
import itertools
import json
import traceback
from bisect import bisect
from collections import Counter
from contextlib import AbstractContextManager
from fractions import Fraction
from math import exp, log
from pathlib import Path

from measure import cpu_limit, cpu_seconds

import reluexact as rx
from reluexact import checker
from reluexact.budget import OutOfTime
from reluexact.errors import ReluExactError
from reluexact.kinds.solution_path.certificate import to_document

MOTORCYCLE = Path(__file__).parents[1] / "examples" / "data" / "motorcycle.csv"
LINE = "{:14} {:>8} {:10} {:>6} {:>4} {:>7} {:>6} {:>5} {:>6}  {}"


def deadline(seconds: float) -> AbstractContextManager[None]:
    """End work like a deadline would, but counted in CPU seconds, so that a busy machine changes nothing."""

    def stop(*_: object) -> None:
        raise OutOfTime(seconds)

    return cpu_limit(seconds, stop)


def top_of(path: rx.SolutionPath) -> float:
    """Return the greatest penalty, which may lie in a gap."""
    return float(rx.max_penalty(path.data))


def spread(path: rx.SolutionPath, count: int) -> list[Fraction]:
    """Return penalties from the greatest to the lowest, even on the logarithmic scale."""
    top = top_of(path)
    step = log(top / float(path.low)) / count
    return [Fraction(f"{top * exp(-(k + 0.5) * step):.6g}") for k in range(count)]


def missed(path: rx.SolutionPath, count: int) -> int:
    """Return how many breakpoints share the interval between two neighbours of the grid with another."""
    places, top = [-penalty for penalty in spread(path, count)], top_of(path) * (1 - 1e-9)
    inside = Counter(bisect(places, -point.penalty.middle) for point in path.breakpoints if point.penalty.middle < top)
    return sum(number for number in inside.values() if number > 1)


def solves(data: rx.Dataset, path: rx.SolutionPath, points: int, limit: float) -> tuple[list[float], int]:
    """Return the seconds of fresh solves inside the path, and at how many of them the path says the same."""
    times: list[float] = []
    same = 0
    try:
        with deadline(limit):
            for penalty in spread(path, points):
                start = cpu_seconds()
                optimum = rx.solve(data, penalty)
                times.append(cpu_seconds() - start)
                again = path.at(penalty)
                same += again == optimum and again.value.decimal(25) == optimum.value.decimal(25)
    except OutOfTime:
        pass
    return times, same


def checked(path: rx.SolutionPath, limit: float) -> str:
    """Return what the stand-alone checker says."""
    start = cpu_seconds()
    try:
        with deadline(limit):
            report = checker.check_document(json.dumps(to_document(path)))
    except OutOfTime:
        return f"not checked in {limit:g} s"
    took = cpu_seconds() - start
    return f"checked in {took:.1f} s" if report.verified else f"REFUSED {report.path}: {report.reason}"


def line(file: Path, choice: argparse.Namespace) -> str:
    """Return the line of one set."""
    data = rx.Dataset.read(file, bias=True)
    size = f"{data.n} x {data.d}"
    start = cpu_seconds()
    try:
        with deadline(choice.limit):
            path = rx.solution_path(data, share=choice.share)
    except (OutOfTime, ReluExactError) as stop:
        return LINE.format(file.stem, size, "-", *[""] * 6, f"no path: {type(stop).__name__}: {stop}")
    whole = cpu_seconds() - start
    times, same = solves(data, path, choice.points, choice.limit / 3)
    mean = sum(times) / len(times) if times else float("nan")
    said = checked(path, choice.limit)
    if path.reason:
        down = top_of(path) / float(path.low)
        said += f"; down to 1/{down:.4g}: {path.reason}"
    number = sum(point.penalty.middle < top_of(path) * (1 - 1e-9) for point in path.breakpoints)
    unseen = missed(path, choice.grid)
    agree = f"{same}/{len(times)}"
    ratio = f"{whole / mean:.1f}"
    return LINE.format(file.stem, size, path.status.name, number, len(path.gaps), f"{whole:.1f}", ratio, agree, unseen, said)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="*", type=Path, default=[MOTORCYCLE])
    options.add_argument("--share", default="1/50", help="the lowest penalty as a share of the greatest")
    options.add_argument("--points", type=int, default=20, help="fresh solves")
    options.add_argument("--grid", type=int, default=100, help="penalties of the grid whose missed events are counted")
    options.add_argument("--limit", type=float, default=3600, help="CPU seconds of a path")
    choice = options.parse_args()
    files = itertools.chain.from_iterable(sorted(one.glob("*.csv")) if one.is_dir() else [one] for one in choice.files)
    print(LINE.format("set", "size", "status", "events", "gaps", "seconds", "solves", "agree", "missed", "notes"))
    for file in sorted(files, key=lambda one: one.read_text().count(",")):
        try:
            print(line(file, choice), flush=True)
        except Exception:
            print(f"{file.stem}: CRASH\n{traceback.format_exc()}", flush=True)


if __name__ == "__main__":
    main()
