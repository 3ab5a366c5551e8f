"""Points with exact weights, and rational networks of a width at or next to them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from optimal_sets import five_points, listed, solved, toy

import reluexact as rx
from reluexact.errors import InputError, LimitReached
from reluexact.evidence.status import Status
from reluexact.kinds.membership.find import contains
from reluexact.kinds.optimal_set.movement import midpoint, network, point, random_point
from reluexact.model.network import Network
from reluexact.numbers.combination import Combination, combination
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.real import Real
from reluexact.numbers.squares import square_roots, unit_parts

F = Fraction


def irrational():
    return solved(((1, 2), (3, -1), (2, 2)), (3, -4, 1), 1)


def planar():
    """Return a paired optimum of dimension 1 whose amounts are irrational."""
    return solved(((2, 1), (1, -1), (-1, 2), (-2, -1)), (3, 2, 2, 1), F(1, 2))


def test_points_of_the_toy():
    best = toy()
    assert point(best, [1, 0]).amounts == best.vertices[0].amounts
    assert point(best, ["1/3", "2/3"]).amounts == (F(1, 6), F(1, 6), F(1, 6))
    assert midpoint(best).support == (0, 1, 2)
    assert point(best, [0, 1]).support == (1, 2)
    assert point(best, [0, 1]).width == 2


@pytest.mark.parametrize("weights", [[1], [1, 1], [2, -1], ["1/2", "1/3"]])
def test_weights_are_a_convex_combination(weights):
    with pytest.raises(InputError, match="weights"):
        point(toy(), weights)


@given(st.integers(0, 10**9), st.integers(1, 200))
def test_random_points_are_exact_inner_and_repeatable(seed, steps):
    best = listed([(0, 1), (0, 2), (1, 2), (3,)])
    found = random_point(best, seed=seed, steps=steps)
    assert sum(found.weights) == 1
    assert all(weight > 0 for weight in found.weights)
    assert found.support == (0, 1, 2, 3)
    assert found == random_point(best, seed=seed, steps=steps)
    for k, amount in enumerate(found.amounts):
        assert amount == sum(w for w, vertex in zip(found.weights, best.vertices, strict=True) if k in vertex.support)


def test_random_points_spread():
    best = listed([(0,), (1,), (2,)])
    weights = [random_point(best, seed=seed, steps=50).weights[0] for seed in range(400)]
    mean = sum(weights) / len(weights)
    square = sum(w * w for w in weights) / len(weights)
    assert abs(mean - F(1, 3)) < F(1, 20)  # a uniform point of the triangle: mean 1/3, second moment 1/6
    assert abs(square - F(1, 6)) < F(1, 25)


def test_random_points_of_a_single_one():
    best = irrational()
    assert random_point(best, seed=0).weights == (1,)
    with pytest.raises(InputError, match="seed"):
        random_point(best, seed=0.5)
    with pytest.raises(InputError, match="steps"):
        random_point(best, seed=1, steps=0)


def test_networks_are_exact_where_they_can_be():
    best = toy()
    two = network(best, best.vertices[1])
    assert two == Network([["1/2", 0, 0, 0], ["-1/4", "1/4", "1/4", "1/4"]], ["1/2", "1/2"])
    assert contains(best, two).status is Status.PROVED
    for width in range(2, 9):  # the amount 1/2 is no square, but a sum of two and more
        copies = network(best, best.vertices[0], width=width)
        assert copies.width == width
        assert contains(best, copies).status is Status.PROVED
    for width in range(2, 9):
        assert contains(best, network(best, best.vertices[1], width=width)).status is Status.PROVED
    wide = network(best, best.vertices[1], width=4, zeros=True)
    assert wide == Network([*two.hidden, [0] * 4, [0] * 4], [*two.output, 0, 0])


def test_long_exact_weights_stay_exact():
    scale = F(10**40 + 1, 10**39 + 7)
    best = solved(((1, 0), (0, 1)), (3 * scale**2, 4 * scale**2), scale**2)
    if best.vertices[0].amounts[0].is_rational:
        assert contains(best, network(best, digits=3)).status is Status.PROVED
    assert network(best, digits=3).output[0] - 2 * scale < F(1, 1000)


@pytest.mark.parametrize("digits", [1, 10, 30, 100, 300])
def test_networks_are_close_and_closer(digits):
    best = irrational()
    coarse, fine = network(best, digits=digits), network(best, digits=digits + 40)
    pairs = zip((*coarse.hidden, coarse.output), (*fine.hidden, fine.output), strict=True)
    assert max(abs(a - b) for rows in pairs for a, b in zip(*rows, strict=True)) < F(2, 10**digits)
    excess = contains(best, coarse).excess
    assert 0 < excess.low < F(1, 10**digits)  # first order: a neuron lies on a hyperplane


def test_a_split_of_irrational_amounts_is_equal():
    best = irrational()
    wide = network(best, width=4)
    assert wide.output[0] == wide.output[1] == wide.output[2]
    assert contains(best, wide).excess < F(1, 10**50)


def test_points_of_a_set_with_irrational_amounts():
    best = planar()
    inner = random_point(best, seed=1)
    assert all(amount > 0 for k, amount in enumerate(inner.amounts) if k in inner.support)
    total = combination([(F(1), amount) for amount in inner.amounts])
    finer = total.refined(60)
    assert best.total.low <= finer.high
    assert finer.low <= best.total.high
    assert contains(best, network(best, inner, digits=50)).excess < F(1, 10**60)


def test_widths_below_the_support():
    with pytest.raises(InputError, match="this optimum has 2 neurons, which do not fit into 1 slots; give at least 2"):
        network(toy(), toy().vertices[1], width=1)
    with pytest.raises(InputError, match="digits"):
        network(toy(), digits=0)
    with pytest.raises(InputError, match="amounts: a list is no place"):
        network(toy(), [1, 0, 0])
    with pytest.raises(InputError, match="another optimal set"):
        network(toy(), irrational().vertices[0])


def test_the_zero_network():
    zero = solved(((1,), (2,)), (1, 2), 5)
    assert network(zero) == Network([], [])
    assert network(zero, width=2) == Network([[0], [0]], [0, 0])


def test_five_points_midpoint():
    best = solved(*five_points((1, 0, 1, 0, 1, 1))[:2], 1)
    assert midpoint(best).width == 6
    assert contains(best, network(best, midpoint(best), digits=40)).excess < F(1, 10**60)


@given(st.fractions(F(1, 50), 20, max_denominator=60), st.integers(1, 7))
def test_sums_of_squares(value, count):
    roots = square_roots(value, count)
    if roots is None:
        assert count < 4 or value.numerator * value.denominator > 100
    else:
        assert len(roots) == count
        assert min(roots) > 0
        assert sum(root * root for root in roots) == value


@given(st.integers(1, 40))
def test_parts_of_one(count):
    assert sum(root * root for root in unit_parts(count)) == 1
    assert min(unit_parts(count)) > 0


def test_combinations_stay_as_exact_as_their_terms():
    root = Real.of_radical(RadicalSum.root(F(2)))
    enclosed = Real(low=F(1), high=F(2), origin=Combination(((F(1), root),)))
    assert combination([(F(2), root), (F(-2), root)]) == 0
    assert combination([(F(1), root)]) is root
    assert combination([]) == 0
    mixture = combination([(F(-3), enclosed), (F(1), root), (F(5), Real.rational(0))])
    assert mixture.decimal(30) == "-2.82842712474619009760337744842"
    assert combination([(F(1), Real(low=F(0), high=F(1))), (F(1), root)]).high > 2
    with pytest.raises(LimitReached):
        combination([(F(1), Real(low=F(0), high=F(1))), (F(1), root)]).decimal(5)


def test_a_place_of_another_set_is_refused():
    data = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    here, there = (rx.optimal_set(rx.solve(data, penalty)) for penalty in ("1/10", "1/2"))
    for place in (there.vertices[1], there.midpoint(), there.least_norm(), there.minimum_network()):
        with pytest.raises(rx.InputError, match="another optimal set"):
            here.network(place)


def test_networks_of_selections_and_of_the_smallest_network():
    data = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    best = rx.optimal_set(rx.solve(data, 1))
    assert best.network(best.minimum_network()).width == 1
    spread = best.network(best.least_norm())
    assert spread.width == 3
    assert spread.objective(data, 1) - best.optimum.value.low < Fraction(1, 10**25)
    data = rx.Dataset([[-7, -7], [6, 0], [2, 2], [4, -9], [0, -7]], [-2, 8, 1, -8, 1])
    paired = rx.optimal_set(rx.solve(data, Fraction(49, 31)))
    assert paired.dimension == 1
    coarse = replace(paired.least_norm(), amounts=tuple(Real(low=a.low, high=a.high) for a in paired.least_norm().amounts))
    with pytest.raises(rx.LimitReached, match="pass a smaller digits="):
        paired.network(coarse, digits=1000)
    excess = paired.network(paired.least_norm(), digits=10).objective(data, Fraction(49, 31)) - paired.optimum.value.high
    assert excess < Fraction(1, 10**6)


def test_numpy_integers_and_decimals_are_welcome_where_the_message_says_so():
    data = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    best = rx.optimal_set(rx.solve(data, 1))
    assert best.network(width=np.int64(2)).width == 2
    assert best.point([0.5, 0.5], floats="decimal") == best.midpoint()
    with pytest.raises(rx.InputError, match="seed"):
        best.random_point(seed=-1)
    with pytest.raises(rx.InputError, match="is not the answer of solve"):
        rx.optimal_set(data)
    with pytest.raises(rx.InputError, match="cannot be written"):
        best.save("x" * 5000)
