"""The band between functions, its exact changes of slope, and what is drawn of it."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import reluexact as rx
from reluexact.pictures.functions import Names, band_of, envelope, functions
from reluexact.pictures.palette import STYLES
from reluexact.pictures.picture import Canvas

NUMBERS = st.integers(-9, 9).map(Fraction)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=5), st.integers(0, 30))
def test_the_band_is_exact_at_every_place(lines, step):
    places = [Fraction(0), Fraction(1), Fraction(3)]
    band = envelope(places, lines)

    def at(values, x):
        k = 0 if x <= 1 else 1
        return values[k] + (values[k + 1] - values[k]) * (x - places[k]) / (places[k + 1] - places[k])

    x = Fraction(step, 10)
    found = [entry[0] for entry in band]
    assert found == sorted(set(found))
    k = max(k for k, place in enumerate(found[:-1]) if place <= x)
    share = (x - found[k]) / (found[k + 1] - found[k])
    for column, end in ((1, min), (2, max)):
        assert band[k][column] + (band[k + 1][column] - band[k][column]) * share == end(at(values, x) for values in lines)


def test_a_band_that_is_seen_is_filled_and_one_that_is_not_is_said():
    data = rx.Dataset([[0], [2]], [0, 2], names=["t"])
    straight, steep = rx.Network([[1]], [1]), rx.Network([[2]], [1])
    panel = Canvas(palette=STYLES["dark"]).panel((6.0, 4.0))
    functions(panel, data, [straight, steep], Names("t", "y", "first"), band_of(data, [straight, steep]))
    assert [text.get_text() for text in panel.axes.get_legend().get_texts()][:2] == ["data", "all of them, lowest to highest"]
    assert len(panel.axes.collections) == 1
    panel = Canvas().panel((6.0, 4.0))
    functions(panel, data, [straight, straight], Names("t", "y", "first"), band_of(data, [straight, straight]))
    assert len(panel.axes.collections) == 0
    assert any("they differ by less than 1/1000 of the range of y" in text.get_text() for text in panel.axes.texts)
