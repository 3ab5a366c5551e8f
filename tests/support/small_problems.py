"""Small problems whose optima have known closed forms."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import sympy

import reluexact as rx

PROBLEMS = {
    "toy": ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], "1/10"),
    "identity": ([[1, 0], [0, 1]], [1, 0], "1/2"),
    "three": ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [3, -1, 2], 1),
    "line": ([[3], [1], [-2]], [1, 2, 1], "1/2"),
    "one column": ([[3], [1]], [2, 1], "1/3"),
    "hat": ([[-1, 1], [0, 1], [1, 1]], [0, 1, 0], "1/10"),
    "kink at a point": ([[0, 1], [1, 1], [2, 1], [3, 1]], [0, 0, 1, 2], 1),
    "radicals": ([[-1, 1], [0, 1], [1, 1], [3, 1]], [-2, -2, 0, -2], "1/10"),
    "one neuron": ([[0, 1], [1, 1], [2, 1], [3, 1]], [0, 0, 1, 2], "1/2"),
    "one neuron in space": ([[1, 0, 2], [0, 1, 1], [1, 1, 0]], [1, 2, 3], "1/4"),
    "zero": ([[1, 2], [2, 1]], [1, 1], 100),
}


@cache
def solved(name):
    X, y, penalty = PROBLEMS[name]
    optimum = rx.solve(rx.Dataset(X=X, y=y), penalty)
    assert optimum.status is rx.Status.PROVED, optimum.reason
    return optimum


@cache
def whole(name):
    return rx.optimal_set(solved(name))


def agrees(number, real):
    """Say whether a number of sympy lies in the enclosure, to 30 digits."""
    near = Fraction(str(sympy.N(number, 45)))
    spread = Fraction(1, 10**30) * max(1, abs(near))
    return real.low - spread <= near <= real.high + spread and real.high - real.low < spread
