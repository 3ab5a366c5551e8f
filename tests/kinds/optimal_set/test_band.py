"""The lowest and the highest output of optimal networks at a row."""

from __future__ import annotations

from fractions import Fraction

import pytest

import reluexact as rx

TOY = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])


def test_every_optimal_function_lies_in_the_band_and_its_ends_are_taken():
    best = rx.optimal_set(rx.solve(TOY, penalty=1))
    networks = [best.network(vertex, digits=40) for vertex in best.vertices]
    networks += [best.network(best.random_point(seed=seed), digits=40) for seed in range(3)]
    close = Fraction(1, 10**30)
    for row in ([1, 1, 1, 1], [3, -1, 0, 2], [-1, 2, 2, 2], [2, 0, 0, 0]):
        low, high = best.band(row)
        values = [network.predict([row])[0] for network in networks]
        assert all(low.low - close <= value <= high.high + close for value in values)
        assert min(values[:2]) - close <= low.high
        assert max(values[:2]) + close >= high.low


def test_at_the_data_all_agree_and_irrational_ends_are_refined():
    data = rx.Dataset([[0], [1], [2], [3]], [0, 0, 1, 3], bias=True)
    best = rx.optimal_set(rx.solve(data, "1/10"))
    low, high = best.band([2])
    assert low.decimal(20) == high.decimal(20) == best.fit()[2].decimal(20)
    assert best.band([2, 1])[0].decimal(20) == low.decimal(20)


@pytest.mark.parametrize(("row", "message"), [([1], "row: 1 numbers given, but the data has 4"), ([0.5] * 4, "not exact")])
def test_other_rows_are_refused(row, message):
    with pytest.raises(rx.InputError, match=message):
        rx.optimal_set(rx.solve(TOY, penalty=1)).band(row)


def test_without_vertices_there_is_no_band():
    with pytest.raises(rx.InputError):
        rx.optimal_set(rx.solve(TOY, penalty=1, limit=1)).band([1, 1, 1, 1])
