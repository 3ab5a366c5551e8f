"""The penalty from which on no neuron pays, with the logistic loss."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from problem_judge import full_program
from random_problems import problem_of, random_labels

import reluexact as rx
from reluexact.propose.training import Prepared
from reluexact.search.logistic_optimum import logistic_optimum
from reluexact.search.problem_bound import bound_problem

HAT = rx.Dataset([[0], [1], [2]], [-1, 1, -1])
FREE = {"output_bias": "free", "hidden_bias": "free"}


def test_closed_forms():
    assert rx.max_penalty(rx.Problem(HAT, 7, "logistic")) == F(1, 2)  # theta = y / 2: 1 - 2 at x = 1, 2
    # two labels of three are -1: theta = (-1/3, 2/3, -1/3), and the pivot 1 sees 1/3
    assert rx.max_penalty(rx.Problem(HAT, 1, "logistic", **FREE)) == F(1, 3)
    # weights 1, 3, 1: the shares 3/5 and 2/5, theta = (-3/5, 6/5, -3/5)
    assert rx.max_penalty(rx.Problem(HAT, 1, "logistic", **FREE, weights=[1, 3, 1])) == F(3, 5)
    root = rx.max_penalty(rx.Problem(rx.Dataset([[1, 1], [0, 1]], [1, 1]), 1, "logistic"))
    assert root.decimal(10) == "1.118033989"  # half of |(1, 1) + (0, 1)|, the root of 5/4


def test_the_own_penalty_plays_no_role():
    assert rx.max_penalty(rx.Problem(HAT, 1, "logistic")) == rx.max_penalty(rx.Problem(HAT, "1/9", "logistic"))


@pytest.mark.parametrize("case", [*random_labels(12, parts=("none", "free")), *random_labels(8, first=900, skip="free")])
def test_bounds_on_both_sides(case):
    X, y, _, *parts = case
    if parts[1] == "penalised":
        parts[1] = "none"
    top = rx.max_penalty(problem_of((X, y, 1, *parts)))
    above = bound_problem(problem_of((X, y, 2 * top.high + 1, *parts)))
    at = bound_problem(problem_of((X, y, top.high * F(10001, 10000) or 1, *parts)))
    assert abs(at.upper - above.upper) <= F(1, 10**15)
    assert top.high - top.low <= (top.high + 1) / 10**12
    if top.low:
        assert bound_problem(problem_of((X, y, top.low * F(9, 10), *parts))).upper < above.lower


@pytest.mark.parametrize("case", random_labels(4, first=300, skip="free", parts=("none", "free")))
def test_the_judge_agrees(case):
    X, y, _, *parts = case
    top, linear = rx.max_penalty(problem_of((X, y, 1, *parts))), full_program(X, y, 10**4, *parts)
    assert full_program(X, y, top.high * F(1001, 1000), *parts) == pytest.approx(linear, abs=1e-5)
    assert full_program(X, y, top.low * F(4, 5), *parts) < linear - 1e-5


def test_the_dual_point_of_a_symmetric_line_is_known():
    """X = -2, -1, 1, 2 with the labels -1, 1, -1, 1 and no bias: sum x theta = 0 and the shares agree in pairs."""
    data = rx.Dataset([[-2], [-1], [1], [2]], [-1, 1, -1, 1])
    best = logistic_optimum(Prepared(rx.Problem(data, 1, "logistic", skip="free")))
    assert 0 < best.error < F(1, 10**25)
    assert best.theta[0] + best.theta[3] == pytest.approx(0, abs=1e-20)
    assert sum(x * t for (x,), t in zip(data.X, best.theta, strict=True)) == 0
    t = float(best.theta[3])  # the fit is g x; t = 1 / (1 + exp(2 g)), and 4 t = 2 / (1 + exp(-g)) makes the sum 0
    assert (1 / t - 1) * (1 / (2 * t) - 1) ** 2 == pytest.approx(1)


def test_what_the_linear_part_hides_never_pays():
    """All x > 0 and no bias: a neuron sees what the free skip connection sees, and nothing is left of that."""
    data = rx.Dataset([[1], [2], [3]], [-1, 1, -1])
    top = rx.max_penalty(rx.Problem(data, 1, "logistic", skip="free"))
    assert (top.low, top.high < F(1, 10**25)) == (0, True)


@pytest.mark.parametrize("part", ["output_bias", "skip"])
def test_a_penalised_linear_part_is_refused(part):
    problem = rx.Problem(HAT, 1, "logistic", **{part: "penalised"})
    with pytest.raises(rx.InputError, match="changes with the penalty"):
        rx.max_penalty(problem)
    with pytest.raises(rx.InputError, match="penalised"):
        logistic_optimum(Prepared(problem))
