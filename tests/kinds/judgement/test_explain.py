"""Why a network is above the optimum: the steps add up, their objectives are exact, and parts that do not serve say so."""

from __future__ import annotations

from fractions import Fraction

import pytest
from make_judgements import BEST, LABELS, ROOF, STEP, TWO_POINTS

import reluexact as rx
from reluexact.kinds.judgement.explanation import STEPS
from reluexact.kinds.judgement.neurons import root_bounds
from reluexact.kinds.judgement.reasons import explanation_json, explanation_pairs
from reluexact.kinds.judgement.rebuilt import balanced_parts, merged_parts

DATA = rx.Dataset([[1, 0], [0, 1], [1, 1], [-1, 2]], [1, 2, -1, 3])
PROBLEM = rx.Problem(DATA, "1/2")
NETWORK = rx.Network([[1, 1], [2, 1], [0, -1]], [1, 1, -2])
BIASED = rx.BiasedNetwork([[1], [-2], [3], [0]], [1, 1, 2, 3], hidden_bias=[-1, 3, -4, 1])
TOY = rx.Problem(rx.Dataset([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1]), "1/10")


def explained(network, problem, **options):
    found = rx.judge(network, problem)
    return found, found.explain(**options)


CASES = [
    (NETWORK, PROBLEM),
    (rx.Network([[1, 1]], [1]), rx.Problem(DATA, "1/2", weights=[1, 2, 1, "1/3"])),
    (rx.Network([], []), PROBLEM),
    *((BIASED, rx.Problem(LABELS, "1/10", loss, "free", "free")) for loss in ("squared", "hinge", "huber(1)", "logistic")),
    (STEP, rx.Problem(LABELS, "1/10", "squared_hinge", "free", "free", "penalised", [1, 2, 1, "1/3"])),
]


@pytest.mark.parametrize(("network", "problem"), CASES)
def test_the_steps_add_up_to_the_excess(network, problem):
    found, why = explained(network, problem)
    assert [step.name for step in why.steps] == list(STEPS)
    value = found.objective
    for step in why.steps[:-1]:
        assert step.objective == problem.objective(step.network)
        assert step.gain.low == step.gain.high == value - step.objective >= 0
        value = step.objective
    low, high = (sum(getattr(step.gain, end) for step in why.steps) for end in ("low", "high"))
    assert found.excess.low <= low <= high == found.excess.high
    assert why.steps[-1].objective == problem.objective(why.steps[-1].network)


def test_what_balance_and_merging_win_is_known():
    """The neuron (18, 1/2) has the amount 9; with (4, 4), on the same ray, it has 25, the neuron (5, 5)."""
    problem = rx.Problem(rx.Dataset([[1], [2]], [1, 2]), "1/2")
    _, why = explained(rx.Network([[18], [1], [4]], ["1/2", 0, 4]), problem)
    balance, merging = why.steps[:2]
    assert balance.network == rx.BiasedNetwork([[3], [4]], [3, 4])
    assert balance.gain.low == Fraction(1, 4) * (18**2 + Fraction(1, 4) + 1 - 2 * 9)
    assert (merging.network, merging.gain.high) == (rx.BiasedNetwork([[5]], [5]), 0)


def test_neurons_of_one_cell_are_shorter_together():
    problem = rx.Problem(rx.Dataset([[1, 0], [0, 1]], [1, 2]), "1/2")
    _, why = explained(rx.Network([[1, 0], [0, 1]], [1, 1]), problem)
    gain = why.steps[1].gain.low  # 1 + 1 becomes the root of 2
    assert abs(float(gain) - 0.5 * (2 - 2**0.5)) < 1e-12
    assert why.steps[0].gain.high == 0


def test_amounts_suffice_where_the_directions_are_those_of_the_optimum():
    found, why = explained(rx.Network([["1/2"]], [1]), TWO_POINTS)
    steps = {step.name: step.gain.low for step in why.steps}
    assert steps["amounts"] > 0
    assert steps["directions"] + steps["missing neurons"] < found.excess.high / 10**9


