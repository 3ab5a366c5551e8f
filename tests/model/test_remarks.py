"""Remarks are true of the data and short."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reluexact as rx
from reluexact.model.remarks import remarks_on

ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=5)


@given(ROWS, st.data())
def test_each_remark_is_true_and_none_is_missing(rows, source):
    y = source.draw(st.lists(st.integers(0, 1), min_size=len(rows), max_size=len(rows)))
    remarks = "\n".join(remarks_on(tuple(rows), tuple(y), ("a", "b"), False))
    a, b = zip(*rows, strict=True)
    assert ("one row only" in remarks) == (len(rows) == 1)
    assert ("column 'a' is zero" in remarks) == (not any(a))
    assert ("it acts as a bias (of no effect beside a free one)" in remarks) == (
        len(rows) > 1 and any(any(c) and len(set(c)) == 1 for c in (a, b))
    )
    assert ("zero in all columns" in remarks) == ((0, 0) in rows)
    assert ("the target is zero" in remarks) == (not any(y))
    assert ("are equal: optimal" in remarks) == (a == b and any(a) and (len(set(b)) > 1 or len(rows) == 1))
    clash = any(r == s and any(r) and y[i] != y[j] for i, r in enumerate(rows) for j, s in enumerate(rows))
    assert ("targets differ" in remarks) == clash


@pytest.mark.parametrize("parts", [{}, {"output_bias": "free"}, {"output_bias": "free", "hidden_bias": "free"}])
def test_remarks_are_true_of_problems_with_other_parts(parts):
    """A zero row, a zero column and two equal ones; what is said of neurons is seen on the optimum of each problem."""
    data = rx.Dataset([[0, 0, 0], [1, 1, 0], [2, 2, 0]], [3, -1, 4])
    assert data.remarks == (
        "row 1 is zero in all columns: a network without biases is zero there",
        "the columns 'x1' and 'x2' are equal: optimal neurons weight them equally",
        "column 'x3' is zero in all rows: optimal neurons give it no weight",
    )
    optimum = rx.solve(rx.Problem(data, "1/10", **parts))
    assert optimum.status.name == "PROVED"
    assert optimum.neurons
    for neuron in optimum.neurons:
        first, second, none = neuron.direction[:3]
        assert (first.low, none.low, none.high) == (second.low, 0, 0)
    network = optimum.network
    biased = any(getattr(network, "hidden_bias", ())) or bool(getattr(network, "output_bias", 0))
    assert biased is any("bias" in part for part in parts)
    assert biased or network.predict([[0, 0, 0]]) == (0,)


def test_a_target_of_zeros_is_fitted_by_the_zero_network_whatever_the_loss():
    remark = "the target is zero in all rows: the zero network fits it"
    data = rx.Dataset([[1], [2]], [0, 0])
    assert data.remarks == (remark,)
    assert rx.Network([], []).predict(data.X) == data.y


def test_long_numbers_are_cut():
    texts = remarks_on(((Fraction(1, 3**60), 1), (Fraction(1, 3**60), 1)), (1, 1), ("a", "bias"), True)
    assert texts[0] == "column 'a' is 1/4239115827... in all rows: it does what the bias does"
    assert all(len(text) < 100 for text in texts)
