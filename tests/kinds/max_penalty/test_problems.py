"""The penalty from which on no neuron pays, for extended problems."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

import reluexact as rx
from reluexact.search.problem_bound import bound_problem

HAT = rx.Dataset([[0], [1], [2]], [0, 1, 0])
FREE = {"output_bias": "free", "hidden_bias": "free"}


def test_closed_forms():
    assert rx.max_penalty(rx.Problem(HAT, 7)) == 1  # today's problem: the greatest |y.(xu)+|
    # the mean leaves theta = (-1/3, 2/3, -1/3): at the pivot 1 the sign - gives 1/3, at 0 and 2 the sign + gives 0
    assert rx.max_penalty(rx.Problem(HAT, 1, **FREE)) == F(1, 3)
    assert rx.max_penalty(rx.Problem(HAT, 1, weights=[1, 3, 1])) == 3
    assert rx.max_penalty(rx.Problem(rx.Dataset([[1], [2]], [3, -4]), 1, "absolute")) == 1  # theta = (1, -1), 1 - 2
    assert rx.max_penalty(rx.Problem(rx.Dataset([[1], [2]], [1, -1]), 1, "hinge")) == 1


def test_the_own_penalty_plays_no_role():
    assert rx.max_penalty(rx.Problem(HAT, 1, **FREE)) == rx.max_penalty(rx.Problem(HAT, "1/9", **FREE))


def test_two_ways_up():
    """The labels -1, 1, -1 with a free bias: theta = (-t, 1, t - 1), t in [0, 1], are the dual points; the least is 1/2."""
    data = rx.Dataset([[0], [1], [2]], [-1, 1, -1])
    top = rx.max_penalty(rx.Problem(data, 1, "hinge", **FREE))
    assert top.low < F(1, 2) <= top.high
    assert top.high - top.low < F(1, 10**6)


def test_targets_of_zero_with_the_absolute_loss():
    """theta_1 = 1 pulls, theta_2 may be anything in [-1, 1]: 1 + 2 theta_2 = 0 hides the rest from the neurons."""
    top = rx.max_penalty(rx.Problem(rx.Dataset([[1], [2]], [1, 0]), 1, "absolute"))
    assert top == 0


def test_no_neuron_sees_some_dual_point():
    """The line -x leaves theta = (1, s, t, -1/3), |s| <= 1, |t| <= 2; (1, 1/6, -1, -1/3) is 0 on either side, so nothing pays."""
    data, weights = rx.Dataset([[1], [-2], [1], [-1]], [1, 2, -1, 0]), [1, 1, 2, "1/3"]
    top = rx.max_penalty(rx.Problem(data, 1, "absolute", skip="free", weights=weights))
    assert top.is_rational
    assert top == 0
    tiny = rx.solve(rx.Problem(data, F(1, 1000), "absolute", skip="free", weights=weights))
    assert not [neuron for neuron in tiny.neurons if neuron.amount]
    assert tiny.value == F(7, 3)


@pytest.mark.parametrize("loss", ["squared", "absolute", "huber(1)", "quantile(1/3)", "epsilon_insensitive(1/2)"])
def test_bounds_on_both_sides(loss):
    data = rx.Dataset([[0, 1], [1, 0], [2, 2], [3, -1], [1, 4]], [5, -2, 7, 1, -4])
    top = rx.max_penalty(rx.Problem(data, 1, loss, **FREE))
    at = {share: bound_problem(rx.Problem(data, top.low * share, loss, **FREE)) for share in (F(9, 10), F(1001, 1000))}
    above = bound_problem(rx.Problem(data, top.high * 2, loss, **FREE))
    size = above.upper / 10**6
    assert abs(at[F(1001, 1000)].upper - above.upper) < size
    assert at[F(9, 10)].upper < above.lower


@pytest.mark.parametrize("part", ["output_bias", "skip"])
def test_a_penalised_linear_part_is_refused(part):
    with pytest.raises(rx.InputError, match="changes with the penalty"):
        rx.max_penalty(rx.Problem(HAT, 1, **{part: "penalised"}))


def test_no_neuron_ever_pays_where_a_line_fits():
    line = rx.Dataset([[0], [1], [2]], [1, 3, 5])
    assert rx.max_penalty(rx.Problem(line, 1, output_bias="free", skip="free")) == 0
