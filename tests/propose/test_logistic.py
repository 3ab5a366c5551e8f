"""Newton's method for restricted programs with the logistic loss: its parabolas, and its optimum."""

from __future__ import annotations

from dataclasses import replace

import cvxpy as cp
import numpy as np
import pytest

from reluexact.propose.engines import engine
from reluexact.propose.engines.program import TrainingProgram
from reluexact.propose.logistic import LogisticLosses, LogisticTraining

RANDOM = np.random.default_rng(5)
LOSSES = LogisticLosses(weight=RANDOM.uniform(0.2, 3, 7), factor=RANDOM.choice([-2.0, 2.0], 7))


def test_the_parabolas_have_value_slope_and_bend_of_the_losses():
    fit, step = RANDOM.normal(size=7), 1e-4
    slopes = -LOSSES.theta(fit)
    near = [LogisticLosses(weight=LOSSES.weight[k : k + 1], factor=LOSSES.factor[k : k + 1]) for k in range(7)]
    for k, (row, parabola) in enumerate(zip(near, LOSSES.parabolas(fit, 0.0), strict=True)):
        ((sign, length, quadratic, linear),) = parabola.steps
        assert (parabola.anchor, sign, length, linear) == (fit[k], 0, np.inf, pytest.approx(slopes[k]))
        moved = [row.value(fit[k : k + 1] + t) for t in (-step, 0.0, step)]
        assert (moved[2] - moved[0]) / (2 * step) == pytest.approx(linear, rel=1e-6)
        assert (moved[2] - 2 * moved[1] + moved[0]) / step**2 == pytest.approx(2 * quadratic, rel=1e-4)


def program(blocks, scale):
    features = tuple(scale * RANDOM.normal(size=(7, 2)) for _ in range(blocks))
    cones = tuple(RANDOM.normal(size=(1, 2)) for _ in range(blocks))
    return TrainingProgram(losses=(), penalty=0.3, features=features, cones=cones, linear=np.ones((7, 1)), ridge=np.array([0.1]))


def judged(task):
    """Return the optimal value by cvxpy's exponential cones."""
    weights, g = [cp.Variable(2) for _ in task.features], cp.Variable(1)
    fit = task.linear @ g + sum(block @ w for block, w in zip(task.features, weights, strict=True))
    cost = task.penalty * sum(map(cp.norm, weights)) + task.ridge @ cp.square(g) / 2
    cost += LOSSES.weight @ cp.logistic(-cp.multiply(LOSSES.factor, fit))
    conditions = [cone @ w >= 0 for cone, w in zip(task.cones, weights, strict=True)]
    return cp.Problem(cp.Minimize(cost), conditions).solve(solver=cp.CLARABEL)


def value(task, answer):
    fit = task.linear @ answer.linear + sum(block @ w for block, w in zip(task.features, answer.weights, strict=True))
    lengths = task.penalty * np.linalg.norm(answer.weights, axis=1).sum()
    return LOSSES.value(fit) + lengths + float(task.ridge @ answer.linear**2) / 2


@pytest.mark.parametrize("scale", [0.01, 1.0, 30.0])
def test_the_optimum(scale):
    task = program(3, scale)
    answer = LogisticTraining(engine("training"), LOSSES).solve(task)
    assert value(task, answer) == pytest.approx(judged(task), rel=1e-6)
    fit = task.linear @ answer.linear + sum(block @ w for block, w in zip(task.features, answer.weights, strict=True))
    assert np.allclose(answer.theta, LOSSES.theta(fit), atol=1e-7)


def test_a_program_that_grows_starts_where_the_last_one_ended():
    task = program(4, 1.0)
    smaller = replace(task, features=task.features[:2], cones=task.cones[:2])
    solver = LogisticTraining(engine("training"), LOSSES)
    first, second = solver.solve(smaller), solver.solve(task)
    assert value(smaller, first) == pytest.approx(judged(smaller), rel=1e-6)
    assert value(task, second) == pytest.approx(judged(task), rel=1e-6)
    assert solver.name == "clarabel"
