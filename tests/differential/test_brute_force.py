"""Solve against brute force over all cells in exact arithmetic, on instances chosen to be full of coincidences.

A PROVED optimum must be dual feasible in every cell, list exactly the tight neurons, and have both bounds right; the certificate
must pass the checker; the value must be that of the textbook program in cvxpy. UNDECIDED is no fault here, wrong bounds are.
"""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction
from math import isqrt

import pytest
from brute import DIGITS, Brute, faults
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import datasets

from reluexact import checker
from reluexact.evidence.status import Status
from reluexact.geometry.arrangement import activation_patterns
from reluexact.kinds.max_penalty.find import max_penalty
from reluexact.kinds.optimum.certificate import to_document
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.numbers.real import Real

BASES = (
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    [[3, 4, 0], [-4, 3, 0], [0, 0, 5]],
    [[2, -1, -1], [-1, 2, -1], [-1, -1, 2]],
    [[1, 2, 2], [2, 1, -2], [2, -2, 1]],
    [[1, 1], [1, -1], [1, 0], [0, 1]],
    [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]],
)
"""Rows that are orthogonal, or at angles whose unit vectors add up to unit vectors."""


def judge(data, penalty, *, program=False):
    """Solve and return everything that is wrong."""
    brute = Brute(data.X, data.y)
    optimum = solve(data, penalty, digits=DIGITS)
    found = faults(optimum, brute) if optimum.status is Status.PROVED else []
    report = checker.check_document(json.dumps(to_document(optimum)))
    if not report.verified:
        found.append(f"the checker rejects: {report.path}: {report.reason}")
    if program or optimum.status is not Status.PROVED:
        value, slack = brute.full_program(penalty), 1e-5 * (1 + float(sum(t * t for t in data.y)))
        if not float(optimum.lower) - slack <= value <= float(optimum.upper) + slack:
            found.append(f"the full program's value {value} is not between the bounds {optimum.lower} and {optimum.upper}")
    return found


