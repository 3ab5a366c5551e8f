"""The gauge of the hull of the set and its negative, and membership."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from strategies import datasets

import reluexact as rx
from reluexact.errors import InputError

TOY = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])


def test_it_is_the_value_of_interpolation():
    assert rx.gauge(TOY, TOY.y) == rx.interpolate(TOY)
    assert rx.rectified_ellipsoid(TOY).gauge([1, 1]).value == 1


@settings(max_examples=8, deadline=None)
@given(datasets(rows=(1, 4), columns=(1, 2)))
def test_every_dual_direction_bounds_it(data):
    """``theta.y <= gauge(y) h(theta)``: the polar set of the hull; outputs of one neuron of length 1 have at most the gauge 1."""
    found = rx.gauge(data, data.y)
    if found.interpolates:
        ends = [rx.support_function(data, theta).value for theta in (data.y, [-t for t in data.y])]
        square = sum(float(t) ** 2 for t in data.y)
        assert square <= float(found.upper if found.status.name != "PROVED" else found.value) * float(max(ends)) + 1e-9
    unit = [Fraction(3, 5), Fraction(4, 5)][: data.d] if data.d == 2 else [Fraction(1)]
    outputs = rx.Network([unit], [1]).predict(data.X)
    assert rx.in_hull(data, outputs).status.name != "REFUTED"


@pytest.mark.parametrize(
    ("point", "status"),
    [([1, 1], "PROVED"), (["3/2", "1/2"], "PROVED"), (["3/2", "501/1000"], "REFUTED"), ([-2, 0], "PROVED"), ([0, 0], "PROVED")],
)
def test_membership_is_exact_on_the_boundary(point, status):
    assert rx.in_hull(TOY, point).status.name == status


def test_an_infinite_gauge():
    found = rx.in_hull(rx.Dataset([[1], [2]], [0, 0]), [1, 1])
    assert (found.status.name, found.gauge.interpolates) == ("REFUTED", False)


def test_undecided_where_the_time_is_up():
    data = rx.Dataset(np.random.RandomState(1).randint(-9, 10, size=(9, 3)).tolist(), [0] * 9)
    found = rx.in_hull(data, ["1/10"] * 9, time_limit="1/100000000")
    assert (found.status.name, found.gauge.status.name) == ("UNDECIDED", "UNDECIDED")
    assert found.reason


def test_what_is_no_point_is_refused():
    with pytest.raises(InputError, match="point: 2 numbers are expected"):
        rx.gauge(TOY, [1])


def test_latex():
    assert rx.in_hull(TOY, [1, 1]).latex() == rx.gauge(TOY, [1, 1]).latex()
    assert rx.rectified_ellipsoid(TOY).latex().startswith(r"\begin{aligned}\mathcal{Q}")


@pytest.mark.parametrize("rows", [[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [["3/5", "4/5"], ["-4/5", "3/5"]]])
def test_whitened_data_have_a_closed_form(rows):
    """``|y+| + |(-y)+|``, with two neurons along ``X'y+`` and ``X'(-y)+`` (Ergen & Pilanci 2021, section 3)."""
    y = [3, -4, 4][: len(rows)]
    found = rx.gauge(rx.Dataset(rows, y), y)
    assert found.value == (9 if len(rows) == 3 else 7)
    assert found.min_width == 2


def test_least_cost_is_half_of_the_sum_of_squares_of_a_balanced_network():
    """The rescaling: ``sum |w| |a|`` and ``1/2 sum (|w|^2 + a^2)`` have the same minimum, half of the paper's P*."""
    found = rx.gauge(TOY, TOY.y)
    hidden, output = found.network.hidden, found.network.output
    assert sum(sum(w * w for w in row) + a * a for row, a in zip(hidden, output, strict=True)) / 2 == found.value