def test_directions_within_the_cells_reach_the_optimum_of_one_cell():
    problem = rx.Problem(rx.Dataset([[1, 0], [0, 1]], [3, 4]), 1)
    found, why = explained(rx.Network([[1, 1]], [1]), problem)
    assert why.steps[3].gain.low > 0
    assert why.steps[4].gain.high < found.excess.high / 10**6


def test_foreign_neurons_are_in_no_optimal_network():
    _, why = explained(rx.Network([["1/4"], ["-1"], [0]], [1, "1/8", 0]), TWO_POINTS)
    assert [fate.foreign for fate in why.fates] == [None, True, False]
    assert why.foreign == (1,)
    assert why.fates[0].tightness.high == 1
    assert [neuron.direction[0].low for neuron in rx.solve(TWO_POINTS).neurons] == [1]


def test_the_neurons_of_an_optimum_are_never_foreign():
    for problem in (PROBLEM, rx.Problem(LABELS, "1/10", "hinge", "free", "free"), TOY):
        optimum = rx.solve(problem)
        _, why = explained(optimum.network, problem)
        for fate in why.fates:  # the rational network is next to the optimum, its neurons next to the optimal directions
            assert fate.tightness.high > 1 - Fraction(1, 10**12)


def test_a_missing_neuron_wins_what_it_says():
    found, why = explained(NETWORK, PROBLEM)
    assert why.missing.gain == found.objective - PROBLEM.objective(why.missing.network) > 0
    assert why.missing.network.width == NETWORK.width + 1
    assert why.missing.gain <= found.excess.high
    assert explained(BEST, TWO_POINTS)[1].missing is None


def test_the_width_and_the_best_of_this_width():
    """The toy set has an optimal network of one neuron, others of two; without any there is only the zero network."""
    problem = rx.Problem(DATA, "1/2")
    _, why = explained(rx.Network([[1, 1]], [1]), problem)
    assert (why.fewest.upper, why.enough) == (2, False)
    assert why.width_optimum.value == rx.solve_width(problem, width=1).value
    _, why = explained(NETWORK, problem)
    assert why.enough is True
    assert "as few neurons" in why.reason("width_optimum")


def test_stationarity_pruning_and_distances():
    found, why = explained(NETWORK, PROBLEM)
    assert why.stationarity.objective == found.objective
    assert why.pruned.network.width <= NETWORK.width
    best = rx.solve(PROBLEM)
    exact = sum((f - (y - t.middle)) ** 2 for f, y, t in zip(NETWORK.predict(DATA.X), DATA.y, best.residual, strict=True))
    assert abs(float(why.fit_distance) - float(exact) ** 0.5) < 1e-12
    low, high = why.weight_distance
    assert 0 < low <= high
    near = explained(best.network, PROBLEM)[1].weight_distance
    assert near[1] < Fraction(1, 10**15)


def test_the_weight_distance_is_that_of_a_known_network():
    """The optimum is (1/2, 1/2) alone: the neuron (1, 1) is sqrt(1/2) away from it, and on its ray."""
    low, high = explained(rx.Network([[1]], [1]), TWO_POINTS)[1].weight_distance
    assert low == 0
    assert abs(float(high) - 0.5**0.5) < 1e-9
    low, high = explained(rx.Network([["-1/2"]], ["1/2"]), TWO_POINTS)[1].weight_distance
    assert abs(float(low) - 0.5**0.5) < 1e-9  # (w.u + s a) = 0: as far from the ray as from 0
    assert low <= high


