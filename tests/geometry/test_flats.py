"""Flats: overflow bounds, accidents of the functional, chunks, and the words that hold sets of hyperplanes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import matrices

from reluexact.geometry import arrangement, bits, flats, ordered_regions, regions
from reluexact.geometry.arrangement import activation_patterns, pattern_count
from reluexact.numbers.linalg import rank


def rows_of(seed, n, d, most):
    return np.random.default_rng(seed).integers(-most, most + 1, size=(n, d)).tolist()


def bool_rows(width):
    return st.lists(st.lists(st.booleans(), min_size=width, max_size=width), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("module", "name"),
    [(flats, "SPREAD"), (flats, "CHUNK"), (regions, "CHUNK"), (ordered_regions, "HELD"), (arrangement, "BLOCK")],
)
def test_results_depend_on_no_tuning_constant(monkeypatch, module, name):
    data = [rows_of(1, 14, 3, 2), rows_of(2, 12, 4, 1), rows_of(3, 10, 5, 1)]
    expected = [activation_patterns(rows).signs for rows in data]
    monkeypatch.setattr(module, name, 3)
    for rows, signs in zip(data, expected, strict=True):
        assert np.array_equal(activation_patterns(rows).signs, signs)


@pytest.mark.parametrize("seed", range(5))
def test_functionals_that_vanish_by_accident_are_replaced(monkeypatch, seed):
    rows = rows_of(seed, 12, 4, 1)
    expected = activation_patterns(rows)
    rng = np.random.default_rng(seed)
    values = flats._values
    attempts = []

    def unlucky(coordinates, normals, rank, attempt):
        result = values(coordinates, normals, rank, attempt)
        attempts.append(attempt)
        if rank < normals.shape[1] - 1 and attempt < 3:
            result[rng.random(result.shape) < 0.2] = 0
        return result

    monkeypatch.setattr(flats, "_values", unlucky)
    again = activation_patterns(rows)
    assert pattern_count(rows) == again.count == expected.count
    assert [again.witness(cell) for cell in range(0, again.count, 7)] == [
        expected.witness(cell) for cell in range(0, again.count, 7)
    ]
    assert max(attempts) >= 3


def closure(rows, basis):
    return frozenset(i for i in range(len(rows)) if rank([rows[j] for j in (*basis, i)]) == len(basis))


def test_levels_are_the_flats_that_avoid_the_first_hyperplane():
    rows = ((1, 0, 0, 0), (0, 1, 0, 0), (1, 1, 0, 0), (0, 0, 1, 0), (0, 1, 1, 0), (1, 1, 1, 0), (0, 0, 0, 1), (0, 1, 0, 1))
    for level in flats.levels(flats.integer_arrays(rows), 3, 10**6):
        bases = itertools.combinations(range(len(rows)), level.rank)
        expected = {closure(rows, basis) for basis in bases if rank([rows[i] for i in basis]) == level.rank}
        found = [frozenset(np.flatnonzero(row).tolist()) for row in bits.unpack(level.hyperplanes, len(rows))]
        assert len(found) == len(set(found))
        assert set(found) == {flat for flat in expected if 0 not in flat}
        assert [min(flat, default=len(rows)) for flat in found] == level.first.tolist()
        assert [len(flat) for flat in found] == level.size.tolist()


def test_bounds_choose_machine_integers_only_where_they_suffice():
    for exponent in range(2, 20):
        rows = ((10**exponent, 1, 1), (1, 10**exponent, 1), (1, 1, 10**exponent), (1, 2, -3))
        arrays = flats.integer_arrays(rows)
        kinds = [array.dtype == np.int64 for array in arrays]
        assert kinds == sorted(kinds, reverse=True)
        assert kinds[2] == (exponent <= 6)  # determinants near 10**(3 exponent)


@given(matrices(rows=(4, 7), columns=(3, 3)))
def test_joins_are_determinants(rows):
    array = np.array([[int(v) for v in row] for row in rows[:3]], dtype=object)
    line = flats.join(flats.join(np.ones((1, 1), dtype=object), array[:1], 0), array[1:2], 1)
    a, b, c = array.tolist()
    determinant = sum(c[k] * sign * (a[i] * b[j] - a[j] * b[i]) for k, i, j, sign in ((0, 1, 2, 1), (1, 0, 2, -1), (2, 0, 1, 1)))
    assert flats.join(line, array[2:], 2).tolist() == [[determinant]]


@pytest.mark.parametrize("width", [1, 7, 8, 63, 64, 65, 130])
@given(data=st.data())
def test_words_hold_the_bits_and_order_as_they_do(width, data):
    rows = data.draw(bool_rows(width))
    words = bits.pack(np.array(rows))
    assert bits.unpack(words, width).tolist() == rows
    assert bits.unpack(bits.distinct(words), width).tolist() == [list(row) for row in sorted({tuple(row) for row in rows})]
    first, group = bits.groups(words)
    assert [rows[i] for i in first] == [list(row) for row in sorted({tuple(row) for row in rows})]
    assert [rows[first[g]] for g in group] == rows
    assert all(rows.index(rows[i]) == i for i in first.tolist())