def root_below(square):
    """Return the square root when it is rational, else a rational a little below it."""
    n, d = square.numerator, square.denominator
    if isqrt(n) ** 2 == n and isqrt(d) ** 2 == d:
        return Fraction(isqrt(n), isqrt(d))
    return Fraction(isqrt(10**6 * n // d), 1000)


def tricky_data(rng):
    """Return data with repeated, parallel, antiparallel, zero and summed rows, or rows of a symmetric figure."""
    n, entries = rng.randint(1, 6), rng.choice((1, 1, 1, 3, 9))
    if rng.random() < 0.3:
        base = rng.choice(BASES)
        rows = [[rng.choice((1, 1, -1, 2)) * entry for entry in rng.choice(base)] for _ in range(n)]
    else:
        d = rng.randint(1, 3)
        rows = []
        for _ in range(n):
            fresh = [rng.randint(-entries, entries) for _ in range(d)]
            old = rng.choice(rows) if rows else fresh
            factor = rng.choice((None, None, 0, 1, 2, -1, -2)) if rows else None
            rows.append(fresh if factor is None else [factor * entry for entry in old])
    targets = {
        "small": lambda: rng.randint(-entries, entries),
        "signs": lambda: rng.randint(-1, 1),
        "equal": lambda: 1,
        "huge": lambda: rng.randint(-(10**6), 10**6),
        "zeros": lambda: rng.choice((0, 0, 1)),
    }[rng.choice(("small", "small", "signs", "equal", "huge", "zeros"))]
    return Dataset(rows, [targets() for _ in rows])


def tricky_penalty(rng, data):
    """Return a penalty at, or next to, a place where a neuron comes or goes, or a tiny, huge or plain one."""
    brute = Brute(data.X, data.y)
    heights = sorted({square for sign in (1, -1) for square, _ in brute.heights(data.y, sign) if square})
    if not heights:
        return Fraction(1)
    top = root_below(heights[-1])
    choices = [
        top,
        top * (1 - Fraction(1, 10**9)),
        top * (1 + Fraction(1, 10**9)),
        2 * top,
        top / 2,
        Fraction(rng.randint(1, 39), 40) * top,
        Fraction(1),
        Fraction(1, 1000),
        root_below(rng.choice(heights)),
        *[abs(t) * max(map(abs, row)) for row, t in zip(data.X, data.y, strict=True) if t and any(row)],
    ]
    return rng.choice(choices)


def run_tricky(seeds):
    """Return all faults with their instance; every fifth instance is also solved by cvxpy."""
    wrong = []
    for seed in seeds:
        rng = random.Random(seed)
        data = tricky_data(rng)
        penalty = tricky_penalty(rng, data)
        found = judge(data, penalty, program=seed % 5 == 0)
        if found:
            wrong.append((seed, data.X, data.y, penalty, found))
    return wrong


def random_instances(entries, count, seed):
    rng = random.Random(f"{entries} {seed}")
    for _ in range(count):
        n, d = rng.randint(1, 6), rng.randint(1, 3)
        rows = [[rng.randint(-entries, entries) for _ in range(d)] for _ in range(n)]
        data = Dataset(rows, [rng.randint(-entries, entries) for _ in range(n)])
        top = root_below(Brute(data.X, data.y).greatest(data.y))
        yield data, (Fraction(rng.randint(1, 39), 40) * top).limit_denominator(60) or Fraction(1)


@pytest.mark.parametrize("entries", [1, 3, 9])
def test_random_integers(entries):
    instances = enumerate(random_instances(entries, 60, 0))
    judged = [judge(data, penalty, program=index % 4 == 0) for index, (data, penalty) in instances]
    assert [found for found in judged if found] == []


@pytest.mark.parametrize("entries", [3, 9])
def test_random_integers_are_nearly_always_proved(entries):
    counts = [solve(data, penalty).status.name for data, penalty in random_instances(entries, 60, 1)]
    assert counts.count("PROVED") >= 59


def test_coincidences():
    assert run_tricky(range(120)) == []


@pytest.mark.slow
@pytest.mark.parametrize("block", range(4))
def test_many_coincidences(block):
    assert run_tricky(range(1000 + 300 * block, 1120 + 300 * block)) == []


@pytest.mark.slow
@pytest.mark.parametrize("entries", [1, 3, 9])
def test_many_random_integers(entries):
    judged = [judge(*instance) for instance in random_instances(entries, 120, 2)]
    assert [found for found in judged if found] == []


@given(datasets(rows=(1, 6), columns=(1, 3)), st.sampled_from([Fraction(text) for text in ("1/1000", "1/3", "1", "2", "3")]))
def test_drawn_data(data, penalty):
    assert judge(data, penalty) == []


@given(datasets(rows=(1, 6), columns=(1, 3)))
def test_drawn_data_at_the_greatest_penalty(data):
    """max_penalty squared is the exact square that brute force finds; there, and just below, solve agrees."""
    top = max_penalty(data)
    square = Brute(data.X, data.y).greatest(data.y)
    assert top == 0 if square == 0 else (top.radical * top.radical).as_fraction() == square
    if square:
        for penalty in {top.high, root_below(square)}:
            assert judge(data, penalty) == []


@given(datasets(rows=(1, 7), columns=(1, 4)))
def test_cells_are_those_of_the_package(data):
    assert sorted(Brute(data.X, data.y).patterns) == sorted(tuple(map(int, row)) for row in activation_patterns(data.X).patterns)


# ------------------------------------------------------------------------------------------- the judge finds what is wrong


@pytest.fixture(scope="module")
def sample():
    data = Dataset([[1, 2], [3, -1], [-2, 1], [1, 1]], [3, -2, 1, 2])
    optimum = solve(data, Fraction(1, 2), digits=DIGITS)
    assert optimum.status is Status.PROVED
    assert len(optimum.neurons) >= 2
    assert faults(optimum) == []
    return optimum


def moved(real, by):
    return Real(low=real.low + by, high=real.high + by)


def spoilt(optimum):
    """Yield names and optima with one false entry each."""
    by = Fraction(1, 10**20)
    first, *rest = optimum.neurons
    turned = replace(first, direction=(moved(first.direction[0], by), *first.direction[1:]))
    yield "value", replace(optimum, value=moved(optimum.value, by))
    yield "upper", replace(optimum, upper=optimum.upper + by)
    yield "residual", replace(optimum, residual=(moved(optimum.residual[0], by), *optimum.residual[1:]))
    yield "penalty", replace(optimum, penalty=optimum.penalty * (1 + by))
    yield "missing", replace(optimum, neurons=tuple(rest))
    yield "twice", replace(optimum, neurons=(first, *optimum.neurons))
    yield "direction", replace(optimum, neurons=(turned, *rest))
    yield "sign", replace(optimum, neurons=(replace(first, sign=-first.sign), *rest))
    yield "gate", replace(optimum, neurons=(replace(first, gate=tuple(-value for value in first.gate)), *rest))
    yield "partner", replace(optimum, neurons=(replace(first, partner=None if first.paired else 1), *rest))
    yield "positive", replace(optimum, neurons=(replace(first, positive=False), *rest))
    yield "amount", replace(optimum, neurons=(replace(first, amount=moved(first.amount, by)), *rest))


def test_every_spoilt_optimum_is_found(sample):
    blind = [name for name, optimum in spoilt(sample) if not faults(optimum)]
    assert blind == []


@settings(max_examples=20)
@given(st.integers(0, 10**6))
def test_a_feasible_residual_that_is_not_optimal_is_found(sample, shift):
    """Half the residual is dual feasible, too: only the value gives it away."""
    scale = Fraction(10**6 - shift, 2 * 10**6)
    residual = tuple(Real.rational((entry.low + entry.high) / 2 * scale) for entry in sample.residual)
    assert faults(replace(sample, residual=residual))
