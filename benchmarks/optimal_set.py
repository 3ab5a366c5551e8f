"""Vertices of the optimal sets of the golden instances: python benchmarks/optimal_set.py

For every instance: optimal neurons, dimension, vertices, the time of the whole set and of the walk over its reduced (paired)
form, and the walk's ratio to two peers in the same run: the same engine on the network form (one variable per neuron), and the
Parma Polyhedra Library on a rational copy of the network form, rounded to 80 bits (which proves nothing about the real numbers).
"""

from __future__ import annotations

import json
import sys
import time
from fractions import Fraction
from pathlib import Path

import ppl

import reluexact as rx
from reluexact.geometry import phase_one
from reluexact.geometry.polytope import BoundedSystem, independent_rows_only
from reluexact.geometry.tableau import engine
from reluexact.geometry.vertices import vertices
from reluexact.kinds.optimal_set.system import AmountSystem
from reluexact.numbers.scalar import Scalar

ROOT = Path(__file__).parents[1]
GRID = 2**80


def network_form(system: AmountSystem) -> BoundedSystem:
    """Give every share of a pair a second variable, the rest of the pair's total."""
    polytope = system.polytope
    bounded = [j for j, upper in enumerate(polytope.upper) if upper is not None]
    zero, one = Scalar.of(0), Scalar.of(1)
    height = len(polytope.right)
    columns = [list(column) + [one if j == k else zero for k in bounded] for j, column in enumerate(polytope.columns)]
    columns += [[zero] * height + [one if j == k else zero for k in bounded] for j in bounded]
    right = [*polytope.right, *(polytope.upper[j] for j in bounded)]
    form = BoundedSystem(columns=tuple(map(tuple, columns)), right=tuple(right), upper=(None,) * len(columns))
    return independent_rows_only(form)


def rational_copy(system: BoundedSystem) -> ppl.C_Polyhedron:
    """Round the columns, and the mean of some vertices, which gives right-hand sides that keep the polytope non-empty."""
    points = vertices(system, limit=10**6).points[:50]
    count = len(system.columns)
    means = [sum((point.point[j].middle for point in points), Fraction(0)) / len(points) for j in range(count)]
    seed = [Fraction(round(mean * GRID), GRID) for mean in means]
    constraints = ppl.Constraint_System()
    variables = [ppl.Variable(j) for j in range(count)]
    for i in range(len(system.right)):
        entries = [round(column[i].middle * GRID) for column in system.columns]
        right = sum(entry * value for entry, value in zip(entries, seed, strict=True))
        terms = [right.denominator * entry * variable for entry, variable in zip(entries, variables, strict=True)]
        constraints.insert(sum(terms, ppl.Linear_Expression(0)) == right.numerator)
    for variable in variables:
        constraints.insert(variable >= 0)
    return ppl.C_Polyhedron(constraints)


def points_of(polyhedron: ppl.C_Polyhedron) -> int:
    return sum(1 for generator in polyhedron.minimized_generators() if generator.is_point())


def timed(work, argument):
    """Return the answer and the seconds, with nothing remembered from before."""
    engine.cache_clear()
    phase_one._start.cache_clear()
    start = time.perf_counter()
    answer = work(argument)
    return answer, time.perf_counter() - start


def main() -> None:
    records = json.loads((ROOT / "tests" / "golden" / "optima.json").read_text(encoding="utf-8"))
    print("  n d  neurons  dimension  vertices   set [s]  walk [s]  network form / walk  PPL / walk")
    for record in records:
        optimum = rx.solve(rx.Dataset(record["Z"], record["y"]), record["penalty"])
        best, seconds = timed(rx.optimal_set, optimum)
        if best.dimension == 0:
            continue
        found, walk = timed(vertices, best.system.polytope)
        plain = network_form(best.system)
        other, slower = timed(vertices, plain)
        peer, peer_seconds = timed(points_of, rational_copy(plain))
        if not len(found.points) == len(other.points) == peer:
            print(f"different counts: {len(found.points)}, {len(other.points)}, PPL {peer}")
            sys.exit(1)
        size = f"{len(record['Z']):3d} {len(record['Z'][0])} {len(best.neurons):8d} {best.dimension:10d} {len(found.points):9d}"
        print(f"{size} {seconds:9.2f} {walk:9.2f} {slower / walk:20.1f} {peer_seconds / walk:11.2f}", flush=True)


if __name__ == "__main__":
    main()
