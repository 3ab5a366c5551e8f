"""Extended problems against the full program over all patterns of (weights, bias) in cvxpy, which knows no pivots."""

from __future__ import annotations

from itertools import product

import pytest
from problem_judge import full_program
from random_problems import LOSSES, PARTS, problem_of, random_case

import reluexact as rx
from reluexact.search.problem_bound import bound_problem, check_problem_bound

TOLERANCE = 3e-6
"""Of the judge: Clarabel through cvxpy, with its default settings."""

CASES = [(seed, loss, hidden) for seed, (loss, hidden) in enumerate(product(LOSSES, PARTS))]


def assert_enclosed(case):
    proof = bound_problem(problem_of(case))
    value = full_program(*case)
    room = TOLERANCE * max(1.0, abs(value))
    assert check_problem_bound(proof) is None
    assert float(proof.lower) <= value + room
    assert value - room <= float(proof.upper)
    assert proof.upper - proof.lower <= max(1, proof.upper) / 10**6
    return proof


@pytest.mark.parametrize(("seed", "loss", "hidden"), CASES)
def test_the_judge_lies_between_the_bounds(seed, loss, hidden):
    assert_enclosed(random_case(seed, loss=loss, hidden=hidden))


@pytest.mark.slow
@pytest.mark.parametrize("loss", LOSSES)
def test_every_combination_of_parts(loss):
    biases = [(hidden, output) for hidden, output in product(PARTS, PARTS) if hidden != "free" or output == "free"]
    for seed, ((hidden, output), skip, weighted) in enumerate(product(biases, PARTS, (False, True))):
        X, y, penalty, *_ = random_case(5000 + seed, loss=loss)
        assert_enclosed((X, y, penalty, loss, output, hidden, skip, [1 + seed % 3, *[2] * (len(y) - 1)] if weighted else None))


@pytest.mark.slow
@pytest.mark.parametrize("block", range(20))
def test_two_thousand_random_problems(block):
    for seed in range(1000 + 100 * block, 1100 + 100 * block):
        assert_enclosed(random_case(seed))


@pytest.mark.parametrize(("seed", "loss"), list(enumerate(LOSSES * 2)))
def test_the_greatest_penalty_by_the_judge(seed, loss):
    X, y, _, *parts = random_case(100 + seed, loss=loss, parts=("none", "free"))
    top = rx.max_penalty(problem_of((X, y, 1, *parts)))
    linear = full_program(X, y, 10**5, *parts)
    room = 1e-4 * max(1.0, abs(linear))
    assert top.high - top.low <= top.high / 10**5
    assert full_program(X, y, top.high * 1001 / 1000 or 1, *parts) == pytest.approx(linear, abs=room)
    if top.high:
        assert full_program(X, y, top.low * 9 / 10, *parts) < linear - 1e-9
