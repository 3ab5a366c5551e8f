"""Bounds with the logistic loss: against cvxpy's exponential cones, what changes nothing, what is known by hand, and files."""

from __future__ import annotations

import json
from fractions import Fraction as F
from math import exp, log

import pytest
from paths import ROOT
from problem_judge import full_program
from random_problems import problem_of, random_labels
from typer.testing import CliRunner

import reluexact as rx
from reluexact.checker import check_document
from reluexact.cli.app import app
from reluexact.kinds.files import certificate, read
from reluexact.search.problem_bound import bound_problem, check_problem_bound, zero_bound

NEAR = F(1, 10**9)
TOLERANCE = 1e-5
"""Of the judge: exponential cones in Clarabel through cvxpy, with its default settings."""


def assert_enclosed(case):
    proof = bound_problem(problem_of(case))
    value = full_program(*case)
    room = TOLERANCE * max(1.0, abs(value))
    assert check_problem_bound(proof) is None
    assert float(proof.lower) <= value + room
    assert value - room <= float(proof.upper)
    assert proof.upper - proof.lower <= NEAR * max(1, proof.upper)
    assert check_document(certificate(proof)).verified


def close(one, other):
    """Say whether two enclosures can be the same number, and both are narrow."""
    widest = max(one.upper - one.lower, other.upper - other.lower)
    return one.lower <= other.upper and other.lower <= one.upper and widest <= NEAR * max(1, abs(one.upper))


def cases(count, **options):
    return [pytest.param(case, id=f"{k}") for k, case in enumerate(random_labels(count, **options))]


def changed(case, **parts):
    names = ("X", "y", "penalty", "loss", "output_bias", "hidden_bias", "skip", "weights")
    table = dict(zip(names, case, strict=True)) | parts
    return bound_problem(problem_of(tuple(table[name] for name in names)))


@pytest.mark.parametrize("case", cases(60))
def test_the_judge_lies_between_the_bounds(case):
    assert_enclosed(case)


@pytest.mark.slow
def test_five_hundred_random_problems():
    for case in random_labels(500, first=1000):
        assert_enclosed(case)


@pytest.mark.parametrize("case", cases(6))
def test_a_weight_of_two_is_the_row_twice(case):
    X, y, *_, weights = case
    old = weights or [1] * len(y)
    assert close(changed(case, weights=[2 * old[0], *old[1:]]), changed(case, X=[X[0], *X], y=[y[0], *y], weights=[old[0], *old]))


@pytest.mark.parametrize("case", cases(6))
def test_other_labels_turn_the_fit(case):
    assert close(changed(case), changed(case, y=[-y for y in case[1]]))


@pytest.mark.parametrize("case", cases(6, hidden="free", skip="none"))
def test_with_a_free_bias_the_origin_of_the_features_is_free(case):
    moved = [[x + shift for x, shift in zip(row, (7, -3), strict=False)] for row in case[0]]
    assert close(changed(case), changed(case, X=moved))


@pytest.mark.parametrize("case", cases(6, output="none", skip="none"))
def test_weights_and_penalty_times_a_number_are_the_value_times_it(case):
    weights = [3 * w for w in case[7] or [1] * len(case[1])]
    large, small = changed(case, weights=weights, penalty=3 * case[2]), changed(case)
    assert large.lower <= 3 * small.upper
    assert 3 * small.lower <= large.upper


def test_a_large_penalty_leaves_the_zero_network():
    data = rx.Dataset([[1], [2], [4]], [1, -1, 1])
    proof = rx.bound(rx.Problem(data, 100, "logistic"))
    assert proof.lower < proof.upper
    assert float(proof.lower) == pytest.approx(3 * log(2), rel=1e-12)
    assert float(proof.upper) == pytest.approx(3 * log(2), rel=1e-12)


def test_a_large_penalty_leaves_the_share_of_the_labels():
    """With a free output bias the best constant is log(3 / 1), its loss the entropy of the shares."""
    data = rx.Dataset([[1], [2], [4], [5]], [1, -1, 1, 1])
    proof = rx.bound(rx.Problem(data, 100, "logistic", output_bias="free"))
    assert float(proof.lower) == pytest.approx(3 * log(4 / 3) + log(4), rel=1e-9)
    assert proof.gap < NEAR


def test_the_hat_is_known_by_hand():
    """Shares 1/4, 1/2, 1/4 at the penalty 1/4: two neurons of the amount log 3."""
    data = rx.Dataset([[0], [1], [2]], [-1, 1, -1])
    proof = rx.bound(rx.Problem(data, "1/4", "logistic", output_bias="free", hidden_bias="free"))
    value = 2 * log(4 / 3) + log(3) / 2 + log(2)
    assert float(proof.lower) == pytest.approx(value, rel=1e-9)
    assert proof.gap < NEAR
    assert [abs(float(theta)) for theta in proof.theta] == pytest.approx([0.25, 0.5, 0.25], rel=1e-6)


