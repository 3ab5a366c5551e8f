"""Optima by theorems: known values, the proved optimum of solve, brute force over conditions, what is said where none applies."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app

BASES = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((1, 1, 0), (1, -1, 0), (0, 0, 1)),
    ((1, 2, 2), (2, 1, -2), (2, -2, 1)),
    ((1, 1, 1), (1, -1, 0), (1, 1, -2)),
)
SMALL = st.integers(-3, 3)
PENALTIES = st.fractions(Fraction(1, 4), 12, max_denominator=4)


@pytest.mark.parametrize(
    ("y", "value"),
    [((1, -2, 3), "2.3311388301"), ((1, "-1/5", 3), "1.4761388301")],  # whitened data, half a penalty
)
def test_whitened_data(y, value):
    found = rx.theorem(rx.Dataset(X=BASES[0], y=y), "1/2")
    assert found.value.decimal(11) == value
    assert found.name == "orthogonal rows"


def test_rank_one_data_on_both_sides():
    found = rx.theorem(rx.Dataset(X=[[-1], [1]], y=[1, 2]), "1/4")  # b - b^2 / 2 + 2 b - b^2 / 2
    assert found.value == Fraction(11, 16)
    assert [neuron.amount.as_fraction() for neuron in found.neurons] == [Fraction(3, 4), Fraction(7, 4)]


@st.composite
def rank_one(draw):
    vector = draw(st.lists(SMALL, min_size=1, max_size=3).filter(any))
    multiples = draw(st.lists(SMALL, min_size=1, max_size=6).filter(any))
    return [[c * v for v in vector] for c in multiples], draw(targets(len(multiples)))


@st.composite
def orthogonal(draw):
    base = draw(st.sampled_from(BASES))[: draw(st.integers(1, 3))]
    scales = draw(st.lists(st.integers(-2, 2), min_size=len(base), max_size=len(base)).filter(any))
    return [[s * v for v in row] for s, row in zip(scales, base, strict=True)], draw(targets(len(base)))


@st.composite
def spike_free(draw):
    side = st.integers(0, 1)
    rows = [[3, draw(side)], [draw(side), 2]]  # two rows at an acute angle, and a multiple of one of them
    factor = draw(st.integers(0, 2))
    return [*rows, [factor * entry for entry in rows[0]]], draw(targets(3))


def targets(n):
    return st.lists(st.integers(-4, 4), min_size=n, max_size=n)


@settings(max_examples=30)
@given(st.one_of(rank_one(), orthogonal(), spike_free()), PENALTIES)
def test_the_same_optimum_as_solve(case, penalty):
    data = rx.Dataset(*case)
    found, optimum = rx.theorem(data, penalty), rx.solve(data, penalty)
    assert found.applies
    assert optimum.status is rx.Status.PROVED
    assert overlap(found.value, optimum.value)
    assert found.value.high - found.value.low < Fraction(1, 10**40)
    used = [neuron for neuron in optimum.neurons if neuron.amount is not None and neuron.amount.high > 0]
    assert sorted(map(place, found.neurons)) == sorted(map(place, used))
    assert all(map(overlap, found.residual, optimum.residual))


def place(neuron):
    """Return what tells neurons apart: sign, gates and a direction in floats."""
    return neuron.sign, neuron.gate, [round(float(entry.middle), 9) + 0.0 for entry in neuron.direction]


def overlap(left, right):
    return left.low <= right.high and right.low <= left.high


@given(st.lists(st.lists(SMALL, min_size=2, max_size=2), min_size=1, max_size=4))
def test_conditions_hold_exactly_where_they_should(X):
    inner = {(i, k): sum(a * b for a, b in zip(X[i], X[k], strict=True)) for i in range(len(X)) for k in range(len(X))}
    first = next((i for i, x in enumerate(X) if any(x)), 0)
    one = all(inner[i, first] ** 2 == inner[i, i] * inner[first, first] for i in range(len(X)))
    apart = all(not value for (i, k), value in inner.items() if i != k)
    found = rx.theorem(rx.Dataset(X=X, y=[1] * len(X)), 1)
    free = rx.is_spike_free(found.data).status is rx.Status.PROVED
    assert found.name == ("rank one" if one else "orthogonal rows" if apart else "spike-free" if free else None)
    held = [condition.holds for condition in found.conditions]
    assert held == ([True] if one else [False, True] if apart else [False, False, free])
    assert all(bool(condition.reason) is not condition.holds for condition in found.conditions)


def test_spike_free_data_are_two_linear_maps():
    found = rx.theorem(rx.Dataset(X=[[1, 0], [1, 1]], y=[1, -2]), "1/2")
    assert (found.name, found.value.decimal(9), [neuron.sign for neuron in found.neurons]) == (
        "spike-free",
        "1.33210678",
        [1, -1],
    )
    assert r"Xp\ge0" in found.latex()


def test_where_no_theorem_applies():
    found = rx.theorem(rx.Dataset(X=[[1, 0], [-1, 1]], y=[1, 2]), 1)
    assert (found.applies, found.value, found.neurons, found.residual) == (False, None, (), ())
    assert "rows 0 and 1 have the inner product -1" in found.latex()
    assert repr(found) == "Theorem(none of 3 theorems applies)"


def test_the_command(tmp_path):
    (tmp_path / "plain.csv").write_text("a,b,y\n1,0,3\n0,1,-1\n")
    result = CliRunner().invoke(app, ["theorem", str(tmp_path / "plain.csv"), "--penalty", "1/2", "--json"])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert (answer["theorem"], answer["value"]["low"]) == ("orthogonal rows", "7/4")
    (tmp_path / "skew.csv").write_text("a,b,y\n1,0,3\n-1,1,-1\n")
    result = CliRunner().invoke(app, ["theorem", str(tmp_path / "skew.csv"), "--penalty", "1/2"])
    assert result.exit_code == 4
    assert "rows 0 and 1 have the inner product -1" in result.stdout
