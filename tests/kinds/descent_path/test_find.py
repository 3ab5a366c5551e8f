"""The way down: on known examples, on random ones against an independent judge, and under symmetries."""

from __future__ import annotations

import json
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from path_judges import judge
from strategies import matrices, networks, problems

import reluexact as rx
from reluexact import checker
from reluexact.kinds.descent_path.certificate import to_document
from reluexact.kinds.descent_path.find import feature_rank
from reluexact.kinds.descent_path.rational import PathProblem, first_pieces, merge_groups
from reluexact.numbers.linalg import rank

CLARKE = (rx.Dataset([[0, 1], [1, -1]], [2, 2]), 1)
SECOND = (rx.Dataset([[1, -1], [0, 1]], ["11/10", "1/5"]), "1/10")
METHODS = ("auto", "direct", "walk")


def kinds(way):
    return [piece.kind for piece in way.pieces]


@pytest.mark.parametrize(("problem", "value"), [(CLARKE, "2.664213562373095049"), (SECOND, "0.09028174593052022768")])
@pytest.mark.parametrize("method", METHODS)
def test_from_a_clarke_point_with_one_free_slot(problem, value, method):
    way = judge(rx.descent_path(rx.Network([[1, 0], [0, 0]], [1, 0]), *problem, method=method))
    assert way.status is rx.Status.PROVED
    assert way.end.decimal(19) == value  # 5/4 + sqrt(2), and 11 sqrt(2) / 200 + 1/80: each row alone
    assert way.width_needed == 2


@pytest.mark.parametrize("problem", [CLARKE, SECOND])
def test_a_clarke_point_alone_is_too_narrow_and_the_path_leads_to_the_best(problem):
    way = judge(rx.descent_path(rx.Network([[1, 0]], [1]), *problem))
    assert way.status is rx.Status.REFUTED
    assert way.reason == "no network of width 1 is a global optimum: the fewest neurons are 2"
    assert (way.fewest, way.width_needed) == (2, 2)
    best = rx.descent_path(rx.Network([[1, 0]], [1]), *problem, method="walk").end
    assert way.end == best < way.start


def test_the_straight_way_says_what_it_needs():
    data = rx.Dataset([[1], [-1]], [1, 2])
    way = judge(rx.descent_path(rx.Network([[1], [-1]], [-1, -1]), data, "1/10", method="direct"))
    assert way.status is rx.Status.UNDECIDED
    assert way.reason == "width 2 is too small for this construction: the straight way needs 4"
    walked = judge(rx.descent_path(rx.Network([[1], [-1]], [-1, -1]), data, "1/10"))
    assert (walked.status.name, walked.width_needed) == ("PROVED", 2)
    assert [len(piece.after.held) for piece in walked.pieces] == [0, 2]


TRAPS = [
    ([[-1, 1], [-1, -2]], [-3, -3], "1/2", [[1, 2]], [-1], 1, 2),
    ([[2, -1], [-2, 1], [0, 2]], [-1, 1, -3], 1, [[0, -2], [-2, 2]], [-1, 1], 2, 3),
]


@pytest.mark.parametrize(("X", "y", "penalty", "hidden", "output", "fewest", "needed"), TRAPS)
def test_a_local_minimum_of_the_width_is_named(X, y, penalty, hidden, output, fewest, needed):
    data, network = rx.Dataset(X, y), rx.Network(hidden, output)
    way = judge(rx.descent_path(network, data, penalty))
    assert way.status is rx.Status.UNDECIDED
    assert way.reason.startswith(
        f"width {network.width} is too small for this construction; the network reached is a local minimum"
    )
    assert (way.fewest, way.width_needed) == (fewest, needed)
    last, rng = way.network_at(len(way.pieces), bits=200), random.Random(0)
    for _ in range(300):  # no network nearby is better
        scale = Fraction(1, rng.choice([100, 10_000]))
        near = rx.Network(
            [[w + scale * rng.randint(-9, 9) for w in weights] for weights in last.hidden],
            [a + scale * rng.randint(-9, 9) for a in last.output],
        )
        assert near.objective(data, penalty) > way.end.low
    spare = [[0] * data.d] * (needed - network.width)
    wider = rx.Network([*hidden, *spare], [*output, *[0] * len(spare)])
    assert judge(rx.descent_path(wider, data, penalty)).status is rx.Status.PROVED


