"""Is a network optimal? The verdict is the exact objective's, the reason is the theory's."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from optimal_sets import five_points, solved, toy
from strategies import networks, problems

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.find_path import path
from reluexact.kinds.membership.find import contains, exact_value
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimal_set.movement import network, random_point
from reluexact.kinds.optimum.certified import certified_point
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.model.network import Network

F = Fraction
IRRATIONAL = ((1, 2), (3, -1), (2, 2)), (3, -4, 1), 1


def pythagoras():
    """Return the set of X = I, y = (3, 4), penalty 1: one neuron (3, 4)/5 of amount 4, value 9/2."""
    return solved(((1, 0), (0, 1)), (3, 4), 1)


def refuted(best, hidden, output):
    verdict = contains(best, Network(hidden, output))
    assert verdict.status is Status.REFUTED
    assert verdict.excess > 0
    assert verdict.witness == verdict.violated[0]
    assert verdict.reason == verdict.witness.text
    return verdict


@pytest.mark.parametrize(
    ("hidden", "output"),
    [
        ([["6/5", "8/5"]], [2]),
        ([["6/5", "8/5"], [0, 0]], [2, 0]),
        ([["18/25", "24/25"], [0, 0], ["24/25", "32/25"]], ["6/5", 0, "8/5"]),
        ([["24/25", "32/25"], ["18/25", "24/25"]], ["8/5", "6/5"]),
    ],
)
def test_optimal_networks(hidden, output):
    verdict = contains(pythagoras(), Network(hidden, output))
    assert verdict.status is Status.PROVED
    assert verdict.excess == 0
    assert verdict.violated == ()
    assert verdict.reason == "its objective 9/2 is the optimal value"
    assert contains(pythagoras(), (hidden, output)) == verdict


def test_not_balanced():
    verdict = refuted(pythagoras(), [["12/5", "16/5"]], [1])
    assert verdict.reason == "neuron 0 is not balanced: |w|^2 = 16, but a^2 = 1"
    assert verdict.witness.difference == 15
    assert [finding.condition for finding in verdict.violated] == ["balance"]
    assert verdict.excess == F(9, 2)


@pytest.mark.parametrize(("extra", "a"), [([0, 0], 1), ([1, 0], 0), ([-1, -1], 0)])
def test_half_zero_neurons_are_not_balanced(extra, a):
    verdict = refuted(pythagoras(), [["6/5", "8/5"], extra], [2, a])
    assert verdict.witness.condition == "balance"
    assert verdict.witness.neurons == (1,)


def test_wrong_fit():
    verdict = refuted(pythagoras(), [["3/5", "4/5"]], [1])
    assert verdict.reason == "the fit is wrong in row 0: 3/5 instead of 12/5"
    assert verdict.witness.row == 0
    assert verdict.witness.difference == F(3, 5) - F(12, 5)
    assert [finding.condition for finding in verdict.violated] == ["fit", "amounts"]
    assert verdict.violated[1].text.endswith("they sum to 1, those of optimal networks to 4")


def test_no_optimal_neuron_and_two_in_one_cone():
    # the right fit (12/5, 16/5), by neurons along the axes: amounts 9/4 and 16/9 are not 12/5 and 16/5
    verdict = refuted(pythagoras(), [["3/2", 0], [0, "4/3"]], ["3/2", "4/3"])
    assert [finding.condition for finding in verdict.violated] == ["fit", "neuron", "neuron", "cone"]
    assert verdict.violated[1].nearest == 0
    assert verdict.violated[1].difference.low ** 2 < (1 - F(3, 5)) ** 2 + F(4, 5) ** 2 < verdict.violated[1].difference.high ** 2
    assert verdict.violated[3].neurons == (0, 1)
    assert verdict.violated[3].text == "neurons 0 and 1 lie in one closed cell and are not collinear, so merging them is better"


def test_the_wrong_neurons_with_the_right_fit():
    exact = pythagoras()
    fit = [entry.low for entry in exact.fit()]
    assert fit == [F(12, 5), F(16, 5)]
    first = [F(6, 5) ** 2, F(4, 5) ** 2, F(2, 5) ** 2, F(2, 5) ** 2]
    second = [F(8, 5) ** 2, F(4, 5) ** 2]
    assert (sum(first), sum(second)) == (F(12, 5), F(16, 5))
    roots = [F(6, 5), F(4, 5), F(2, 5), F(2, 5)]
    hidden = [[r, 0] for r in roots] + [[0, F(8, 5)], [0, F(4, 5)]]
    verdict = refuted(exact, hidden, [*roots, F(8, 5), F(4, 5)])
    assert verdict.witness.condition == "neuron"
    assert verdict.excess == F(28, 5) - 4


def test_no_neuron_of_that_sign():
    verdict = refuted(pythagoras(), [["6/5", "8/5"], ["3/5", "4/5"]], [2, -1])
    assert verdict.violated[1].text == "neuron 1 is no optimal neuron: optimal networks have no neuron with negative output"


def test_neurons_of_different_sign_may_share_a_cell():
    verdict = refuted(pythagoras(), [[1, 0], [0, 1]], [1, -1])
    assert "cone" not in {finding.condition for finding in verdict.violated}


def test_opposite_neurons_that_never_fire_share_a_cell():
    best = solved(((1, 0), (2, 0)), (1, 2), 1)
    verdict = refuted(best, [[0, 1], [0, -1]], [1, 1])
    assert verdict.violated[-1].neurons == (0, 1)
    assert verdict.violated[-1].condition == "cone"


def test_the_empty_network():
    assert refuted(pythagoras(), [], []).reason == "the fit is wrong in row 0: 0 instead of 12/5"
    zero = solved(((1,), (2,)), (1, 2), 5)
    assert contains(zero, Network([], [])).status is Status.PROVED
    assert contains(zero, Network([[0]], [0])).status is Status.PROVED
    assert contains(zero, Network([["1/100"]], ["1/100"])).status is Status.REFUTED


def test_a_rational_network_next_to_an_irrational_optimum():
    best = solved(*IRRATIONAL)
    for digits in (5, 30, 150, 700):
        verdict = contains(best, network(best, digits=digits))
        assert verdict.status is Status.REFUTED
        assert verdict.excess.low > 0
        assert verdict.excess.high < F(1, 10 ** (digits - 3))
        assert verdict.reason
        assert verdict.violated


def test_networks_made_from_points_of_a_rational_set_are_found_optimal():
    best = solved(*five_points((1, 0, 1, 0, 1, 1))[:2], 1)
    one = network(best, best.vertices[0])
    assert contains(best, one).status is Status.PROVED
    inner = random_point(best, seed=5)
    near = contains(best, network(best, inner, digits=10))
    assert near.status is Status.REFUTED  # amounts without rational roots
    assert {finding.condition for finding in near.violated} == {"fit", "amounts"}


def test_long_rational_optima_are_recognised_by_the_exact_system():
    p, q = 10**30 + 57, 7 * 10**29 + 9  # a long Pythagorean triple: too long to be guessed from 40 decimals
    square = F(p * p + q * q)
    unit = (p * p - q * q) / square, 2 * p * q / square
    best = solved(((1, 0), (0, 1)), (5 * unit[0], 5 * unit[1]), 1)
    assert not best.optimum.value.is_rational
    given = Network([[2 * unit[0], 2 * unit[1]]], [2])
    verdict = contains(best, given)
    assert verdict.status is Status.PROVED
    assert verdict.excess == 0
    assert exact_value(certified_point(best.optimum), given) == F(9, 2)
    near = Network([[2 * unit[0], 2 * unit[1]]], [2 + F(1, 10**90)])
    assert contains(best, near).status is Status.REFUTED
    assert exact_value(certified_point(best.optimum), near) is None
    assert path(best, given, best.vertices[0], width=3).status is Status.PROVED
    c = 1 + F(1, 10**30)  # the same fit, off balance by less than 40 decimals of the objective show
    tilted = contains(best, Network([[c * w for w in given.hidden[0]]], [2 / c]))
    assert tilted.status is Status.REFUTED
    assert tilted.excess == 2 * (c - 1 / c) ** 2
    assert tilted.witness.condition == "balance"


def test_other_solutions_of_the_system_prove_nothing():
    best = solved(*IRRATIONAL)  # z = 0 solves its equations, too, but lies outside the proved box
    assert exact_value(certified_point(best.optimum), Network([], [])) is None


def test_floats_are_taken_exactly():
    best = toy()
    pair = (np.array([[0.25] * 4, [0.25] * 4]), np.array([0.5, 0.5]))
    assert contains(best, pair, floats="binary").status is Status.PROVED
    with pytest.raises(InputError, match="is not exact"):
        contains(best, pair)
    trained = contains(best, ([[0.3535533905932738] * 4], [0.7071067811865475]), floats="binary")
    assert trained.status is Status.REFUTED
    assert trained.witness.condition == "balance"
    assert trained.excess.high < F(1, 10**15)
    assert len(trained.reason) < 150


def test_bad_networks():
    with pytest.raises(InputError, match="is not a Network"):
        contains(toy(), "network")
    with pytest.raises(InputError, match="the network reads 1 column but the data has 4"):
        contains(toy(), Network([[1]], [1]))


@settings(max_examples=25)
@given(problems(rows=(1, 4), columns=(1, 2)), st.data())
def test_the_verdict_is_that_of_the_objective(problem, data):
    rows, penalty = problem
    optimum = solve(rows, penalty)
    if optimum.status is not Status.PROVED:
        return
    best = optimal_set(optimum)
    candidates = [optimum.network, data.draw(networks(columns=rows.d))]
    if best.vertices:
        candidates.append(network(best, width=best.min_width + 2))
    for candidate in candidates:
        verdict = contains(best, candidate)
        objective = candidate.objective(rows, penalty)
        assert verdict.status is not Status.UNDECIDED
        assert verdict.excess.low <= objective - optimum.lower
        assert objective - optimum.value.high <= verdict.excess.high
        if verdict.status is Status.PROVED:
            assert optimum.lower <= objective <= optimum.value.high
        else:
            assert objective > optimum.lower
            assert verdict.violated


def test_the_order_of_the_reasons():
    verdict = refuted(pythagoras(), [[1, 0], [0, 1], [1, 1]], [1, 1, 1])
    conditions = [finding.condition for finding in verdict.violated]
    assert conditions == sorted(conditions, key=["balance", "fit", "neuron", "cone", "amounts"].index)
    assert conditions[0] == "balance"
    assert [finding.neurons for finding in verdict.violated if finding.condition == "cone"] == [(0, 1), (0, 2)]


def test_repr_and_statement():
    verdict = contains(toy(), network(toy(), width=2))
    assert repr(verdict) == "Verdict(PROVED: its objective 3/4 is the optimal value)"
    assert verdict.statement == "the network of width 2 is a global optimum for penalty 1"
    assert Dataset(((1,),), (1,)).n == 1
