"""Column generation against the full convex program over all cells, written out in cvxpy by its textbook form."""

from __future__ import annotations

from fractions import Fraction

import cvxpy as cp
import numpy as np
import pytest

from reluexact.geometry.arrangement import activation_patterns
from reluexact.model.dataset import Dataset
from reluexact.propose.candidates import pricing_for, propose
from reluexact.propose.local_search import LocalSearch

CASES = [
    (seed, n, d, most, share)
    for seed, (n, d) in enumerate([(4, 1), (5, 2), (7, 2), (6, 3), (8, 3), (6, 4)])
    for most, share in ((2, 0.05), (9, 0.3))
]


def random_case(seed, n, d, most, share):
    """Integer data, full of ties when ``most`` is small, and a penalty at a share of the greatest useful one."""
    rng = np.random.default_rng(seed)
    data = Dataset(rng.integers(-most, most + 1, size=(n, d)).tolist(), rng.integers(-most, most + 1, size=n).tolist())
    top = pricing_for(data).violated(np.array(data.y, dtype=float), 0.0, 1)[0].value
    return data, Fraction(round(1000 * share * top), 1000)


def full_program(data, penalty):
    """Return the value of the program with two blocks per activation pattern."""
    X, y = np.array(data.X, dtype=float), np.array(data.y, dtype=float)
    fit, cost, constraints = 0, 0, []
    for pattern in activation_patterns(data.X).patterns:
        sides = np.where(pattern, 1.0, -1.0)[:, None] * X
        v, w = cp.Variable(data.d), cp.Variable(data.d)
        fit = fit + (pattern[:, None] * X) @ (v - w)
        cost = cost + cp.norm(v, 2) + cp.norm(w, 2)
        constraints += [sides @ v >= 0, sides @ w >= 0]
    problem = cp.Problem(cp.Minimize(cp.sum_squares(fit - y) / 2 + float(penalty) * cost), constraints)
    problem.solve(solver=cp.CLARABEL)
    return problem.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_column_generation_agrees_with_the_full_program(case):
    data, penalty = random_case(*case)
    expected = full_program(data, penalty)
    found = propose(data, penalty)
    assert found.value == pytest.approx(expected, rel=1e-6)
    assert found.gap < 1e-9
    assert propose(data, penalty, pricing=LocalSearch(data)).value == pytest.approx(found.value, rel=1e-8)
    assert propose(data, penalty, engine="scip").value == pytest.approx(found.value, rel=1e-6)