def test_all_kinds_of_pieces():
    network = rx.Network([[1, 0], [0, 0], [1, 3], [2, 2], [-1, -1]], [1, 0, 2, 1, -1])
    way = judge(rx.descent_path(network, *CLARKE, method="walk"))
    assert kinds(way) == ["balance", "merge", "prune", "interpolate", "interpolate"]
    assert way.pieces[1].groups == ((0, 3),)
    assert way.pieces[2].null_vector == (0, 0, 0, 0, 1)  # the neuron that fires on no row


def test_a_dependent_neuron_is_pruned_with_the_right_sign():
    data = rx.Dataset([[1, 0], [0, 1]], [1, 1])
    start, pieces = first_pieces(PathProblem(data=data, penalty=Fraction(1)), rx.Network([[3, -1], [-1, 4], [3, 4]], [1, 1, 1]))
    assert [piece.kind for piece in pieces] == ["balance", "prune"]  # no two share a closed cell
    assert (start.held, pieces[-1].after.held) == ((0, 1, 2), (2,))  # sqrt(10) + sqrt(17) > 5
    assert [entry.low for entry in pieces[-1].after.slots[2].vector] == [6, 8]


@pytest.mark.parametrize("network", [rx.Network([], []), rx.Network([[0]], [0]), rx.Network([[0], [0]], [1, 0])])
def test_zero_networks(network):
    data = rx.Dataset([[1], [2]], [1, 2])
    way = judge(rx.descent_path(network, data, 1))
    assert way.status is (rx.Status.PROVED if network.width else rx.Status.REFUTED)
    at_most = judge(rx.descent_path(network, data, 50))
    assert (at_most.status, at_most.end) == (rx.Status.PROVED, Fraction(5, 2))


def test_from_the_optimum_itself_the_path_is_flat():
    data = rx.Dataset([[1, 0], [0, 1]], [3, 4])
    way = judge(rx.descent_path(rx.Network([["6/5", "8/5"]], [2]), data, 1))
    assert (kinds(way), way.width_needed) == (["interpolate"], 1)
    assert way.end == way.start


def test_real_data_with_the_fewest_neurons_of_an_optimum():
    data = rx.Dataset.read("examples/data/anscombe2.csv", bias=True)
    network = rx.Network([[1, 3], [-1, "5/2"], [0, 0], ["1/2", -3], [0, 0], [2, -9]], [2, 3, 0, -1, 0, 1])
    way = judge(rx.descent_path(network, data, "1/10"))
    assert way.status is rx.Status.PROVED
    assert way.end.decimal(30) == "1.58339560501214710410378508249"


def test_columns_of_large_data_are_not_enumerated():
    rng = random.Random(5)
    X = [[rng.randint(-9, 9), rng.randint(-9, 9), 1] for _ in range(25)]
    data = rx.Dataset(X, [rng.randint(-9, 9) for _ in X])
    network = rx.Network(
        [[rng.randint(-5, 5) for _ in range(3)] for _ in range(5)] + [[0] * 3] * 4, [1, -1, 2, 1, -2, 0, 0, 0, 0]
    )
    way = judge(rx.descent_path(network, data, 30))
    assert way.status is rx.Status.PROVED
    assert way.end.decimal(20) == "341.65870642153126212"
    report = checker.check_document(json.dumps(to_document(way)))
    assert report.verified, (report.path, report.reason)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_random_networks_come_down(draws):
    data, penalty = draws.draw(problems(rows=(1, 5)))
    network = draws.draw(networks(columns=data.d, width=(0, data.n + 2)))
    way = judge(rx.descent_path(network, data, penalty, method=draws.draw(st.sampled_from(METHODS))))
    enough = network.width >= rx.no_spurious_valley_width(data) and way.method != "direct"
    if enough and way.status is not rx.Status.PROVED:
        assert "is not proved" in way.reason
    assert way.width_needed <= max(network.width, rx.no_spurious_valley_width(data))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_order_scale_and_splitting_change_nothing(draws):
    data, penalty = draws.draw(problems(rows=(1, 4), columns=(1, 2)))
    network = draws.draw(networks(columns=data.d, width=(1, 4)))
    way = rx.descent_path(network, data, penalty)
    order = draws.draw(st.permutations(range(network.width)))
    assert rx.descent_path(rx.permuted(network, order), data, penalty).status is way.status
    double = rx.Dataset(data.X, [3 * target for target in data.y])
    larger = rx.Network(network.hidden, [3 * amount for amount in network.output])
    scaled = rx.descent_path(larger, double, 3 * penalty)
    assert scaled.status is way.status
    if way.status is rx.Status.PROVED:
        assert abs(scaled.end.low - 9 * way.end.low) < Fraction(1, 10**25)
        wider = rx.Network([*network.hidden, network.hidden[0]], [*network.output, Fraction(0)])
        assert rx.descent_path(wider, data, penalty).status is rx.Status.PROVED


