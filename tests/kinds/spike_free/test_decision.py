"""Spike-free or not: against dense samples, the statements of the literature, cells, certificates, and solve."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import datasets

import reluexact as rx
from reluexact.errors import InputError
from reluexact.kinds.files import certificate
from reluexact.kinds.spike_free.find import separation_fault
from reluexact.numbers.linalg import matmul

TOY = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])


def longest(data, count=2000):
    """Return the greatest |z| / |u| over random u, z shortest with Xz = (Xu)+, in floats; infinite where there is no such z."""
    X = np.array(data.X, dtype=float)
    units = np.random.RandomState(3).normal(size=(count, data.d))
    outputs = np.maximum(units @ X.T, 0)
    short = outputs @ np.linalg.pinv(X).T
    if np.abs(outputs - short @ X.T).max() > 1e-8:
        return np.inf
    return float((np.linalg.norm(short, axis=1) / np.linalg.norm(units, axis=1)).max())


@settings(max_examples=80, deadline=None)
@given(datasets(rows=(1, 5), columns=(1, 4)))
def test_samples_do_not_contradict_and_the_checker_accepts(data):
    found = rx.is_spike_free(data)
    certificate(found)
    if found.status.name == "PROVED":
        assert longest(data) <= 1 + 1e-9
    else:
        assert separation_fault(data, found.direction, found.separating) is None
        outputs = np.array(rx.Network([found.direction], [1]).predict(data.X), dtype=float)
        X = np.array(data.X, dtype=float)
        short = np.linalg.pinv(X) @ outputs
        apart = np.abs(X @ short - outputs).max() > 1e-9
        assert apart or np.linalg.norm(short) > np.linalg.norm(np.array(found.direction, dtype=float))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 0, 0], [0, 1, 0]], "whitened rows"),
        ([["3/5", "4/5"], ["-4/5", "3/5"]], "whitened rows"),
        ([[2, 0], [0, 3]], "orthogonal rows, up to multiples"),
        ([[2, 0], [0, 3], [4, 0], [0, 0]], "orthogonal rows, up to multiples"),
        ([[1, 2], [3, 6], [0, 0]], "rank one of one sign"),
        ([[0, 0]], "all rows are zero"),
        ([[1, 0], [1, 1]], "independent rows, up to multiples, whose inverse Gram matrix has no positive entry off the diagonal"),
    ],
)
def test_sufficient_conditions_of_the_literature(rows, reason):
    found = rx.is_spike_free(rx.Dataset(rows, [0] * len(rows)))
    assert (found.status.name, found.reason) == ("PROVED", reason)


@pytest.mark.parametrize("rows", [[[1], [-1]], TOY.X, [[1, 0], [0, 1], [1, 1]], [[-1, 1], [0, 1], [1, 1]]])
def test_data_that_are_not(rows):
    assert rx.is_spike_free(rx.Dataset(rows, [0] * len(rows))).status.name == "REFUTED"


def test_acute_angles_are_not_enough_for_three_rows():
    """A Gram matrix without negative entries is necessary (the inverse of H), but it is not enough."""
    rows = [[1, 1, 1], [1, 0, 0], [0, 1, 0]]
    assert all(entry >= 0 for line in matmul(rows, tuple(zip(*rows, strict=True))) for entry in line)
    assert rx.is_spike_free(rx.Dataset(rows, [0] * 3)).status.name == "REFUTED"
    assert rx.is_spike_free(rx.Dataset([[1, 0, 0], [1, 1, 0], [1, 1, 1]], [0] * 3)).status.name == "PROVED"


def test_the_spike_of_the_toy():
    """u = C of the literature: (0, 2) = Xz needs |z| = 2 / sqrt(3) > 1."""
    half = Fraction(1, 2)
    assert separation_fault(TOY, (-half, half, half, half), (Fraction(1, 2), Fraction(1))) is None


@settings(max_examples=30, deadline=None)
@given(datasets(rows=(1, 4), columns=(1, 4)))
def test_every_cell_has_a_certificate(data):
    found = rx.is_spike_free(data)
    if found.status.name != "PROVED":
        with pytest.raises(InputError, match="not every cell has a certificate"):
            found.cell([])
        return
    for on in chain.from_iterable(combinations(found.rows, size) for size in range(len(found.rows) + 1)):
        square, pairs = found.cell(on)
        assert all(entry >= 0 for line in pairs for entry in line)
        rows = [[x if row in on else -x for x in data.X[row]] for row in found.rows]
        cross = matmul(matmul(tuple(zip(*rows, strict=True)), pairs), rows) if rows else square
        rest = [[float((i == j) - square[i][j] - (cross[i][j] if rows else 0)) for j in range(data.d)] for i in range(data.d)]
        assert np.linalg.eigvalsh(np.array(rest)).min() >= -1e-9


@settings(max_examples=8, deadline=None)
@given(datasets(rows=(1, 3), columns=(2, 3)))
def test_the_all_ones_pattern_is_an_upper_bound_and_exact_for_spike_free_data(data):
    if not rx.activation_patterns(data.X).patterns.all(axis=1).any():
        with pytest.raises(InputError, match="no cell of the data has this pattern"):
            rx.all_ones(data, "1/2")
        return
    found = rx.all_ones(data, "1/2")
    best = rx.solve(data, "1/2")
    assert float(found.value) >= float(best.value) - 1e-12
    if found.spike_free.status.name == "PROVED":
        assert found.optimal.name == "PROVED"
        assert float(found.value) == pytest.approx(float(best.value), abs=1e-15)


@pytest.mark.parametrize(
    ("rows", "y", "value"),
    [
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, -2, 3], "2.3311388301"),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, "-1/5", 3], "1.4761388301"),
        ([[1, 0], [0, 1]], [1, 0], "0.37500000000"),
    ],
)
def test_whitened_data_by_the_closed_form(rows, y, value):
    """b |y_s| - b^2/2, or |y_s|^2/2, for the positive and the negative targets each: two neurons, soft thresholds."""
    found = rx.all_ones(rx.Dataset(rows, y), "1/2")
    parts = [sum(max(s * Fraction(t), 0) ** 2 for t in y) for s in (1, -1)]
    formula = sum(part**0.5 / 2 - 1 / 8 if part > 1 / 4 else part / 2 for part in map(float, parts))
    assert float(found.value) == pytest.approx(formula, abs=1e-14)
    assert found.value.decimal(11) == value
    assert (found.optimal.name, found.value) == ("PROVED", rx.solve(rx.Dataset(rows, y), "1/2").value)
    assert found.node.width <= 2


def test_a_restriction_that_is_not_optimal():
    data = rx.Dataset(TOY.X, [1, 0])
    found = rx.all_ones(data, "1/4")
    assert (found.optimal.name, found.spike_free.status.name) == ("REFUTED", "REFUTED")
    assert found.value > rx.solve(data, "1/4").value


def test_a_restriction_that_is_optimal_though_the_data_are_not_spike_free():
    found = rx.all_ones(TOY, "1/10")
    assert (found.value, found.optimal.name) == (Fraction(39, 400), "PROVED")


def test_many_rows_are_decided_without_cells():
    """40 orthogonal directions have 2^40 cells; 60 rows of 3 columns as well are no matter."""
    eye = [[int(i == j) for j in range(40)] for i in range(40)]
    assert rx.is_spike_free(rx.Dataset(eye, [0] * 40)).reason == "whitened rows"
    rows = np.random.RandomState(1).randint(-9, 10, size=(60, 3)).tolist()
    assert rx.is_spike_free(rx.Dataset(rows, [0] * 60)).status.name == "REFUTED"


def test_save_load_latex(tmp_path):
    for data in (TOY, rx.Dataset([[1, 0], [1, 1]], [0, 0])):
        found = rx.is_spike_free(data)
        found.save(tmp_path / "free.json")
        assert rx.load(tmp_path / "free.json") == found
        assert found.status.name in found.latex()
    best = rx.all_ones(TOY, 1)
    best.save(tmp_path / "ones.json")
    assert rx.check(tmp_path / "ones.json").kind == "stationary"
    assert r"\text{optimal among all networks: PROVED}" in best.latex()


def test_rows_of_another_cell_are_refused():
    with pytest.raises(InputError, match="are not among the rows"):
        rx.is_spike_free(rx.Dataset([[1, 0], [2, 0]], [0, 0])).cell([1])