@pytest.mark.parametrize(
    ("problem", "part", "words"),
    [
        (rx.Problem(LABELS, "1/10", "logistic", "free", "free"), "optimum", "logistic"),
        (rx.Problem(LABELS, "1/10", "logistic", "free", "free"), "fates", "not proved"),
        (rx.Problem(LABELS, "1/10", "hinge", "free", "free"), "fit_distance", "strictly convex"),
        (rx.Problem(LABELS, "1/10", "logistic", "free", "free"), "stationarity", "no rational numbers"),
        (rx.Problem(LABELS, "1/10", "hinge", "free", "free"), "fewest", "strictly convex loss"),
        (rx.Problem(LABELS, "1/10", "squared", "free", "free"), "weight_distance", "row weights only"),
        (rx.Problem(LABELS, "1/10", "squared", "free", "free"), "width_optimum", "row weights only"),
    ],
)
def test_what_does_not_serve_says_why(problem, part, words):
    _, why = explained(BIASED, problem)
    assert getattr(why, part) is None
    assert words in why.reason(part)


def test_the_fewest_neurons_with_free_biases_are_bounded_by_kinks():
    """One kink needs a neuron, and one more at most, for the slope before it."""
    problem = rx.Problem(LABELS, "1/10", output_bias="free", hidden_bias="free")
    found = [explained(network, problem)[1] for network in (rx.BiasedNetwork([], []), rx.BiasedNetwork([[1]], [1]), BIASED)]
    assert {why.neurons for why in found} == {rx.sparsest_spline(rx.solve(problem)).neurons} == {(1, 2)}
    assert [why.enough for why in found] == [False, None, True]
    hinge = explained(BIASED, rx.Problem(LABELS, "1/10", "hinge", "free", "free"))[1]
    used = sum(neuron.amount is not None for neuron in hinge.optimum.neurons)
    assert (hinge.fewest, hinge.neurons, hinge.enough) == (None, (0, used), True)


def test_a_time_limit_names_itself():
    found = rx.judge(NETWORK, PROBLEM)
    why = found.explain(time_limit="1/1000000")
    assert "time_limit" in why.reason("optimum")
    assert why.fates is None


def test_only_judgements_are_explained():
    with pytest.raises(rx.InputError, match="a Network is no judgement"):
        rx.explain(NETWORK)


def test_constant_neurons_move_into_a_free_output_bias():
    problem = rx.Problem(LABELS, 1, hidden_bias="free", output_bias="free")
    network = rx.BiasedNetwork([[0], [1]], [3, 2], hidden_bias=[2, 0], output_bias=1)
    balanced = balanced_parts(problem, network)
    assert (balanced.width, balanced.output_bias) == (1, 7)
    assert balanced.predict([[5]])[0] == pytest.approx(17)


def test_merging_leaves_the_fit():
    merged = merged_parts(rx.Problem(LABELS, 1, hidden_bias="free", output_bias="free"), ROOF)
    assert merged == ROOF  # of different cells
    twice = rx.BiasedNetwork([[1], [1]], [1, 1], hidden_bias=["-1/2", "-1/4"])
    one = merged_parts(rx.Problem(LABELS, 1, hidden_bias="free", output_bias="free"), twice)
    assert one.width == 1
    for x in range(4):
        assert abs(one.predict([[x]])[0] - twice.predict([[x]])[0]) < Fraction(1, 10**20)


def test_roots_are_bounded():
    for square in (Fraction(0), Fraction(1, 3), Fraction(1, 10**60), Fraction(10**50 + 1)):
        low, high = root_bounds(square)
        assert low * low <= square <= high * high
        assert high - low <= low / 2**60 or not square


def test_how_far_from_stationary_is_told():
    """At the constant 1 in the place of 3/2 the slope is the sum of the residuals, 1."""
    problem = rx.Problem(rx.Dataset([[1], [2]], [1, 2]), "1/10", output_bias="free")
    _, why = explained(rx.BiasedNetwork([], [], output_bias=1), problem)
    assert dict(explanation_pairs(why))["stationary"] == "not stationary; its shortest subgradient has the length 1"
    assert explanation_json(why)["subgradient"]["low"] == "1"
    best = explained(rx.BiasedNetwork([], [], output_bias="3/2"), problem)[1]
    assert "subgradient" not in dict(explanation_pairs(best))["stationary"]
