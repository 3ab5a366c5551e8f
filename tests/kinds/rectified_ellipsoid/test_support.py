"""The support function: against dense samples of u and projections in floats, its certificate, and what it exposes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import datasets

import reluexact as rx
from reluexact.errors import InputError, LimitReached
from reluexact.prove.form import Form
from reluexact.prove.support_tree import Support, below, support, support_fault

TOY = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])


def sampled(data, theta, count=20_000):
    """Return the greatest value over random unit vectors, in floats."""
    units = np.random.RandomState(5).normal(size=(count, data.d))
    units /= np.linalg.norm(units, axis=1)[:, None]
    X = np.array(data.X, dtype=float)
    return float((np.maximum(units @ X.T, 0) @ np.array(theta, dtype=float)).max(initial=0))


@pytest.mark.parametrize("seed", range(6))
def test_dense_samples_come_near_and_never_beyond(seed):
    random = np.random.RandomState(seed)
    data = rx.Dataset(random.randint(-5, 6, size=(6, 2)).tolist(), [0] * 6)
    theta = random.randint(-5, 6, size=6).tolist()
    value = float(rx.support_function(data, theta).value)
    near = sampled(data, theta)
    assert near <= value + 1e-9
    assert near >= value * (1 - 1e-3)


@settings(max_examples=30, deadline=None)
@given(datasets())
def test_both_signs_are_the_greatest_penalty_and_all_maximisers_are_found(data):
    ends = [rx.support_function(data, theta) for theta in (data.y, [-t for t in data.y])]
    assert max(end.value for end in ends) == rx.max_penalty(data)
    for end in ends:
        assert sampled(end.data, end.direction, 2000) <= float(end.value) + 1e-9
        for neuron, point in zip(end.neurons, end.points, strict=False):
            assert sum((u * u for u in map(float, neuron.direction)), 0.0) == pytest.approx(1)
            assert sum(float(t) * float(z) for t, z in zip(end.direction, end.points[0], strict=True)) == pytest.approx(
                float(end.value)
            )
            assert len(point) == data.n


@settings(max_examples=40, deadline=None)
@given(datasets(rows=(1, 4)), st.integers(1, 5))
def test_it_is_convex_and_positively_homogeneous(data, factor):
    def value(theta):
        return rx.support_function(data, theta).value

    other = [Fraction(1)] * data.n
    both = [a + b for a, b in zip(data.y, other, strict=True)]
    assert float(value(both)) <= float(value(data.y)) + float(value(other)) + 1e-12
    assert rx.support_function(data, [factor * t for t in data.y]).square == factor**2 * rx.support_function(data, data.y).square


def test_the_toy_exposes_three_neurons():
    found = rx.support_function(TOY, [1, 1])
    assert found.value == 2
    assert [neuron.pattern for neuron in found.neurons] == ["-+", "++", "+-"]
    assert found.points == ((0, 2), (1, 1), (2, 0))
    assert found.neurons[2].direction == (1, 0, 0, 0)


def test_a_dual_point_of_interpolation_exposes_its_neurons():
    """Optimal neurons are the extreme points that an optimal dual point exposes (Ergen & Pilanci 2021, section 3)."""
    found = rx.interpolate(TOY)
    dual = [entry.as_fraction() for entry in found.dual]
    exposed = rx.support_function(TOY, dual)
    assert exposed.value == 1
    assert {neuron.direction for neuron in exposed.neurons} == {neuron.direction for neuron in found.neurons}


def test_save_and_load(tmp_path):
    found = rx.support_function(TOY, [1, "-1/3"])
    found.save(tmp_path / "support.json")
    assert rx.load(tmp_path / "support.json") == found
    assert rx.check(tmp_path / "support.json").kind == "support"


@settings(max_examples=40, deadline=None)
@given(datasets(columns=(1, 4)))
def test_the_checker_accepts_what_is_found(data):
    from reluexact.kinds.files import certificate

    certificate(rx.support_function(data, data.y))


def test_a_direction_that_no_neuron_gains_from():
    found = rx.support_function(TOY, [-1, 0])
    assert (found.value, found.neurons, found.points) == (0, (), ())
    assert repr(found) == "SupportValue(PROVED, 0, cells of the maximisers: none)"


def test_a_pair_of_opposite_neurons():
    found = rx.support_function(rx.Dataset([[1, 0], [-1, 0]], [0, 0]), [1, 1])
    assert [neuron.partner for neuron in found.neurons] == [1, 0]


@pytest.mark.parametrize("direction", [[1], [1, 2, 3], 7, None, ["a", 1]])
def test_what_is_no_direction_is_refused(direction):
    with pytest.raises(InputError, match="direction: 2 numbers are expected"):
        rx.support_function(TOY, direction)


def test_a_limit():
    data = rx.Dataset([[1, 0], [0, 1], [1, 1], [1, 2]], [1, 1, 1, 1])
    with pytest.raises(LimitReached, match="more than 2 nodes"):
        rx.support_function(data, data.y, limit=2)


def test_false_proofs_are_refused():
    form = Form.of(TOY.hyperplanes, TOY.y, 1)
    good = support(form)
    assert support_fault(form, good) is None
    for square, maximisers, tree in (
        (Fraction(5), good.maximisers, good.tree),
        (Fraction(4), good.maximisers[1:], good.tree),
        (Fraction(4), good.maximisers, good.tree[:-1]),
        (Fraction(4), good.maximisers, (*good.tree, good.tree[-1])),
        (Fraction(4), good.maximisers, (good.tree[0], good.tree[0], *good.tree[1:])),
    ):
        assert support_fault(form, Support(square=square, maximisers=maximisers, tree=tree)) is not None


def test_comparison_of_roots():
    assert below(Fraction(2), Fraction(1, 10**30), Fraction(2) + Fraction(3, 10**30))
    assert not below(Fraction(2), Fraction(1, 10**30), Fraction(2) + Fraction(2, 10**30))


def test_latex():
    text = rx.support_function(TOY, [1, -1]).latex()
    assert r"\theta&=(1,\,-1)" in text
    assert r"\theta^\top(Xu)_+&=2" in text
