"""The instances of benchmarks/survey.py: data and penalty follow from the kind, the seed and the number alone."""

from __future__ import annotations

import random
from fractions import Fraction
from math import isqrt

from brute import Brute
from steep import years

from reluexact.model.dataset import Dataset

SHARES = tuple(Fraction(k, 40) for k in range(1, 40))
MOST_ROWS = 14
"""A symmetric set has at most so many."""


def mixed(seed: int, number: int, entries: int) -> tuple[Dataset, Fraction, str]:
    """Up to 9 rows, a third of the data with ties; penalties that are shares of the greatest useful one, or special."""
    rng = random.Random(f"{seed} {entries} {number}")
    ties = rng.random() < 1 / 3
    n, d = rng.randint(1, 9), rng.randint(1, 3)
    rows = _mixed_rows(rng, n, d, entries, ties)
    data = Dataset(rows, [rng.randint(-entries, entries) for _ in range(n)])
    return data, choose_penalty(rng, Brute(data.X, data.y)), "ties" if ties else "plain"


def _mixed_rows(rng: random.Random, n: int, d: int, entries: int, ties: bool) -> list[list[int]]:
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


def small(seed: int, number: int, _: int = 0) -> tuple[Dataset, Fraction, str]:
    """3 to 10 rows of small entries, many of them repeated, opposite or zero, and simple penalties: made for exact ties."""
    rng = random.Random(f"{seed}-{number}")
    entries, n, d = rng.choice((1, 1, 2, 2, 5)), rng.randint(3, 10), rng.randint(1, 3)
    bias = rng.random() < 0.3 and d > 1
    rows: list[list[int]] = []
    for _ in range(n):
        kind = rng.choice(("fresh", "fresh", "fresh", "same", "opposite", "zero", "fresh")) if rows else "fresh"
        if kind == "zero" and rng.random() < 0.7:
            kind = "fresh"
        row = {
            "fresh": lambda: [rng.randint(-entries, entries) for _ in range(d)],
            "same": lambda: list(rng.choice(rows)),
            "opposite": lambda: [-entry for entry in rng.choice(rows)],
            "zero": lambda: [0] * d,
        }[kind]()
        rows.append([*row[:-1], 1] if bias else row)
    top = rng.choice((1, 2, 3, 3))
    data = Dataset(rows, [rng.randint(-top, top) for _ in rows])
    return data, Fraction(rng.choice(("1", "1/2", "1/7", "2", "1/4"))), "small"


def symmetric(seed: int, number: int, _: int = 0) -> tuple[Dataset, Fraction, str]:
    """Orbits of rows under a group of signed permutations of the features, with one target for each orbit."""
    rng = random.Random(f"symmetric-{seed}-{number}")
    while True:
        d, entries = rng.choice((2, 2, 3)), rng.choice((1, 1, 2, 3))
        kind, maps = _group(rng, d)
        rows: list[list[int]] = []
        targets: list[int] = []
        for _ in range(rng.randint(1, 4)):
            orbit = _orbit(tuple(rng.randint(-entries, entries) for _ in range(d)), maps)
            target = rng.choice((1, 1, 2, -1, 3, 0))
            rows += [list(row) for row in orbit]
            targets += [target] * len(orbit)
        if 2 <= len(rows) <= MOST_ROWS:
            return Dataset(rows, targets), Fraction(rng.choice(("1", "1/2", "1/7", "2", "5/2"))), f"symmetric, {kind}"


Signed = list[tuple[int, int]]


def _group(rng: random.Random, d: int) -> tuple[str, list[Signed]]:
    """Return the generators of a group: for each new feature the old one and its sign."""

    def any_map() -> Signed:
        return [(j, rng.choice((1, -1))) for j in rng.sample(range(d), d)]

    kind = rng.choice(("permutation", "reflection", "map", "minus one", "all", "two maps"))
    reflection = [(j, -1 if j == 0 else 1) for j in range(d)]
    return kind, {
        "permutation": lambda: [[(j, 1) for j in rng.sample(range(d), d)]],
        "reflection": lambda: [reflection],
        "map": lambda: [any_map()],
        "minus one": lambda: [[(j, -1) for j in range(d)]],
        "all": lambda: [reflection, [((j + 1) % d, 1) for j in range(d)]],
        "two maps": lambda: [any_map(), any_map()],
    }[kind]()


def _orbit(row: tuple[int, ...], maps: list[Signed]) -> list[tuple[int, ...]]:
    orbit = {row}
    while True:
        more = orbit | {tuple(sign * old[j] for j, sign in signed) for signed in maps for old in orbit}
        if more == orbit:
            return sorted(orbit)
        orbit = more


def calendar(seed: int, number: int, _: int = 0) -> tuple[Dataset, Fraction, str]:
    """Years from 2000 or 20000 on beside a bias, 5 to 14 rows, perhaps with another feature; penalties 1 to 1/10000."""
    rng = random.Random(f"years-{seed}-{number}")
    first, n, features = rng.choice((2000, 20000)), rng.randint(5, 14), rng.choice((1, 2))
    data = years(10_000 * seed + number, first, n, features)
    return data, Fraction(1, 10 ** rng.randrange(5)), f"years from {first}, {features + 1} columns"


KINDS = {"mixed": mixed, "small": small, "symmetric": symmetric, "years": calendar}
