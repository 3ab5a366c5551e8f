"""The symmetries of a problem, against permutations tried one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest

from reluexact.model.automorphisms import automorphisms
from reluexact.model.dataset import Dataset


def by_force(X, y, sign):
    """Return all permutations of the rows that keep the inner products, and the targets up to a sign."""
    gram = np.array(X) @ np.array(X).T
    kept = []
    for order in permutations(range(len(X))):
        chosen = list(order)
        if (gram[np.ix_(chosen, chosen)] == gram).all() and all(y[j] == sign * t for j, t in zip(chosen, y, strict=True)):
            kept.append(order)
    return kept


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[1, 0], [-1, 0], [0, 1], [0, -1]], [1, 1, 1, 1]),
        ([[1, 0], [-1, 0], [0, 1], [0, -1]], [1, -1, 1, -1]),
        ([[1, 2, 0], [2, 1, 0], [0, 0, 1], [1, 1, 1]], [2, 2, 0, 1]),
        ([[3, 1], [1, 3], [-1, -3]], [1, 1, 2]),
        ([[1, 0, -1], [-1, 1, 0], [0, -1, 1], [1, 1, 1]], [1, 1, 1, 0]),
    ],
)
def test_all_are_found(X, y):
    data = Dataset(X, y)
    found = [(symmetry.onto, symmetry.sign) for symmetry in automorphisms(data)]
    rest = [(order, sign) for sign in (1, -1) for order in by_force(X, y, sign)]
    assert sorted(found) == sorted(rest[1:] if rest[0][0] == tuple(range(len(X))) else rest)


def test_the_map_moves_the_rows():
    rows = sorted(
        {
            tuple(s * e for s, e in zip(signs, order, strict=True))
            for signs in product((1, -1), repeat=3)
            for order in permutations((0, 1, 1))
        }
    )
    data = Dataset([list(row) for row in rows], [2] * len(rows))
    found = list(automorphisms(data))
    assert len(found) == 47  # with the identity all symmetries of the cube
    for symmetry in found:
        for row, image in zip(data.X, symmetry.onto, strict=True):
            assert tuple(sum(a * b for a, b in zip(line, row, strict=True)) for line in symmetry.turn) == data.X[image]


def test_parallel_rows_act_as_one():
    data = Dataset([[1, 0], [2, 0], [0, 2], [0, 1], [0, 0]], [1, 3, 3, 1, 7])
    (symmetry,) = automorphisms(data)
    assert symmetry.onto == (2, 2, 0, 0, 4)
    assert symmetry.still == ((1, 2, -2, -1, 0), (-1, -2, 2, 1, 0))
    assert list(automorphisms(Dataset([[1, 0], [2, 0], [0, 2], [0, 1]], [1, 3, 3, 2]))) == []


def test_forms_that_vanish_do():
    data = Dataset([[1, 0], [3, 0], [0, 1], [0, 3]], [Fraction(1), 2, 1, 2])
    (symmetry,) = automorphisms(data)
    theta = (Fraction(3, 10), Fraction(-1, 10), Fraction(3, 10), Fraction(-1, 10))
    assert all(sum(a * b for a, b in zip(form, theta, strict=True)) == 0 for form in symmetry.still)


def test_large_and_empty_data_are_not_searched():
    assert automorphisms(Dataset([[0, 0]], [1])) == ()
    circle = [[a, b] for a in range(1, 14) for b in range(1, 14)]
    assert automorphisms(Dataset(circle, [1] * len(circle))) == ()
