"""Derivatives of optima: worked examples, identities, and finite differences of fresh exact solves."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact.kinds.sensitivity.find import sensitivity

F = Fraction
TOY = rx.Dataset([[-1, 1], [1, 1]], [1, 1])
STEP = F(1, 10**9)
CLOSE = F(1, 10**8)
"""The error of central differences at steps of 10^-9 is of the order 10^-18 times third derivatives; all here are below 10^8."""


def solved(X, y, penalty):
    optimum = rx.solve(rx.Dataset(X, y), penalty, digits=40)
    assert optimum.status is rx.Status.PROVED
    return optimum


def test_the_worked_example():
    """FACTS 12, T20: at s = 1 and penalty 1/10 the neuron w = (0, F) has dw/dy_1 = (-s/(2s^2 + b/F), 1/2)."""
    found = sensitivity(rx.solve(TOY, "1/10"))
    assert found.penalty.weights == ((0, F(-1, 2)),)
    assert [target.weights for target in found.targets] == [((F(-475, 1000), F(1, 2)),), ((F(475, 1000), F(1, 2)),)]
    assert found.penalty.value == F(19, 20)
    assert all(value.is_rational for row in found.hat for value in row)


def test_the_residual_and_the_amounts_are_derivatives_of_the_value():
    optimum = rx.solve(rx.Dataset([[1, 2], [3, -1], [-2, 5], [0, 3], [2, 2]], [1, -4, 3, 2, 5]), "1/2")
    found = sensitivity(optimum)
    for target, theta in zip(found.targets, optimum.residual, strict=True):
        assert target.value.low <= theta.high
        assert theta.low <= target.value.high
    assert found.penalty.value.decimal(20) == (optimum.penalised / optimum.penalty).decimal(20)
    assert [found.penalty.value.refined(80).high - found.penalty.value.refined(80).low <= F(1, 10**80)] == [True]
    fit = found.targets[0].fit[0]
    assert fit.decimal(60)[:12] == fit.decimal(12)[:12]
    assert found.leverage[1] == 1  # a row whose residual one neuron on a ray determines
    assert found.targets[0].fit[1] == 0
    for i in range(5):
        for j in range(5):
            assert found.hat[i][j].low <= found.hat[j][i].high


CASES = [1, 5, 6, 9, 12, 17, 21]
"""Seeds: three features and walls, pairs in one and two features, walls of pairs, rays only."""


def instance(seed, size=9):
    draw = random.Random(seed)
    n, d = draw.randint(2, 6), draw.randint(1, 3)
    X = [[F(draw.randint(-size, size)) for _ in range(d)] for _ in range(n)]
    if draw.random() < 0.5 and d > 1:
        X = [[*row[:-1], F(1)] for row in X]
    y = [F(draw.randint(-size, size)) for _ in range(n)]
    return X, y, F(draw.randint(1, 40), 7) if size > 2 else F(draw.randint(1, 8), 4)


def changed(X, y, penalty, of, step):
    if of == "penalty":
        return X, y, penalty + step
    if of[0] == "y":
        return X, [t + step * (i == int(of[2])) for i, t in enumerate(y)], penalty
    i, j = int(of[2]), int(of[5])
    return [[entry + step * ((p, q) == (i, j)) for q, entry in enumerate(row)] for p, row in enumerate(X)], y, penalty


def numbers(optimum):
    data = optimum.data
    yield (optimum.value.low + optimum.value.high) / 2
    yield from (t - r.middle for t, r in zip(data.y, optimum.residual, strict=True))


def numbers_of_neurons(optimum):
    for neuron in optimum.neurons:
        yield from (entry.middle for entry in neuron.direction)
        yield neuron.amount.middle


def derivatives(known):
    yield known.value
    yield from known.fit
    for direction, amount in zip(known.directions, known.amounts, strict=True):
        yield from direction
        yield amount


@pytest.mark.parametrize("seed", CASES)
def test_finite_differences_of_fresh_solves(seed):
    X, y, penalty = instance(seed)
    optimum = solved(X, y, penalty)
    found = sensitivity(optimum)
    draw = random.Random(seed)
    entries = [entry for row in found.entries for entry in row if not entry.reason]
    chosen = [found.penalty, draw.choice(found.targets), *draw.sample(entries, min(3, len(entries)))]
    for known in chosen:
        assert known.reason == ""
        above, below = (solved(*changed(X, y, penalty, known.of, side * STEP)) for side in (1, -1))
        shape = [(neuron.sign, neuron.gate) for neuron in optimum.neurons]
        assert [(neuron.sign, neuron.gate) for neuron in above.neurons] == shape
        ups, downs = ([*numbers(other), *numbers_of_neurons(other)] for other in (above, below))
        for up, down, derivative in zip(ups, downs, derivatives(known), strict=True):
            assert abs((up - down) / (2 * STEP) - derivative.middle) < CLOSE
            assert derivative.high - derivative.low <= F(1, 10**30)


@pytest.mark.parametrize("seed", [8, 14, 17, 39])
def test_walls_that_an_identity_keeps(seed):
    """Small integers: neurons on walls that they do not need, which some changes leave alone and others do not."""
    X, y, penalty = instance(seed, size=2)
    found = sensitivity(solved(X, y, penalty))
    changes = [found.penalty, *found.targets, *(entry for row in found.entries for entry in row)]
    assert any(known.reason for known in changes)
    for known in changes:
        above, below = (solved(*changed(X, y, penalty, known.of, side * STEP)) for side in (1, -1))
        pairs = list(zip(numbers(above), numbers(below), strict=True))
        if known.value is not None:
            assert abs((pairs[0][0] - pairs[0][1]) / (2 * STEP) - known.value.middle) < CLOSE
        for (up, down), derivative in zip(pairs[1:], known.fit or (), strict=False):
            assert abs((up - down) / (2 * STEP) - derivative.middle) < CLOSE


def test_rays_are_exact():
    X, y, penalty = instance(21)
    found = sensitivity(solved(X, y, penalty))
    assert all(entry.radical is not None for target in found.targets for entry in target.fit)
    assert all(entry.is_rational for row in found.hat for entry in row)


def test_a_neuron_without_an_amount_makes_kinks():
    found = sensitivity(rx.solve(rx.Dataset([[1, 0], [0, 1]], [3, -1]), 1))  # the second neuron dies at penalty 1
    assert found.penalty.value == 2
    assert found.penalty.fit is None
    assert "neuron 1 is tight, but the optimum does not need it" in found.penalty.reason
    assert [target.value for target in found.targets] == [1, -1]
    assert found.degrees_of_freedom is None
    with pytest.raises(rx.InputError, match="no derivative in y"):
        found.hat  # noqa: B018


def test_dependent_neurons_make_kinks():
    found = sensitivity(rx.solve(rx.Dataset([[-3, 0, 3], [0, 2, -2]], [-1, -2]), "43/38"))
    assert found.penalty.fit is None
    assert found.penalty.value is not None
    assert "may have an amount" in found.entries[0][0].value_reason


def test_a_multiplier_that_is_0_stops_just_the_changes_that_matter():
    found = sensitivity(rx.solve(rx.Dataset([[7, -2, -1], [-1, 0, -7]], [0, 5]), "26/7"))  # theta_0 = 0 while y_0 is
    assert found.penalty.reason == found.targets[1].reason == ""
    assert found.leverage == (None, 1)
    assert "the multiplier of neuron 0 on the wall of row 0 is 0" in found.targets[0].reason
    assert found.entries[0][0].reason


def test_rows_that_no_entry_moves_smoothly():
    zero = sensitivity(rx.solve(rx.Dataset([[1, 2], [0, 0]], [3, 1]), 1))
    assert zero.entries[1][0].value is None
    assert "zero" in zero.entries[1][0].value_reason
    assert zero.targets[1].fit == (0, 0)
    assert zero.targets[1].value == 1


def test_row_weights_carry_over():
    X, y = [[1, 2], [3, -1], [-2, 5], [0, 3]], [1, -4, 3, 2]
    twice = sensitivity(rx.solve(rx.Dataset([*X, X[0]], [*y, y[0]]), "1/2"))
    found = sensitivity(rx.solve(rx.Problem(rx.Dataset(X, y), "1/2", weights=[2, 1, 1, 1])))
    both = twice.targets[0].fit[0] + twice.targets[4].fit[0]
    assert found.leverage[0].decimal(20) == both.decimal(20)
    assert found.penalty.fit[1].decimal(20) == twice.penalty.fit[1].decimal(20)
    assert found.targets[0].value.decimal(20) == (2 * twice.targets[0].value).decimal(20)
    assert len(found.targets) == len(found.entries) == 4


def test_what_is_refused():
    with pytest.raises(rx.InputError, match="sensitivity does not take another loss"):
        sensitivity(rx.Problem(TOY, 1, loss="absolute"))
    undecided = rx.solve(rx.Dataset([[1, 2], [3, -1], [-2, 5]], [1, -4, 3]), "1/2", limit=1)
    assert undecided.status is rx.Status.UNDECIDED
    with pytest.raises(rx.InputError, match="UNDECIDED"):
        sensitivity(undecided)


def test_without_neurons():
    found = sensitivity(rx.solve(TOY, 10))
    assert found.leverage == (0, 0)
    assert found.penalty.value == 0
    assert found.penalty.fit == (0, 0)


def test_entries_are_left_out_on_request():
    found = sensitivity(rx.solve(TOY, "1/10"), entries=False)
    assert found.entries[0][1].value == F(-475, 10000)
    assert found.entries[0][1].fit is None


def test_the_formula():
    text = sensitivity(rx.solve(TOY, "1/10")).latex()
    assert r"J&=Z^\top Z+" in text
    assert r"\begin{pmatrix}" in text or r"\begin{bmatrix}" in text
    assert "<th>leverage</th>" in rx.html(sensitivity(rx.solve(TOY, "1/10")))


def test_the_structure_stays_as_far_as_closed_forms_say():
    """X = I_2, y = (3, -1), penalty 1/2: two neurons while penalty < 1 and y_1 < -1/2."""
    found = sensitivity(rx.solve(rx.Dataset([[1, 0], [0, 1]], [3, -1]), "1/2"), intervals="all")
    low, high = found.penalty.stays
    assert 0 < low < F(1, 4)
    assert F(95, 100) < high < 1
    low, high = found.targets[1].stays
    assert F(-1, 2) > high > F(-11, 20)
    assert low < -100
    assert found.targets[0].stays[0] < 1


@pytest.mark.parametrize("seed", [1, 12])
def test_the_structure_is_the_same_inside_and_the_intervals_are_not_short(seed):
    X, y, penalty = instance(seed)
    optimum = solved(X, y, penalty)
    known = sensitivity(optimum, intervals="penalty").penalty
    shape = {(neuron.sign, neuron.gate) for neuron in optimum.neurons}
    low, high = known.stays
    assert low < penalty < high
    for inside in (low, high):
        assert {(neuron.sign, neuron.gate) for neuron in solved(X, y, inside).neurons} == shape
    beyond = high + (high - penalty) / 2
    assert {(neuron.sign, neuron.gate) for neuron in solved(X, y, beyond).neurons} != shape


def test_more_digits_of_all_numbers():
    X, y, penalty = instance(1)
    known = sensitivity(solved(X, y, penalty), digits=10, entries=False, intervals="penalty")
    finer = rx.refine(known, 70)
    assert finer.digits == 70
    assert finer.penalty.stays == known.penalty.stays
    assert finer.entries[0][0].fit is None
    assert all(entry.high - entry.low <= F(1, 10**70) for entry in finer.penalty.fit)
    with pytest.raises(rx.InputError, match="a number of the derivative"):
        rx.refine(known.penalty, 70)


def test_a_pair_that_symmetric_data_divide_by_a_coincidence_has_a_kink():
    data = rx.Dataset(X=[[0, -2], [-3, -1], [0, 2], [3, 1]], y=[0, 2, 0, 2])  # one pair, two free directions
    found = rx.sensitivity(rx.solve(data, "80/23"), digits=12, intervals="all")
    assert all(change.fit is None and "coincidence" in change.reason for change in found.targets)
    assert found.penalty.value is not None
