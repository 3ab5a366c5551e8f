"""The squared loss: its parts fit together as convex duality says, exactly, whatever numbers they are asked in."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.model.loss import SQUARED
from reluexact.numbers.intervals import Interval
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar
from reluexact.propose import loss

NUMBER = st.fractions(min_value=-20, max_value=20, max_denominator=12)
PAIRS = st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=5).map(lambda pairs: tuple(zip(*pairs, strict=True)))
TRIPLES = st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=1, max_size=5).map(lambda rows: tuple(zip(*rows, strict=True)))


@given(TRIPLES)
def test_fenchel(rows):
    fit, slope, y = rows
    product = sum((f * s for f, s in zip(fit, slope, strict=True)), Fraction(0))
    gap = SQUARED.value(fit, y) + SQUARED.conjugate(slope, y) - product
    is_gradient = tuple(-s for s in slope) == SQUARED.residual(fit, y)
    assert gap > 0 or (gap == 0 and is_gradient)


@given(PAIRS)
def test_the_residual_attains_fenchels_inequality(rows):
    fit, y = rows
    theta = SQUARED.residual(fit, y)
    product = sum((f * t for f, t in zip(fit, theta, strict=True)), Fraction(0))
    assert SQUARED.value(fit, y) == SQUARED.of_residual(theta) == SQUARED.dual_value(theta, y) - product


@given(PAIRS)
def test_the_dual_value_is_the_conjugate(rows):
    theta, y = rows
    assert SQUARED.dual_value(theta, y) == -SQUARED.conjugate(tuple(-t for t in theta), y)


@given(PAIRS, NUMBER)
def test_no_multiple_has_a_greater_dual_value(rows, factor):
    theta, y = rows
    best = SQUARED.dual_factor(theta, y)
    values = [SQUARED.dual_value(tuple(c * t for t in theta), y) for c in (best, factor)]
    assert values[0] >= values[1]


@given(TRIPLES, st.fractions(min_value=0, max_value=3, max_denominator=8))
def test_enclosures_hold_the_corners_of_the_box(rows, radius):
    middle, shifts, y = rows
    signs = [1 if shift > 0 else -1 for shift in shifts]
    corner = tuple(t + sign * radius for t, sign in zip(middle, signs, strict=True))
    inside = SQUARED.dual_enclosure(middle, radius, y)
    assert inside.low <= SQUARED.dual_value(corner, y) <= inside.high
    boxes = [Interval.around(t, radius) for t in middle]
    assert SQUARED.enclosure(boxes).low <= SQUARED.of_residual(corner) <= SQUARED.enclosure(boxes).high
    exact = SQUARED.enclosure([Interval.around(t, Fraction(0)) for t in middle])
    assert exact.low == exact.high == SQUARED.of_residual(middle)


@given(PAIRS)
def test_all_numbers_agree(rows):
    theta, y = rows
    plain = SQUARED.dual_value(theta, y)
    assert SQUARED.radical_dual_value(tuple(map(RadicalSum.rational, theta)), y).as_fraction() == plain
    scalars, targets = tuple(map(Scalar.of, theta)), tuple(map(Scalar.of, y))
    assert SQUARED.scalar_value(scalars, targets).rational == SQUARED.value(theta, y)
    assert tuple(entry.rational for entry in SQUARED.fit(scalars, y)) == SQUARED.residual(theta, y)


def test_square_roots():
    root = RadicalSum.root(Fraction(2))
    assert SQUARED.radical_dual_value((root,), (Fraction(3),)) == root.scaled(Fraction(3)) - RadicalSum.rational(1)


@given(PAIRS)
def test_the_twin_in_floats(rows):
    theta, y = rows
    floats, targets = np.array([float(t) for t in theta]), np.array([float(t) for t in y])
    assert loss.value(floats) == pytest.approx(float(SQUARED.of_residual(theta)), rel=1e-12, abs=1e-12)
    assert loss.dual_value(floats, targets) == pytest.approx(float(SQUARED.dual_value(theta, y)), rel=1e-9, abs=1e-9)
    factor = loss.dual_factor(floats, targets)
    assert factor == pytest.approx(float(SQUARED.dual_factor(theta, y)), rel=1e-9, abs=1e-9)
    assert loss.dual_value_along(factor, floats, targets) == pytest.approx(
        float(SQUARED.dual_value(tuple(SQUARED.dual_factor(theta, y) * t for t in theta), y)), rel=1e-9, abs=1e-9
    )
    assert loss.value(floats) == pytest.approx(float(floats * loss.curvature(len(floats)) @ floats) / 2)


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=4), st.integers(-2, 20))
def test_the_cone_is_the_epigraph(theta, twice):
    value = twice / 2
    sides, length = loss.cone(list(theta), value)
    within = length >= 0 and sum(side * side for side in sides) <= length**2
    assert within == (SQUARED.of_residual(theta) <= value)


def test_it_is_a_constant():
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        SQUARED.weight = 2
