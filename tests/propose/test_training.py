"""Proposals for extended problems: rational dual points where the dual value is finite, steps of losses, the best linear part."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from problem_judge import full_program
from random_problems import LOSSES, problem_of, random_case

from reluexact.model.losses import to_loss
from reluexact.propose.dual_point import dual_point
from reluexact.propose.training import Prepared, row_loss
from reluexact.search.linear_optimum import linear_optimum

NUMBER = st.fractions(-6, 6, max_denominator=8)


@given(st.integers(0, 200), st.lists(NUMBER, min_size=6, max_size=6))
def test_a_dual_point_has_a_finite_dual_value(seed, theta):
    problem = problem_of(random_case(seed))
    point = dual_point(problem, theta[: problem.data.n], 60)
    assert problem.dual_value(point) is not None


@given(st.sampled_from(LOSSES), st.sampled_from([-1, 1]), st.fractions(-6, 6, max_denominator=8))
def test_the_steps_of_a_loss_add_up_to_it(name, target, fit):
    """Filled in order, the steps to one side cost what the loss rises, up to rounding."""
    loss = to_loss(name).of_fit(Fraction(target), Fraction(3, 2))
    form = row_loss(loss)
    way = float(fit) - form.anchor
    cost = float(loss.value(Fraction(form.anchor)))
    for direction, length, quadratic, linear in form.steps:
        step = way if not direction else min(max(direction * way, 0.0), length)
        if direction and direction * way < 0:
            continue
        cost += quadratic * step * step + linear * step
        way -= (direction or 1) * step
    assert abs(way) < 1e-9
    assert cost == pytest.approx(float(loss.value(fit)), abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_the_best_linear_part_by_the_judge(seed):
    """A penalty that no neuron survives leaves the linear part."""
    X, y, _, *parts = random_case(seed, parts=("none", "free"))
    case = (X, y, Fraction(10**4), *parts)
    best = linear_optimum(Prepared(problem_of(case)))
    value = full_program(*case)
    assert float(best.value) == pytest.approx(value, abs=1e-4 * max(1.0, abs(value)))
    assert problem_of(case).dual_value(best.theta) == best.value
