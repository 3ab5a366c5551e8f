"""Optima that many structures describe: rows at breakpoints that say the same, dual points or amounts that are not unique."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from problem_judge import full_program_of

import reluexact as rx
from reluexact.checker import check_document
from reluexact.evidence.status import Status
from reluexact.kinds.files import certificate, load, save

XOR, AND = [-1, 1, 1, -1], [-1, -1, -1, 1]
BIASES = {
    "none": {},
    "hidden": {"hidden_bias": "penalised"},
    "both": {"hidden_bias": "penalised", "output_bias": "penalised"},
    "free": {"hidden_bias": "free", "output_bias": "free"},
    "skip": {"hidden_bias": "free", "output_bias": "free", "skip": "free"},
}


def table(low, y, penalty="1/10", **parts):
    """Return the problem of a truth table with the inputs low and 1."""
    return rx.Problem(rx.Dataset([[a, b] for a in (low, 1) for b in (low, 1)], y), penalty, **parts)


def proved(problem):
    """Return the optimum, proved, checked and judged."""
    optimum = rx.solve(problem)
    assert optimum.status is Status.PROVED, optimum.reason
    assert check_document(certificate(optimum)).verified
    value = full_program_of(problem)
    assert float(optimum.value.low) == pytest.approx(value, rel=1e-5, abs=1e-5)
    assert problem.objective(optimum.network) == optimum.upper
    return optimum


@pytest.mark.parametrize("name", BIASES)
@pytest.mark.parametrize("loss", ["hinge", "absolute"])
@pytest.mark.parametrize(("low", "y"), [*itertools.product((0, -1), (XOR, AND))], ids=str)
def test_truth_tables(low, y, loss, name):
    proved(table(low, y, loss=loss, **BIASES[name]))


def test_the_dual_point_of_xor_follows_from_a_tie(tmp_path):
    """Either pair of neurons alone is optimal, and both are tight: theta = sqrt(2)/10 (-1, 1, 1, -1), p* = 4 sqrt(2)/10."""
    optimum = proved(table(0, XOR, loss="hinge", **BIASES["free"]))
    assert len(optimum.neurons) == 4
    assert optimum.evidence.tied
    assert abs(optimum.value.low**2 - Fraction(32, 100)) < Fraction(1, 10**25)
    save(optimum, tmp_path / "xor.json")
    assert load(tmp_path / "xor.json") == optimum


FLAT = {
    "one row": ([[2]], [1], "1/2", {"loss": "squared_hinge", "output_bias": "free", "skip": "penalised"}),
    "hinge": ([[2]], [-1], "1/2", {"loss": "hinge", "output_bias": "free", "skip": "penalised"}),
    "a tube": ([[-1, 0]], [1], "1/10", {"loss": "epsilon_insensitive(1/2)", "output_bias": "free", "skip": "free"}),
    "separable": ([[-2], [-2], [-1]], [-1, -1, -1], "1/3", {"loss": "hinge", **BIASES["skip"]}),
    "targets 0": ([[-2, 0]], [0], 1, {"loss": "quantile(1/4)", "output_bias": "free", "skip": "penalised"}),
    "no bias": ([[-2]], [0], "1/10", {"loss": "quantile(1/4)", "hidden_bias": "penalised", "weights": ["1/3"]}),
}


@pytest.mark.parametrize("name", FLAT)
def test_without_neurons(name):
    X, y, penalty, parts = FLAT[name]
    optimum = proved(rx.Problem(rx.Dataset(X, y), penalty, **parts))
    assert (optimum.value.low, optimum.value.high) == (0, 0)


MORE = {
    "a corner": (
        [[2, -1], [-2, -1], [1, -1], [1, 1]],
        [0, -2, "3/2", 0],
        "1/2",
        {"loss": "epsilon_insensitive(1/2)", "hidden_bias": "penalised", "output_bias": "free"},
    ),
    "a rational dual point": (
        [[-2], [1], [-2], [2]],
        ["3/2", -1, 0, 0],
        "1/3",
        {"loss": "absolute", "hidden_bias": "free", "output_bias": "free", "weights": ["5/4", 2, "1/3", "1/3"]},
    ),
    "one of a pair without amount": (
        [[1], [2], [0]],
        ["-3/2", 1, 2],
        "1/2",
        {"loss": "huber(1)", "hidden_bias": "free", "output_bias": "free", "skip": "penalised"},
    ),
    "two of pairs without amounts": (
        [[0], [1], [2], [3]],
        [0, 9, 24, 39],
        1,
        {**BIASES["skip"], "weights": ["5/4", "1/3", 1, 1]},
    ),
}


@pytest.mark.parametrize("name", MORE)
def test_with_neurons(name):
    X, y, penalty, parts = MORE[name]
    proved(rx.Problem(rx.Dataset(X, y), penalty, **parts))
