"""A way down where the cells are too many to list: only the columns round the neurons of both ends are looked at."""

from __future__ import annotations

import random

import pytest

import reluexact as rx
from reluexact.geometry.arrangement import patterns_at_most


@pytest.mark.slow
def test_a_way_down_among_more_cells_than_can_be_listed():
    source = random.Random(1)
    X = [[source.randint(-9, 9) for _ in range(6)] for _ in range(20)]
    data = rx.Dataset(X, [source.randint(-9, 9) for _ in range(20)])
    assert not patterns_at_most(data, 20_000)
    network = rx.Network([[source.randint(-3, 3) for _ in range(6)] for _ in range(12)], [1, -1] * 6)
    way = rx.descent_path(network, data, 100)
    assert way.status.name == "PROVED"
    assert way.end.high < way.start