def test_one_row_solves_an_equation():
    """One row x = 1: the slope 1 / (1 + exp(f)) is the penalty, so f = log(1/b - 1) and the value log(1 + exp(-f)) + b f."""
    for b in (F(1, 10), F(1, 10**6)):
        f = log(float(1 / b - 1))
        proof = rx.bound(rx.Problem(rx.Dataset([[1]], [1]), b, "logistic"))
        assert float(proof.lower) == pytest.approx(log(1 + exp(-f)) + float(b) * f, rel=1e-8)
        assert proof.gap < F(1, 10**8)


@pytest.mark.parametrize("b", [F(1, 100), F(1, 10**4)])
def test_separable_labels_without_a_free_part_that_separates(b):
    """The loss tends to 0 with the penalty, but no share is 0: the minimum is attained."""
    data = rx.Dataset([[0, 1], [1, 2], [5, 1], [6, 0]], [-1, -1, 1, 1])
    for parts in ({}, {"output_bias": "free", "hidden_bias": "free"}, {"output_bias": "free", "skip": "penalised"}):
        proof = rx.bound(rx.Problem(data, b, "logistic", **parts))
        assert 0 < proof.lower <= proof.upper
        assert proof.gap < F(1, 10**8)
        assert all(y * theta > 0 for y, theta in zip(data.y, proof.theta, strict=True))


def test_two_kinds_of_iris():
    lines = [line.split(",") for line in (ROOT / "examples/data/iris.csv").read_text(encoding="utf-8").splitlines()[1:]]
    pairs = [(line[2:4], 1 if line[4] == "versicolor" else -1) for line in lines if line[4] != "virginica"]
    data = rx.Dataset([row for row, _ in pairs], [label for _, label in pairs])
    proof = rx.bound(rx.Problem(data, "1/10", "logistic", output_bias="free", hidden_bias="free"))
    assert data.n == 100
    assert proof.gap < F(1, 10**11)
    assert float(proof.upper) == pytest.approx(0.7305838962, rel=1e-9)
    assert check_document(certificate(proof)).verified


@pytest.mark.parametrize("scale", [F(1, 1000), F(1000)])
def test_features_of_other_sizes(scale):
    """Features times t with a penalty times t have the same networks, in other units."""
    X, y = [[0, 1], [1, 2], [2, 1], [3, 0], [1, 1]], [-1, 1, 1, -1, 1]
    known = rx.bound(rx.Problem(rx.Dataset(X, y), "1/8", "logistic", output_bias="free", hidden_bias="free"))
    data = rx.Dataset([[scale * x for x in row] for row in X], y)
    proof = rx.bound(rx.Problem(data, scale / 8, "logistic", output_bias="free", hidden_bias="free"))
    assert close(known, proof)


@pytest.mark.parametrize("case", cases(6))
def test_files_are_checked_and_read_back(case):
    proof = rx.bound(problem_of(case))
    content = certificate(proof)
    again = read(content, "file")
    assert again == proof
    assert certificate(again) == content


def test_a_bound_that_needs_no_search():
    problem = rx.Problem(rx.Dataset([[1], [2]], [1, -1]), 1, "logistic")
    proof = zero_bound(problem)
    assert (proof.lower, check_problem_bound(proof)) == (0, None)
    assert float(proof.upper) == pytest.approx(2 * log(2))
    assert check_document(certificate(proof)).verified


def test_solve_and_the_kinds_beyond_refuse_it_by_name():
    problem = rx.Problem(rx.Dataset([[1], [2]], [1, -1]), 1, "logistic")
    with pytest.raises(rx.InputError, match="solve does not take logistic loss yet .*prove_bound and max_penalty do"):
        rx.solve(problem)


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def test_the_command_line(tmp_path):
    file, out = tmp_path / "labels.csv", tmp_path / "bound.json"
    file.write_text("x,y\n0,-1\n1,1\n2,-1\n3,-1\n4,1\n", encoding="ascii")
    options = ("--penalty", "1/8", "--loss", "logistic", "--hidden-bias", "free", "--output-bias", "free")
    found = run("solve", file, *options, "--bound", "--json", "--out", out)
    assert found.exit_code == 0, found.stderr
    document = json.loads(found.stdout)
    assert (document["status"], document["problem"]["loss"]) == ("PROVED", {"name": "logistic", "of": "margin"})
    assert json.loads(out.read_text(encoding="ascii"))["statement"]["problem"]["loss"] == {"of": "margin", "function": "logistic"}
    checked = run("check", out)
    assert checked.exit_code == 0
    assert "loss log(1 + exp(-y f))" in checked.stdout
    refused = run("solve", file, *options)
    assert refused.exit_code == 2
    assert "--loss logistic" in refused.stderr
    assert "add --bound" in refused.stderr
    theorem = run("coq", out, "--out", tmp_path / "bound.v")
    assert theorem.exit_code == 2  # bad input: the certificate is not rejected
    assert "no logistic loss" in theorem.stderr
    assert not (tmp_path / "bound.v").exists()
