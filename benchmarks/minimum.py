"""Fewest neurons with proof, against z3's exact optimiser and SCIP in floats: python benchmarks/minimum.py [seconds for z3]

Random rational systems, fixed seeds. Paired form: shares x_j in [0, upper_j] with sum x_j e_j = c, one variable for a pair of
candidates. General form: the same instances as {amounts >= 0, features amounts = fit}, columns mixed, nothing said of pairs.
"generic": the right-hand side is that of a random vertex. "planted": of a point with fewer shares strictly between their bounds.
SCIP proves nothing; its answer is called false when its network has no exact amounts, or is not the smallest. z3 gets the same
rational data, and its time is cut off; then the ratio is a lower bound. Its optimiser is no judge by itself: its plain solver
has to confirm each answer (a point that has it, and none that is better), or there is none.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import pyscipopt
from fewest_judges import z3_minimum, z3_program
from measure import timed

from reluexact.geometry.polytope import BoundedSystem
from reluexact.kinds.minimum_network.fewest.steps import make_steps
from reluexact.kinds.minimum_network.fewest.system import confirmed, fewest

SIZES = (
    (10, 3, None),
    (20, 3, None),
    (20, 3, 2),
    (20, 3, 1),
    (20, 6, None),
    (20, 6, 4),
    (30, 3, None),
    (30, 3, 2),
    (30, 4, None),
)
SINGLES = ((22, 4, None), (22, 8, None), (22, 8, 5), (40, 4, None), (40, 4, 2), (60, 4, None))
ACCURACY_RUNS = 20
SCIP_NODES = 2_000

Columns = list[list[Fraction]]
System = tuple[Columns, list[Fraction], list[Fraction | None]]


def combination(amounts: Sequence[Fraction], columns: Columns, rows: int) -> list[Fraction]:
    return [sum((a * column[i] for a, column in zip(amounts, columns, strict=True)), Fraction(0)) for i in range(rows)]


def paired(pairs: int, rows: int, planted: int | None, seed: int) -> System:
    """Return shares of pairs with three-digit rational data."""
    source = random.Random(f"paired {pairs} {rows} {planted} {seed}")
    columns = [[Fraction(source.randint(-999, 999), 100) for _ in range(rows)] for _ in range(pairs)]
    upper = [Fraction(source.randint(1, 999), 100) for _ in range(pairs)]
    between = set(source.sample(range(pairs), rows if planted is None else planted))
    x = [bound * (Fraction(source.randint(1, 9), 10) if j in between else source.randint(0, 1)) for j, bound in enumerate(upper)]
    return columns, combination(x, columns, rows), [*upper]


def general(system: System, seed: int) -> System:
    """Return the same polytope as amounts of 2 neurons per pair, features and candidates mixed."""
    columns, right, upper = system
    source = random.Random(f"general {seed}")
    size = len(columns) + len(right)
    base = [[Fraction(source.randint(-9, 9)) for _ in range(size)] for _ in range(size)]
    features, fit = [], [Fraction(0)] * size
    for j, (column, bound) in enumerate(zip(columns, upper, strict=True)):
        shift = combination(column, base[len(columns) :], size)
        features += [base[j], [a + b for a, b in zip(base[j], shift, strict=True)]]
        fit = [a + (bound or 0) * b for a, b in zip(fit, base[j], strict=True)]
    moved = combination(right, base[len(columns) :], size)
    source.shuffle(features)
    return features, [a + b for a, b in zip(fit, moved, strict=True)], [None] * len(features)


def single(count: int, rows: int, planted: int | None, seed: int) -> System:
    """Return candidates without any pair; the first equation bounds the amounts."""
    source = random.Random(f"single {count} {rows} {planted} {seed}")
    columns = [[Fraction(source.randint(-999, 999), 100) for _ in range(rows)] for _ in range(count)]
    for column in columns:
        column[0] = abs(column[0]) + 1
    used = set(source.sample(range(count), rows if planted is None else planted))
    x = [Fraction(source.randint(1, 99), 10) if j in used else Fraction(0) for j in range(count)]
    return columns, combination(x, columns, rows), [None] * count


def by_z3(system: System, seconds: float) -> int | None:
    """Return the answer of z3's optimiser, which counts only when its plain solver confirms it."""
    conditions, cost = z3_program(*system)
    return z3_minimum(conditions, cost, int(1000 * seconds))


