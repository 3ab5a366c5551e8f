"""The strategies really produce the coincidences that the other tests rely on."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import find, given, settings
from hypothesis import strategies as st
from strategies import datasets, matrices, networks, problems, rationals

from reluexact.geometry.hyperplanes import hyperplanes


def pairs(X):
    """Return (hyperplane factor quotient) of every two rows on one hyperplane."""
    found = hyperplanes(X)
    on_hyperplane = [(w, f) for w, f in zip(found.hyperplane_of, found.factor, strict=True) if w is not None]
    return [(f / g) for i, (w, f) in enumerate(on_hyperplane) for v, g in on_hyperplane[:i] if v == w]


def rank(X):
    return sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in X]).rank()


CASES = {
    "zero row": lambda X: any(not any(row) for row in X),
    "repeated rows": lambda X: 1 in pairs(X),
    "parallel rows": lambda X: any(q > 0 and q != 1 for q in pairs(X)),
    "antiparallel rows": lambda X: any(q < 0 for q in pairs(X)),
    "rank deficient": lambda X: len(X) >= len(X[0]) > 1 and 0 < rank(X) < len(X[0]),
    "general position": lambda X: len(X) > len(X[0]) > 1 and rank(X) == len(X[0]) and not pairs(X),
    "all zero": lambda X: not any(map(any, X)),
    "one row": lambda X: len(X) == 1,
    "three walls in a plane": lambda X: len(X[0]) == 3 and len(hyperplanes(X)) >= 3 and rank(X) == 2,
}
repeatable = settings(max_examples=2000, derandomize=True, database=None)


@pytest.mark.parametrize("case", CASES)
def test_matrices_contain(case):
    find(matrices(), CASES[case], settings=repeatable)


@pytest.mark.parametrize(
    "case",
    [
        lambda data: len(set(data.y)) < len(data.y),
        lambda data: not any(data.y),
        lambda data: len(set(data.y)) == data.n == 4,
        lambda data: any(
            x == z and s != t for x, s in zip(data.X, data.y, strict=True) for z, t in zip(data.X, data.y, strict=True)
        ),
    ],
    ids=["tied targets", "zero targets", "distinct targets", "one row with two targets"],
)
def test_datasets_contain(case):
    find(datasets(), case, settings=repeatable)


def test_rationals_contain_fractions_and_integers():
    find(rationals, lambda q: q.denominator > 1, settings=repeatable)
    find(rationals, lambda q: q.denominator == 1 and q, settings=repeatable)


@given(problems(rows=(2, 4), columns=(2, 2)), st.data())
def test_sizes_are_kept(problem, data):
    dataset, penalty = problem
    assert 2 <= dataset.n <= 4
    assert dataset.d == 2
    assert penalty > 0
    network = data.draw(networks(columns=2, width=(1, 2)))
    assert len(network.predict(dataset.X)) == dataset.n
