"""Mutated certificates of spike-free data: what is still accepted must be true, by samples and by least lengths."""

from __future__ import annotations

import json

import numpy as np
import pytest
import sympy
from checker.stored import good
from hypothesis import given, settings
from mutations import mutants

from reluexact.checker import check_document

GOOD = good("spike-free-")


def stretch(X, u):
    """Return |z| / |u| for the shortest z with Xz = (Xu)+, infinite where there is none."""
    outputs = np.maximum(X @ u, 0)
    short = np.linalg.lstsq(X, outputs, rcond=None)[0]
    outside = np.abs(X @ short - outputs).max() > 1e-9 * (1 + np.abs(outputs).max())
    return np.inf if outside else float(np.linalg.norm(short) / max(np.linalg.norm(u), np.finfo(float).tiny))


def is_stretched(X, u):
    """Say, exactly, whether no z with Xz = (Xu)+ is as short as u."""
    rows, direction = sympy.Matrix(X), sympy.Matrix(u)
    outputs = (rows * direction).applyfunc(lambda output: sympy.Max(output, 0))
    try:
        weights, free = (rows * rows.T).gauss_jordan_solve(outputs)
    except ValueError:  # no solution
        return True
    short = rows.T * weights.subs(dict.fromkeys(free, 0))
    return short.dot(short) > direction.dot(direction)


def assert_true(statement):
    """Demand that no sample is stretched, or that the direction is."""
    rows = [[sympy.Rational(entry) for entry in row] for row in statement["problem"]["X"]]
    direction = statement["claim"]["direction"]
    if direction is None:
        X = np.array(rows, dtype=float)
        samples = np.random.RandomState(2).normal(size=(300, X.shape[1]))
        assert max(stretch(X, u) for u in samples) <= 1 + 1e-9
    else:
        assert is_stretched(rows, [sympy.Rational(entry) for entry in direction])


@pytest.mark.parametrize("name", GOOD)
def test_the_judge_accepts_the_good_ones(name):
    assert_true(json.loads(GOOD[name])["statement"])


@pytest.mark.parametrize(("name", "direction"), [("acute", ["1/2", "-1"]), ("not-toy", None), ("not-toy", ["0", "-1"])])
def test_the_judge_finds_what_is_false(name, direction):
    statement = json.loads(GOOD[f"spike-free-{name}"])["statement"]
    statement["claim"]["direction"] = direction
    with pytest.raises(AssertionError):
        assert_true(statement)


@settings(max_examples=100, deadline=None)
@given(mutants(GOOD))
def test_accepted_mutants_are_true(text):
    report = check_document(text)
    if report.verified:
        assert_true(json.loads(text)["statement"])
