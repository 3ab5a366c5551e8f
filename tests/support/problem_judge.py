"""The full convex program of an extended problem in cvxpy, over all patterns in the space of weights and biases: no pivots."""

from __future__ import annotations

import warnings

import cvxpy as cp
import numpy as np

from reluexact import activation_patterns


def loss_expression(name, fit, y):
    """Write a loss as the textbooks do, per row."""
    kind, _, parameter = name.partition("(")
    value = eval(parameter.rstrip(")")) if parameter else None
    u = y - fit
    return {
        "squared": lambda: cp.square(u) / 2,
        "absolute": lambda: cp.abs(u),
        "huber": lambda: cp.huber(u, value) / 2,
        "quantile": lambda: cp.maximum(value * u, (value - 1) * u),
        "epsilon_insensitive": lambda: cp.pos(cp.abs(u) - value),
        "hinge": lambda: cp.pos(1 - cp.multiply(y, fit)),
        "squared_hinge": lambda: cp.square(cp.pos(1 - cp.multiply(y, fit))) / 2,
    }[kind]()


def full_program(X, y, b, loss, output_bias, hidden_bias, skip, weights):
    """Return the optimal value in floats, by Clarabel, from the options of a problem; X without a bias column."""
    X, y, b = np.array(X, dtype=float), np.array([float(t) for t in y]), float(b)
    n, d = X.shape
    ones = np.ones((n, 1))
    o = np.ones(n) if weights is None else np.array([float(w) for w in weights])
    rows = X if hidden_bias == "none" else np.hstack([X, ones])
    penalised = d if hidden_bias == "free" else rows.shape[1]
    fit, cost, conditions = np.zeros(n), 0, []
    for pattern in activation_patterns([[int(v) for v in row] for row in rows]).patterns:
        on, side = np.array(pattern, dtype=float), np.where(pattern, 1.0, -1.0)
        for sign in (1, -1):
            w = cp.Variable(rows.shape[1])
            conditions.append(cp.multiply(side, rows @ w) >= 0)
            fit = fit + sign * cp.multiply(on, rows @ w)
            cost = cost + b * cp.norm(w[:penalised])
    for part, columns in ((output_bias, ones), (skip, X)):
        if part != "none":
            g = cp.Variable(columns.shape[1])
            fit = fit + columns @ g
            cost = cost + (b / 2 * cp.sum_squares(g) if part == "penalised" else 0)
    value = cost + o @ loss_expression(loss, fit, y)
    program = cp.Problem(cp.Minimize(value), conditions)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a solution may be inaccurate: who asks knows the tolerance
        program.solve(solver=cp.CLARABEL)
    assert program.status in ("optimal", "optimal_inaccurate"), program.status
    return float(program.value)
