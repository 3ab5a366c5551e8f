"""The whole path against a grid of single solves in the same run: python benchmarks/path.py [file [share [points]]]

Prints the CPU seconds of the path, those of fresh solves on a grid of penalties (evenly on the logarithmic scale), at how many
points both agree, and how many events the grid does not show: those between two neighbours whose neurons do not differ, or with
another event beside them.
"""

from __future__ import annotations

import sys
import time
from fractions import Fraction
from math import exp, log
from pathlib import Path

import reluexact as rx

DATA = Path(__file__).parents[1] / "examples" / "data"


def seconds(work):
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


def main(file: str = str(DATA / "motorcycle.csv"), share: str = "1/50", points: str = "20") -> None:
    data, count = rx.Dataset.read(file, bias=True), int(points)
    path, whole = seconds(lambda: rx.solution_path(data, share=share))
    top = float(path.breakpoints[0].penalty)
    step = log(top / float(path.low)) / count
    grid = [Fraction(f"{top * exp(-(k + 0.5) * step):.6g}") for k in range(count)]
    solved, alone = seconds(lambda: [rx.solve(data, penalty) for penalty in grid])
    again, along = seconds(lambda: [path.at(penalty) for penalty in grid])
    seen = [{(neuron.sign, neuron.gate) for neuron in optimum.neurons} for optimum in solved]
    missed = 0
    for point in path.breakpoints[1:]:
        place = sum(penalty > point.penalty for penalty in grid)
        events = sum(grid[place] < other.penalty < grid[place - 1] for other in path.breakpoints) if 0 < place < count else 1
        missed += 0 < place < count and (seen[place] == seen[place - 1] or events > 1)
    print(f"{path}")
    print(f"path {whole:.1f} s: {whole * count / alone:.1f} single solves of {alone / count:.2f} s on a grid of {count}")
    print(
        f"at the points of the grid the path takes {along / count:.2f} s each; {sum(map(rx.Optimum.__eq__, solved, again))} agree"
    )
    print(f"{missed} of {len(path.breakpoints)} events cannot be told from the grid: hidden, or several between neighbours")


if __name__ == "__main__":
    main(*sys.argv[1:])
