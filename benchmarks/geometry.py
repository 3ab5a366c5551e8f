"""Do the answers about one data set ever contradict each other? python benchmarks/geometry.py [--count N] [--seed S]

Random small data: plain, of rank one, orthogonal, and spike-free rows, half-integral targets, a penalty of any size. Of each, all
that convex geometry says is compared: theorem and solve; the all-ones pattern and solve, as spike-free data ask; cutting planes,
interpolate and gauge; the greatest penalty and the support function; membership in the hull and the gauge; the optimum and the
price of interpolation. Every comparison is one of proved enclosures, in rational numbers: two that do not meet are a
contradiction. Prints how often each was made, left open (a part was UNDECIDED), and contradicted; the exit code is 1 if any was.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction

import reluexact as rx
from reluexact.errors import InputError, LimitReached
from reluexact.numbers.real import Real

KINDS = ("plain", "rank one", "orthogonal", "spike-free")
Finding = tuple[str, bool | None]
"""What was compared, and whether it agrees; None where an answer is UNDECIDED."""


def instance(seed: int, number: int) -> tuple[str, rx.Dataset, Fraction]:
    """Return the kind, the data and the penalty that follow from seed and number alone."""
    source = random.Random(f"geometry {seed} {number}")
    kind = KINDS[number % len(KINDS)]
    X = _rows(kind, source)
    y = [Fraction(source.randint(-6, 6), 2) for _ in X]
    return kind, rx.Dataset(X, y), Fraction(source.randint(1, 24), source.choice((1, 4, 16)))


def _rows(kind: str, source: random.Random) -> list[list[int]]:
    n, d = source.randint(1, 5), source.randint(1, 3)
    if kind == "rank one":
        vector = [source.randint(-3, 3) for _ in range(d)]
        return [[c * entry for entry in vector] for c in (source.randint(-3, 3) for _ in range(n))]
    if kind == "orthogonal":
        base = source.choice(
            (((1, 0, 0), (0, 1, 0), (0, 0, 1)), ((1, 1, 0), (1, -1, 0), (0, 0, 1)), ((1, 2, 2), (2, 1, -2), (2, -2, 1)))
        )
        return [[scale * entry for entry in row] for row, scale in zip(base, (source.randint(-2, 2) for _ in base), strict=True)]
    if kind == "spike-free":  # rows of non-negative inner products with few exceptions: independent, often spike-free
        return [[source.randint(2, 4) if i == j else source.randint(0, 1) for j in range(d)] for i in range(d)]
    return [[source.randint(-3, 3) for _ in range(d)] for _ in range(n)]


def meet(left: Real, right: Real) -> bool:
    """Say whether two enclosures of a number meet."""
    return left.low <= right.high and right.low <= left.high


def findings(data: rx.Dataset, penalty: Fraction) -> Iterator[Finding]:
    """Compare all answers about the data."""
    optimum, cheapest = rx.solve(data, penalty), rx.interpolate(data)
    proved = optimum.status is rx.Status.PROVED
    yield from _theorem(data, penalty, optimum.value if proved else None)
    yield from _all_ones(data, penalty, optimum.value if proved else None)
    yield from _cutting_plane(data, penalty, optimum.value if proved else None, cheapest)
    yield from _geometry(data, penalty, optimum, cheapest)


def _theorem(data: rx.Dataset, penalty: Fraction, value: Real | None) -> Iterator[Finding]:
    found = rx.theorem(data, penalty)
    if found.value is not None:
        yield f"theorem ({found.name}) = solve", None if value is None else meet(found.value, value)


def _all_ones(data: rx.Dataset, penalty: Fraction, value: Real | None) -> Iterator[Finding]:
    free = rx.is_spike_free(data)
    try:
        ones = rx.all_ones(data, penalty)
    except InputError:  # no neuron sees all rows
        yield "no all-ones cell: not spike-free", free.status is rx.Status.REFUTED
        return
    yield "all ones knows what spike-free does", ones.spike_free.status is free.status
    if value is None:
        yield "all ones against solve", None
        return
    yield "all ones >= solve", ones.value.high >= value.low
    if ones.optimal is rx.Status.PROVED:
        yield "all ones = solve where optimal", meet(ones.value, value)
    elif ones.optimal is rx.Status.REFUTED:
        yield "all ones > solve where not", ones.value.high > value.low
        yield "all ones not optimal: not spike-free", free.status is rx.Status.REFUTED


def _cutting_plane(data: rx.Dataset, penalty: Fraction, value: Real | None, cheapest: rx.Interpolation) -> Iterator[Finding]:
    least = cheapest.value if cheapest.status is rx.Status.PROVED else None
    for name, amount, exact in (("solve", penalty, value), ("interpolate", None, least)):
        found = rx.cutting_plane(data, amount, exact=False)
        decided = exact is not None and found.status is rx.Status.PROVED
        agrees = decided and exact is not None and found.lower <= exact.high and exact.low <= found.upper
        yield f"cutting planes enclose {name}", agrees if decided else None


def _geometry(data: rx.Dataset, penalty: Fraction, optimum: rx.Optimum, cheapest: rx.Interpolation) -> Iterator[Finding]:
    greatest = rx.max_penalty(data)
    ends = [rx.support_function(data, [sign * entry for entry in data.y]).square for sign in (1, -1)]
    yield "support function = greatest penalty", greatest.low**2 <= max(ends) <= greatest.high**2
    proved = optimum.status is rx.Status.PROVED
    if penalty**2 >= max(ends):
        zero = sum((entry**2 for entry in data.y), Fraction(0)) / 2
        yield "the zero network from the greatest penalty on", optimum.value.low <= zero <= optimum.value.high if proved else None
    if cheapest.status is not rx.Status.PROVED:
        yield "interpolate", None
        return
    gauge = rx.gauge(data, cheapest.fit)
    yield "gauge of the fit = interpolate", meet(gauge.value, cheapest.value) if gauge.status is rx.Status.PROVED else None
    inside = rx.in_hull(data, cheapest.fit).status
    if inside is not rx.Status.UNDECIDED:
        yield "in the hull: gauge <= 1", cheapest.value.low <= 1 if inside is rx.Status.PROVED else cheapest.value.high > 1
    rest = sum(((y - f) ** 2 for y, f in zip(data.y, cheapest.fit, strict=True)), Fraction(0)) / 2
    yield "solve <= price of interpolation", optimum.value.low <= rest + penalty * cheapest.value.high if proved else None


def survey(count: int, seed: int, show: Callable[[str], object] = print) -> int:
    """Compare all answers about so many data sets, show the counts, and return how many contradictions there are."""
    made: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for number in range(count):
        kind, data, penalty = instance(seed, number)
        try:
            for name, agrees in findings(data, penalty):
                made[name] += 1
                opened[name] += agrees is None
                if agrees is False:
                    wrong[name] += 1
                    show(f"CONTRADICTION {number} ({kind}): {name}: X={data.X} y={data.y} penalty={penalty}")
        except LimitReached as error:
            made["within the limits"] += 1
            opened["within the limits"] += 1
            show(f"open {number} ({kind}): {error}")
        if (number + 1) % 100 == 0:
            show(f"{number + 1} data sets, {sum(wrong.values())} contradictions")
    show(f"{count} data sets, seed {seed}")
    for name in sorted(made):
        show(f"{name:48}{made[name]:7} made{opened[name]:6} open{wrong[name]:6} contradicted")
    return sum(wrong.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.exit(1 if survey(options.count, options.seed) else 0)
