"""The fits that networks have: against random features in floats."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from interpolation_judge import nearest_fit_of

from reluexact.model.dataset import Dataset
from reluexact.model.reachable import cost, deciding_rows, nearest_fit, network_of_fit


@st.composite
def small_data(draw):
    d = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*[st.integers(-1, 1)] * d), min_size=1, max_size=7))
    y = draw(st.lists(st.integers(-5, 5), min_size=len(rows), max_size=len(rows)))
    return Dataset(rows, y)


@given(small_data())
def test_the_nearest_fit_is_that_of_random_features(data):
    assert list(map(float, nearest_fit(data))) == pytest.approx(nearest_fit_of(data.X, data.y), abs=1e-8)


@given(small_data())
def test_the_rows_determine_all_outputs_and_none_is_superfluous(data):
    X = np.array(data.X, dtype=float)
    features = np.maximum(X @ np.random.default_rng(1).normal(size=(data.d, 500)), 0.0)
    rows = list(deciding_rows(data))
    rank = np.linalg.matrix_rank(features)
    assert len(rows) == rank
    assert not rows or np.linalg.matrix_rank(features[rows]) == rank


@given(small_data())
def test_a_network_has_the_nearest_fit_exactly(data):
    fit = nearest_fit(data)
    network = network_of_fit(data, fit)
    assert (network.predict(data.X) if network.hidden else (0,) * data.n) == fit
    lengths = [float(np.linalg.norm(np.array(row, dtype=float))) for row in network.hidden]
    assert float(cost(network)) == pytest.approx(sum(r * abs(float(a)) for r, a in zip(lengths, network.output, strict=True)))


def test_three_opposite_pairs_in_the_plane_lose_one_dimension():
    rows = [(1, 0), (0, 1), (1, 1), (-1, 0), (0, -1), (-1, -1)]
    data = Dataset(rows, [1, 0, 0, 0, 0, 0])
    assert len(deciding_rows(data)) == 5
    across = (1, 1, -1, -1, -1, 1)  # (1, 0) + (0, 1) - (1, 1) = 0
    assert nearest_fit(data) == tuple(y - Fraction(sign, 6) for y, sign in zip(data.y, across, strict=True))