@settings(max_examples=60, deadline=None)
@given(matrices(rows=(1, 6), columns=(1, 3)), st.integers(0, 99))
def test_the_rank_of_the_features(X, seed):
    rng = random.Random(seed)
    d = len(X[0])
    rows = [[max(Fraction(0), sum(a * u for a, u in zip(x, point, strict=True))) for x in X] for point in points(rng, d)]
    assert rank(rows) == feature_rank(rx.Dataset(X, [0] * len(X))) <= len(X)


def points(rng, d):
    return [[rng.randint(-50, 50) for _ in range(d)] for _ in range(400)]


def test_groups_to_merge_have_one_sign_and_one_closed_cell():
    data = rx.Dataset([[1, 0], [0, 1]], [1, 1])
    neurons = rx.Network([[1, 0], [0, 1], [1, -1], [1, 1], [-1, -1]], [1, 1, 1, -1, 1])
    start, pieces = first_pieces(PathProblem(data=data, penalty=Fraction(1)), neurons)
    assert merge_groups(start.slots) == ((0, 1),)  # (1, -1) is on the other side of the second row than (0, 1)
    assert pieces[-1].kind == "prune"


def test_times_and_methods_are_checked():
    way = rx.descent_path(rx.Network([[1, 0], [0, 0]], [1, 0]), *CLARKE)
    assert way.objective(0) == way.start
    with pytest.raises(rx.InputError, match="not between 0 and 1"):
        way.objective("3/2")
    with pytest.raises(rx.InputError, match="choose one of auto, direct, walk"):
        rx.descent_path(rx.Network([[1, 0]], [1]), *CLARKE, method="up")
    with pytest.raises(rx.InputError, match="reads 1 column"):
        rx.descent_path(rx.Network([[1]], [1]), *CLARKE)
    plan = way.sample(10)
    assert len(plan.times) == len(plan.objectives) == 11
    assert all(b <= a for a, b in zip(plan.objectives, plan.objectives[1:], strict=False))


def test_floats_need_a_meaning():
    with pytest.raises(rx.InputError, match="floats"):
        rx.descent_path(([[0.5, 0.0]], [1.0]), *CLARKE)
    assert rx.descent_path(([[0.5, 0.0], [0.0, 0.0]], [1.0, 0.0]), *CLARKE, floats="binary").status is rx.Status.PROVED


def test_the_old_name_gives_the_same_and_says_so():
    data, network = rx.Dataset([[0, 1], [1, -1]], [2, 2]), rx.Network([[1, 0], [0, 0]], [1, 0])
    with pytest.warns(DeprecationWarning, match="way_down is now called descent_path"):
        path = rx.way_down(network, data, 1)
    assert path == rx.descent_path(network, data, 1)


TIE = {
    "hidden": [
        ["0.6609582135332354", "-0.48100388614775985", "-1.8528333014280552e-16"],
        ["0.24173174531072178", "-0.29012008189006017", "0.04838833657933782"],
        ["-0.7042016443809966", "0.5867497955372919", "0.11745184884370442"],
    ],
    "output": ["0.8174536675104548", "0.38071686293593315", "0.9241050888880321"],
}
"""A trained network for exclusive or, near the optimum of a program whose irrational optimum is not unique."""


def test_a_way_through_a_program_with_a_tie():
    data = rx.Dataset(X=[[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], y=[0, 1, 1, 0])
    way = rx.descent_path(rx.Network(TIE["hidden"], TIE["output"]), data, "1/4")
    assert (way.status, way.width_needed) == (rx.Status.PROVED, 3)
    assert way.end.low <= rx.solve(data, "1/4").value.high
    assert way.end.decimal(12) == "0.523165048309"
