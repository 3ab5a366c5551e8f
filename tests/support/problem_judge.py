"""The full convex program of an extended problem in cvxpy, over all patterns in the space of weights and biases: no pivots."""

from __future__ import annotations

import warnings
from fractions import Fraction

import cvxpy as cp
import numpy as np

import reluexact as rx
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
        "logistic": lambda: cp.logistic(-cp.multiply(y, fit)),
    }[kind]()


def general_loss(loss, fit, y):
    """Write any loss: the greatest of its tangents and parabolas does not do, so every step between breakpoints is a variable."""
    t = cp.multiply(y, fit) if loss.of == "margin" else fit - y
    points = [float(point) for point in loss.breakpoints]
    pieces = [[float(entry) for entry in piece] for piece in loss.pieces]
    n = len(y)
    if not points:
        q, k, c = pieces[0]
        return q * cp.square(t) + k * t + c, []
    start, value, conditions = points[0], float(loss.function.value(loss.breakpoints[0])), []
    left = cp.Variable(n, nonneg=True)
    where, cost = start - left, value + pieces[0][0] * cp.square(left) - (2 * pieces[0][0] * start + pieces[0][1]) * left
    for place, (q, k, _) in enumerate(pieces[1:]):
        step = cp.Variable(n, nonneg=True)
        where = where + step
        cost = cost + q * cp.square(step) + (2 * q * points[place] + k) * step
        if place + 1 < len(points):
            conditions.append(step <= points[place + 1] - points[place])
    return cost, [*conditions, where == t]


def judgeable(problem):
    """Say whether floats can judge a problem at all: its numbers, and those of its loss, are of ordinary size."""
    pieces = [entry for piece in getattr(problem.loss, "pieces", ()) for entry in piece]
    numbers = [*problem.data.y, problem.penalty, *pieces, *(problem.weights or ()), *(x for row in problem.data.X for x in row)]
    return all(Fraction(1, 10**6) < abs(number) < 10**6 for number in numbers if number)


def full_program_of(problem):
    """Return the optimal value of a problem, whatever its loss."""
    X = problem.data.X
    if problem.hidden_bias == "penalised":
        X = [row[:-1] for row in X]
    parts = (problem.output_bias, problem.hidden_bias, problem.skip, problem.weights)
    loss = problem.loss if isinstance(problem.loss, rx.PiecewiseQuadratic) else problem.loss.name
    return full_program(X, problem.data.y, problem.penalty, loss, *parts)


def full_program(X, y, b, loss, output_bias, hidden_bias, skip, weights):
    """Return the optimal value in floats, by Clarabel, from the options of a problem; X without a bias column."""
    X, y, b = np.array(X, dtype=float), np.array([float(t) for t in y]), float(b)
    n, d = X.shape
    ones = np.ones((n, 1))
    o = np.ones(n) if weights is None else np.array([float(w) for w in weights])
    rows = X if hidden_bias == "none" else np.hstack([X, ones])
    penalised = d if hidden_bias == "free" else rows.shape[1]
    on = np.array(activation_patterns([[Fraction(float(v)) for v in row] for row in rows]).patterns).T
    blocks = [cp.Variable((rows.shape[1], on.shape[1])) for _ in range(2)]  # a column for each pattern, one block for each sign
    conditions = [cp.multiply(np.where(on, 1.0, -1.0), rows @ block) >= 0 for block in blocks]
    fit = cp.sum(cp.multiply(on.astype(float), rows @ (blocks[0] - blocks[1])), axis=1)
    cost = b * sum(cp.sum(cp.norm(block[:penalised, :], 2, axis=0)) for block in blocks)
    for part, columns in ((output_bias, ones), (skip, X)):
        if part != "none":
            g = cp.Variable(columns.shape[1])
            fit = fit + columns @ g
            cost = cost + (b / 2 * cp.sum_squares(g) if part == "penalised" else 0)
    if isinstance(loss, str):
        each = loss_expression(loss, fit, y)
    else:
        each, more = general_loss(loss, fit, y)
        conditions += more
    value = cost + o @ each
    program = cp.Problem(cp.Minimize(value), conditions)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a solution may be inaccurate: who asks knows the tolerance
        program.solve(solver=cp.CLARABEL)
    assert program.status in ("optimal", "optimal_inaccurate"), program.status
    return float(program.value)
