"""Bounds of extended problems: what is known by hand, what changes nothing, what is broken, and files."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest
from random_problems import LOSSES, problem_of, random_case

import reluexact as rx
from reluexact.evidence.bound import BoundProof
from reluexact.kinds.bound.find import bound, prove_bound
from reluexact.kinds.files import certificate, read
from reluexact.search.problem_bound import bound_problem, check_problem_bound

NEAR = F(1, 10**6)


def close(one, other):
    """Say whether two enclosures can be the same number, and both are narrow."""
    size = max(1, abs(one.upper)) * NEAR
    return one.lower <= other.upper and other.lower <= one.upper and max(one.upper - one.lower, other.upper - other.lower) <= size


def cases(count, **options):
    return [pytest.param(random_case(seed, **options), id=f"{seed}") for seed in range(count)]


def changed(case, **parts):
    names = ("X", "y", "penalty", "loss", "output_bias", "hidden_bias", "skip", "weights")
    table = dict(zip(names, case, strict=True)) | parts
    return bound_problem(problem_of(tuple(table[name] for name in names)))


@pytest.mark.parametrize("case", cases(10))
def test_a_weight_of_two_is_the_row_twice(case):
    X, y, *_, weights = case
    old = weights or [1] * len(y)
    doubled = changed(case, weights=[2 * old[0], *old[1:]])
    twice = changed(case, X=[X[0], *X], y=[y[0], *y], weights=[old[0], *old])
    assert close(doubled, twice)


@pytest.mark.parametrize("case", cases(8, loss="squared"))
def test_huber_with_a_large_delta_is_squared(case):
    assert close(changed(case), changed(case, loss="huber(1000)"))


@pytest.mark.parametrize("case", cases(8, loss="absolute", skip="none", output="none"))
def test_a_quantile_of_one_half_is_half_of_absolute(case):
    half = changed(case, loss="quantile(1/2)", penalty=case[2] / 2)
    whole = changed(case)
    assert close(replace(half, lower=2 * half.lower, upper=2 * half.upper), whole)


@pytest.mark.parametrize("case", cases(8, hidden="free"))
def test_with_a_free_bias_the_origin_of_the_features_is_free(case):
    if case[6] == "penalised":
        case = (*case[:6], "free", case[7])
    moved = [[x + shift for x, shift in zip(row, (7, -3), strict=False)] for row in case[0]]
    assert close(changed(case), changed(case, X=moved))


@pytest.mark.parametrize("loss", [loss for loss in LOSSES if "hinge" not in loss])
def test_with_a_free_skip_connection_a_linear_function_of_the_targets_is_free(loss):
    case = random_case(3, loss=loss, skip="free", hidden="none")
    bent = [y + 5 * row[0] for row, y in zip(case[0], case[1], strict=True)]
    assert close(changed(case), changed(case, y=bent))


@pytest.mark.parametrize("loss", ["hinge", "squared_hinge"])
def test_separable_labels_cost_nothing_but_the_margin(loss):
    """A free linear part that separates with margin 1 has loss 0: no neuron, value 0."""
    data = rx.Dataset([[0, 1], [1, 2], [5, 1], [6, 0]], [-1, -1, 1, 1])
    proof = bound_problem(rx.Problem(data, 1, loss, output_bias="free", skip="free"))
    assert proof.lower == 0 <= proof.upper <= NEAR


def test_the_short_form_goes_todays_way():
    data = rx.Dataset([[1, 2], [3, -1], [0, 1]], [1, 2, -1], bias=True)
    today = prove_bound(data, 2)
    for problem in (
        rx.Problem(data, 2),
        rx.Problem(rx.Dataset([[1, 2], [3, -1], [0, 1]], [1, 2, -1]), 2, hidden_bias="penalised"),
    ):
        proof = bound(problem)
        assert isinstance(proof, BoundProof)
        assert proof == today
        assert certificate(proof) == certificate(today)
    own = rx.PiecewiseQuadratic([4], [("1/2", 0, 0), ("1/2", 0, 0)])
    assert certificate(bound(rx.Problem(data, 2, own))) == certificate(today)


@pytest.mark.parametrize("case", cases(6, loss="squared", hidden="penalised"))
def test_the_squared_loss_by_the_way_of_the_others_agrees_with_today(case):
    X, y, penalty = case[:3]
    problem = rx.Problem(rx.Dataset(X, y), penalty, hidden_bias="penalised")
    assert close(bound_problem(problem), prove_bound(problem.data, penalty))


@pytest.mark.parametrize(
    ("X", "y", "penalty", "parts"),
    [
        (
            [[0, 2], [3, -3], [0, 1], [0, 0], [-1, 2], [-1, 0]],
            [-1, 1, -1, -1, -1, -1],
            "2/5",
            ("penalised", "penalised", "free", ["5/2", "5/3", "2/3", "4/3", 4, "1/3"]),
        ),
        ([[3], [2], [-2], [2], [2]], [-1, 1, 1, -1, -1], "9/5", ("free", "free", "free", None)),
    ],
)
def test_free_columns_that_nothing_bounds(X, y, penalty, parts):
    """Rows that a free skip connection separates have theta = 0; what is left has to be orthogonal to it exactly."""
    proof = bound_problem(rx.Problem(rx.Dataset(X, y), penalty, "squared_hinge", *parts))
    assert 0 < proof.lower <= proof.upper
    assert proof.gap < F(1, 10**9)


def test_known_values():
    two = rx.Dataset([[1], [2]], [1, 2])
    assert 1 <= bound_problem(rx.Problem(two, 1, "absolute")).upper <= 1 + NEAR  # the penalty of the network x -> x
    hat = rx.Dataset([[0], [1], [2]], [-1, 1, -1])
    free = {"output_bias": "free", "hidden_bias": "free"}
    proof = bound_problem(rx.Problem(hat, "1/2", "hinge", **free))
    assert 2 - NEAR <= proof.lower <= 2 <= proof.upper <= 2 + NEAR  # from the penalty 1/2 on, a constant
    line = rx.Dataset([[x] for x in range(5)], [0, 0, 1, 3, 6])
    splines = bound_problem(rx.Problem(line, F(1, 1000), "absolute", **free, skip="free"))
    total = F(3, 1000)  # the slopes are 0, 1, 2, 3: the total variation of the slope is 3, and no loss
    assert total - NEAR <= splines.lower <= total <= splines.upper <= total + NEAR


@pytest.mark.parametrize("case", cases(8))
def test_files_are_checked_and_read_back(case):
    proof = bound(problem_of(case))
    if isinstance(proof, BoundProof):
        return
    content = certificate(proof)
    again = read(content, "file")
    assert again == proof
    assert certificate(again) == content
    assert again.problem.data.names == proof.problem.data.names


def test_names_do_not_change_what_a_file_says():
    """A column of ones that is a feature stays one, whatever it is called."""
    data = rx.Dataset([[1, 1], [3, 1]], [1, -2], names=["a", "b"])
    proof = bound(rx.Problem(data, 1, skip="penalised"))
    document = certificate(proof).replace(b'\\"b\\"', b'\\"bias\\"')
    assert b"bias" in document
    assert read(document, "file").problem == proof.problem


BROKEN = {
    "theta": lambda proof: {"theta": (proof.theta[0] + 1, *proof.theta[1:])},
    "lower": lambda proof: {"lower": proof.lower + 1},
    "upper": lambda proof: {"upper": proof.upper - 1},
    "positive": lambda proof: {"positive": proof.positive[1:]},
    "network": lambda proof: {"network": rx.BiasedNetwork([], [], output_bias=100)},
}


@pytest.mark.parametrize("part", BROKEN)
def test_broken_proofs_are_found(part):
    problem = rx.Problem(
        rx.Dataset([[0], [1], [2], [4]], [-1, 1, -1, 2]), "1/4", "absolute", output_bias="free", hidden_bias="free"
    )
    proof = bound_problem(problem)
    assert check_problem_bound(proof) is None
    broken = replace(proof, **BROKEN[part](proof))
    assert check_problem_bound(broken) is not None
    with pytest.raises(rx.InputError, match="no certificate that the checker accepts"):
        certificate(broken)


def test_the_second_penalty_is_refused():
    problem = rx.Problem(rx.Dataset([[1]], [1]), 1, "absolute")
    with pytest.raises(rx.InputError, match="leave the second one out"):
        bound(problem, 1)
    with pytest.raises(rx.InputError, match="gap: 0 is not positive"):
        bound(problem, gap=0)
