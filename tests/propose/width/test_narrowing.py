"""Networks of few neurons next to wide ones: never below what is proved of their width, and better than what is merely left."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact.kinds.width_optimum.stopped import Known
from reluexact.propose.width.narrowing import narrowed


def problem(seed, n=6, d=2):
    draw = random.Random(f"narrowing {seed}")
    rows = [[draw.randint(-9, 9) for _ in range(d)] for _ in range(n)]
    return rx.Dataset(rows, [draw.randint(-9, 9) for _ in range(n)])


@pytest.mark.parametrize("seed", range(3))
def test_a_narrow_network_lies_between_the_optimum_of_its_width_and_the_part(seed):
    data, penalty = problem(seed), Fraction(1, 2)
    wide = rx.solve(data, penalty).network
    assert wide.width > 1
    found = narrowed(data, penalty, wide, 1)
    assert found.width <= 1
    value = found.objective(data, penalty)
    assert rx.solve_width(data, penalty, 1).lower <= value
    parts = [rx.Network([row], [weight]).objective(data, penalty) for row, weight in zip(wide.hidden, wide.output, strict=True)]
    assert value <= min(parts)


def test_a_stopped_width_has_the_network_that_was_fitted():
    data, penalty = problem(1, n=12, d=3), Fraction(1, 2)
    known = Known(data=data, penalty=penalty, digits=20, engine="clarabel", optimum=rx.solve(data, penalty))
    claim = known.claim(2, "stopped")
    assert claim.network.width <= 2
    assert claim.upper == claim.network.objective(data, penalty)
    assert claim.upper <= narrowed(data, penalty, known.optimum.network, 2).objective(data, penalty)
    assert known.claim(2, "stopped") == claim


def test_nothing_is_narrowed_to_nothing():
    data = problem(0)
    assert narrowed(data, Fraction(1), rx.Network([], []), 3).width == 0
    assert narrowed(data, Fraction(10**9), rx.Network([[1, 1]], [1]), 3).objective(data, Fraction(10**9)) >= 0