def by_scip(system: System, *, factors: bool, nodes: int = SCIP_NODES) -> tuple[int | None, Any]:
    """Return SCIP's fewest neurons (None: not finished), its variables between the bounds and those at the upper one.

    factors: ``x <= M z`` in place of indicator constraints. nodes: at most, -1 for no limit.
    """
    columns, right, upper = system
    model = pyscipopt.Model()
    model.hideOutput()
    model.setParam("limits/totalnodes", nodes)
    most = [float(bound) if bound is not None else 1000.0 for bound in upper]
    x = [model.addVar(lb=0.0, ub=bound) for bound in most]
    on, below = [], []
    for value, bound, high in zip(x, upper, most, strict=True):
        on.append(model.addVar(vtype="B"))
        if factors:
            model.addCons(value <= high * on[-1])
        else:
            model.addConsIndicator(value <= 0.0, binvar=on[-1], activeone=False)
        if bound is None:
            below.append(None)
            continue
        below.append(model.addVar(vtype="B"))
        if factors:
            model.addCons(high - value <= high * below[-1])
        else:
            model.addConsIndicator(-value <= -high, binvar=below[-1], activeone=False)
    for i, total in enumerate(right):
        model.addCons(pyscipopt.quicksum(float(c[i]) * v for c, v in zip(columns, x, strict=True)) == float(total))
    model.setObjective(pyscipopt.quicksum([*on, *(z for z in below if z is not None)]))
    model.optimize()
    if model.getStatus() != "optimal":
        return None, None
    best = model.getBestSol()
    ones = tuple(j for j, z in enumerate(below) if z is not None and best[z] < 0.5)
    between = tuple(j for j, z in enumerate(on) if best[z] > 0.5 and j not in ones)
    return round(model.getObjVal()), (between, ones)


def compare(name: str, system: System, seconds: float) -> None:
    """Print one line."""
    found, ours = timed(fewest, BoundedSystem.of(*system))
    peer, slow = timed(by_z3, system, seconds)
    (guess, _), scip = timed(by_scip, system, factors=False)
    if peer is not None and found.lower == found.upper and peer != found.upper:
        raise SystemExit(f"{name}: proved {found.upper}, z3 says {peer}")
    answer = str(found.upper) if found.lower == found.upper else f"{found.lower}..{found.upper}"
    sign = " " if peer is not None else ">"
    print(
        f"{name:28} {len(system[0]):>4} {answer:>7} {found.how:>6} {ours:>8.3f} {peer!s:>5} {slow:>8.2f} {sign}"
        f"{slow / ours:>7.1f} {guess!s:>5} {scip:>7.2f}",
        flush=True,
    )


def accuracy() -> None:
    """Print how often SCIP's float answer is false."""
    for factors in (False, True):
        false = few = open_ones = 0
        for seed in range(ACCURACY_RUNS):
            system = paired(12, 3, None, seed)
            if seed % 2:
                system = general(system, seed)
            guess, proposal = by_scip(system, factors=factors)
            if guess is None:
                open_ones += 1
                continue
            steps = make_steps(BoundedSystem.of(*system))
            right = fewest(BoundedSystem.of(*system)).upper
            false += guess != right or steps is None or confirmed(steps, proposal) is None
            few += guess < right
        kind = "x <= M z" if factors else "indicators"
        done = ACCURACY_RUNS - open_ones
        print(f"SCIP with {kind}: {done} of {ACCURACY_RUNS} runs end, {false} answers false, {few} too small")


def main() -> None:
    """Print all tables."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    print(f"{'':28} {'vars':>4} {'fewest':>7} {'how':>6} {'s':>8} {'z3':>5} {'z3 s':>8} {'z3 / s':>8} {'SCIP':>5} {'SCIP s':>7}")
    for pairs, rows, planted in SIZES:
        system = paired(pairs, rows, planted, 0)
        kind = f"({pairs}, {rows}) " + ("generic" if planted is None else f"planted {planted}")
        compare(f"paired {kind}", system, seconds)
        compare(f"general {kind}", general(system, 0), seconds)
    for count, rows, planted in SINGLES:
        compare(f"no pairs ({count}, {rows}) planted {planted}", single(count, rows, planted, 0), seconds)
    accuracy()


if __name__ == "__main__":
    main()
