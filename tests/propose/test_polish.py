"""Polishing: the residual of a rough candidate becomes exact to the digits of floats, and every tight direction is found."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from paths import DATA

import reluexact as rx
from reluexact.model.dataset import Dataset
from reluexact.propose.basis import even_coordinates
from reluexact.propose.cuts import nearest
from reluexact.propose.local_search import LocalSearch
from reluexact.propose.peaks import Landscape, scatter
from reluexact.propose.polish import early_pricing, polish
from reluexact.propose.pricing import CellScan, project, rising
from reluexact.propose.view import FloatView
from reluexact.search.structure_search import StructureSearch

TOY = Dataset([[1, 0], [0, 1], [1, 1], [2, -1], [-1, 3]], [1, 2, -1, 3, 2])


def motorcycle(step, first):
    data = Dataset.read(DATA / "motorcycle.csv", bias=True)
    return Dataset(data.X[first::step], data.y[first::step])


def test_the_nearest_point_solves_its_equations():
    rng = np.random.default_rng(1)
    root, cuts, room, pull = rng.normal(size=(6, 6)), rng.normal(size=(9, 6)), rng.uniform(0, 1, 9), rng.normal(size=6)
    metric = np.eye(6) + root @ root.T
    answer = nearest(metric, pull, cuts, room)
    assert np.allclose(metric @ answer.step + answer.multipliers @ cuts, pull, atol=1e-11)
    assert (cuts @ answer.step <= room + 1e-11).all()
    assert np.abs(answer.multipliers * (cuts @ answer.step - room)).max() < 1e-11
    assert np.count_nonzero(answer.multipliers) > 0


def test_peaks_are_the_best_directions_of_their_neighbourhood():
    view, residual = FloatView.of(TOY), np.array([1.0, 2.0, -1.0, 3.0, 2.0])
    X = np.array(TOY.X, dtype=float) / 2.0**view.exponent
    land = Landscape(view, residual)
    found = land.peaks(land.scattered(scatter(view), 0.1), 0.1)
    assert found
    for peak in found.values():
        around = peak.point + 1e-4 * np.random.default_rng(2).normal(size=(200, 2))
        around /= np.linalg.norm(around, axis=1)[:, None]
        assert (peak.sign * (np.maximum(around @ X.T, 0.0) @ residual) <= peak.value * (1 + 1e-12)).all()
        assert peak.value == pytest.approx(peak.sign * np.maximum(X @ peak.point, 0.0) @ residual, rel=1e-12)


def test_scattered_starts_far_below_the_level_are_left_out_and_no_peak_above_it_is():
    rng = np.random.default_rng(3)
    data = Dataset(rng.integers(-9, 10, (15, 3)).tolist(), rng.integers(-9, 10, 15).tolist())
    view, residual = FloatView.of(data), np.array([float(value) for value in data.y])
    land = Landscape(view, residual)
    points = scatter(view)
    every, near = land.scattered(points, 0.0), land.scattered(points, 5.0)
    assert 0 < len(near) < len(every)
    assert land.peaks(near, 5.0).keys() == land.peaks(every, 5.0).keys()
    best = max(peak.value for peak in land.peaks(every, 0.0).values())
    assert best * 2.0**view.exponent == pytest.approx(CellScan(data).violated(residual, 0.0, 1)[0].value, rel=1e-12)


def test_beyond_its_rising_walls_a_maximiser_is_exceeded_and_nowhere_else():
    rng = np.random.default_rng(5)
    normals = rng.normal(size=(9, 3))
    normals /= np.linalg.norm(normals, axis=1)[:, None]
    seen = set()
    for _ in range(200):
        on, off, inside = rng.normal(size=9), rng.normal(size=9), rng.normal(size=3)
        cell = normals @ inside > 0.0
        point, multipliers = maximum(normals, cell, on, off)
        higher = rising(on - off, multipliers)
        for wall in np.flatnonzero(multipliers > 0.0) if np.linalg.norm(point) > 1e-9 else ():
            other = cell.copy()
            other[wall] ^= True
            exceeds = np.linalg.norm(maximum(normals, other, on, off)[0]) > np.linalg.norm(point) * (1.0 + 1e-9)
            assert exceeds == higher[wall]
            seen.add(bool(exceeds))
    assert seen == {True, False}


def maximum(normals, cell, on, off):
    cone = np.where(cell[:, None], normals, -normals)
    return project(np.where(cell, on, off) @ normals, cone)


@pytest.mark.parametrize("pricing", [CellScan, LocalSearch])
def test_a_rough_residual_becomes_the_exact_one(pricing):
    penalty = Fraction(1, 2)
    optimum = rx.solve(TOY, penalty)
    exact = np.array([float(entry) for entry in optimum.residual])
    rough = exact * (1 + 1e-3 * np.array([1, -1, 1, 1, -1]))
    answer = polish(TOY, penalty, tuple(rough.tolist()), pricing(TOY))
    assert np.abs(np.array(answer.residual) - exact).max() < 1e-13
    signs = sorted(neuron.sign for neuron in optimum.neurons)
    assert sorted(sign for sign, _ in answer.tight) == signs
    directions = np.array([[float(entry) for entry in neuron.direction] for neuron in optimum.neurons])
    for _, direction in answer.tight:
        assert min(np.linalg.norm(directions - np.array(direction), axis=1)) < 1e-9


SOME = {"every fifth": (5, 0, "1/10", "856.8948", 24), "every fourth": (4, 1, "1/100", "353.0479", 44)}


@pytest.mark.parametrize("name", SOME)
def test_many_nearly_tight_cells_are_told_apart(name):
    step, first, penalty, value, neurons = SOME[name]
    optimum = rx.solve(motorcycle(step, first), Fraction(penalty))
    assert optimum.status is rx.Status.PROVED
    assert optimum.value.decimal(7) == value
    assert len(optimum.neurons) == neurons


def test_the_same_structure_has_the_same_certificate(monkeypatch, tmp_path):
    """Polished or not, floats that show the same structure lead to the same bytes."""
    texts, original = [], StructureSearch._attempts
    for order in (slice(0, 1), slice(1, 2)):
        with monkeypatch.context() as patch:
            patch.setattr(StructureSearch, "_attempts", lambda self, quick, order=order: list(original(self, quick))[order])
            optimum = rx.solve(TOY, Fraction(1, 2))
            assert optimum.status is rx.Status.PROVED
            optimum.save(tmp_path / "one.json")
            texts.append((tmp_path / "one.json").read_bytes())
    assert texts[0] == texts[1]


def test_nearly_parallel_rows_are_left_to_others():
    years = Dataset([[20000 + i, 1] for i in range(6)], [1, 4, 2, 5, 3, 6])
    with even_coordinates():
        assert polish(years, Fraction(1), (1.0,) * 6, CellScan(years)) is None


def test_many_cells_are_priced_by_climbs_until_floats_are_polished_and_few_by_a_scan():
    rng = np.random.default_rng(4)
    few, many = (Dataset(rng.integers(-9, 10, (n, 4)).tolist(), rng.integers(-9, 10, n).tolist()) for n in (12, 28))
    assert early_pricing(few, CellScan(few)) is None
    assert CellScan(many).size > 4000
    assert isinstance(early_pricing(many, CellScan(many)), LocalSearch)
    climbs = LocalSearch(many)
    assert early_pricing(many, climbs) is climbs
    long = Dataset([[1, k] for k in range(1501)], [1] * 1501)
    assert early_pricing(long, LocalSearch(long)) is None
