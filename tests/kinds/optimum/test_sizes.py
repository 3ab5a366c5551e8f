"""Data of sizes that once took the square of what they take, or had no proof: random integers, and iris."""

from __future__ import annotations

import csv
import random
from fractions import Fraction

import pytest
from paths import DATA
from solving import proved, verified

import reluexact as rx


def random_integers(n, d):
    draw = random.Random(f"scale/{n}/{d}/1")
    X = [[draw.randint(-9, 9) for _ in range(d)] for _ in range(n)]
    return X, [draw.randint(-9, 9) for _ in range(n)]


TENTHS = {(20, 8): "115.26492416327178106", (25, 4): "239.96811263487033953", (800, 2): "11754.050209605164399"}

CHECKED = 100
"""Up to so many rows the certificate is checked, too: values in square roots of many rows take the checker longer."""


@pytest.mark.slow
@pytest.mark.parametrize("size", TENTHS, ids=str)
def test_random_integers_are_proved_at_a_tenth_of_the_greatest_penalty(size):
    X, y = random_integers(*size)
    top = float(rx.max_penalty(rx.Dataset(X, y)).decimal(12))
    optimum = rx.solve(rx.Dataset(X, y), Fraction(round(top), 10))
    assert optimum.status is rx.Status.PROVED
    assert optimum.value.decimal(20) == TENTHS[size]
    if len(X) < CHECKED:
        verified(optimum)


@pytest.mark.slow
def test_iris_at_a_fiftieth_of_the_greatest_penalty_is_proved():
    with (DATA / "iris.csv").open(encoding="utf-8") as file:
        rows = [[Fraction(text) for text in line[:4]] for line in list(csv.reader(file))[1:]]
    X, y = [[*row[:3], 1] for row in rows], [row[3] for row in rows]
    assert proved(X, y, 31).value.decimal(20) == "14.866070826481233777"
