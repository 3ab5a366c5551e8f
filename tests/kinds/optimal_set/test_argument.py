"""What is no optimal set is refused by name, by the functions that take one."""

from __future__ import annotations

import pytest

import reluexact as rx

OPTIMUM = rx.solve(rx.Dataset([[1], [2]], [1, 2]), 1)
CALLS = {
    "minimum_network": rx.minimum_network,
    "least_norm": rx.least_norm,
    "contains": lambda best: rx.contains(best, OPTIMUM.network),
    "blocks": rx.blocks,
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("other", [None, OPTIMUM])
def test_only_an_optimal_set(name, other):
    with pytest.raises(rx.InputError, match="is not the answer of optimal_set"):
        CALLS[name](other)


def test_a_penalty_beside_a_problem():
    problem = rx.Problem(rx.Dataset([[1], [2]], [1, 2]), 1)
    with pytest.raises(rx.InputError, match=r"optimal_set takes a Problem alone, 2 arguments are given"):
        rx.optimal_set(problem, 1)
