"""The logistic loss as a loss of problems: values, conjugate, labels, and whether a minimum is attained."""

from __future__ import annotations

from fractions import Fraction as F
from math import exp, log, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

import reluexact as rx
from reluexact.model.losses import to_loss, with_pieces
from reluexact.model.separable import separated

LABEL = st.sampled_from([F(-1), F(1)])
WEIGHT = st.fractions(min_value=F(1, 9), max_value=9)


@given(st.fractions(min_value=-30, max_value=30), LABEL)
def test_values(fit, label):
    assert float(rx.logistic.value(fit, label)) == pytest.approx(log1p(exp(-float(label * fit))), rel=1e-12)


@given(LABEL, WEIGHT, st.fractions(min_value=F(1, 99), max_value=F(98, 99)))
def test_the_conjugate_meets_the_loss_where_the_slope_is(label, weight, share):
    """At the fit of which q is the share the two add up to the product, but for rounding; elsewhere to more."""
    row = rx.logistic.of_fit(label, weight)
    fit = label * F(log(float((1 - share) / share)))
    s = -label * weight * share
    for point, room in ((fit, 1e-9), (fit + 1, None), (fit - 1, None)):
        excess = row.value(point) + row.conjugate().value(s) - s * point
        assert excess >= 0
        assert excess < room if room else excess > 1e-4 * weight * share * (1 - share)


@given(LABEL, WEIGHT)
def test_the_domain_of_the_conjugate(label, weight):
    conjugate = rx.logistic.of_fit(label, weight).conjugate()
    assert {conjugate.low, conjugate.high} == {F(0), -label * weight}
    assert conjugate.value(conjugate.low) == conjugate.value(conjugate.high) == 0
    assert conjugate.value(conjugate.low - F(1, 10**9)) is conjugate.value(conjugate.high + F(1, 10**9)) is None


def test_names():
    assert to_loss("logistic") is rx.logistic
    assert (rx.logistic.name, rx.logistic.of, repr(rx.logistic)) == ("logistic", "margin", "logistic")
    with pytest.raises(rx.InputError, match="has no parameter; write logistic"):
        to_loss("logistic(1)")


def test_targets_are_labels():
    with pytest.raises(rx.InputError, match=r"y\[1\]: 0 is no label; the loss logistic wants -1 or 1"):
        rx.Problem(rx.Dataset([[1], [2]], [1, 0]), 1, "logistic")


def test_there_are_no_pieces():
    problem = rx.Problem(rx.Dataset([[1]], [1]), 1, "logistic")
    with pytest.raises(rx.InputError, match="no pieces"):
        with_pieces(problem.row_functions[0])
    with pytest.raises(rx.InputError, match="no pieces"):
        problem.row_losses  # noqa: B018 - it is a property that raises


def by_linear_programming(columns, labels):
    """Say the same in floats: the greatest sum of y_i (G g)_i, each at least 0, over a box."""
    rows = np.array([[float(entry) for entry in column] for column in columns]).T * np.array([float(y) for y in labels])[:, None]
    answer = linprog(-rows.sum(axis=0), A_ub=-rows, b_ub=np.zeros(len(rows)), bounds=(-1, 1))
    return bool(-answer.fun > 1e-7)


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.tuples(
            st.lists(LABEL, min_size=n, max_size=n),
            st.lists(st.lists(st.integers(-3, 3).map(F), min_size=n, max_size=n), min_size=1, max_size=3),
        )
    )
)
def test_separation(case):
    labels, columns = case
    assert separated(columns, labels) is by_linear_programming(columns, labels)


def test_nothing_separates_without_free_columns():
    assert not separated([], [F(1)])


@pytest.mark.parametrize(
    ("y", "parts", "cure"),
    [
        ([1, 1, 1], {"output_bias": "free"}, "all labels are 1.*output_bias=penalised"),
        ([-1, -1, -1], {"output_bias": "free", "hidden_bias": "free"}, "all labels are -1.*output_bias=penalised"),
        ([-1, 1, 1], {"output_bias": "free", "skip": "free"}, "skip=penalised"),
        ([1, 1, 1], {"skip": "free"}, "skip=penalised"),
    ],
)
def test_separable_labels_have_no_minimum(y, parts, cure):
    data = rx.Dataset([[1], [2], [4]], y)
    with pytest.raises(rx.InputError, match=cure):
        rx.Problem(data, 1, "logistic", **parts)
    rx.Problem(data, 1, "hinge", **parts)


def test_labels_that_touch_are_separable():
    """Two rows of both labels at 2: the line through 2 still lowers the loss of the others forever."""
    with pytest.raises(rx.InputError, match="separates"):
        rx.Problem(rx.Dataset([[1], [2], [2], [3]], [-1, 1, -1, 1]), 1, "logistic", output_bias="free", skip="free")


def test_one_class_and_penalised_parts_have_a_minimum():
    data = rx.Dataset([[1], [2]], [1, 1])
    for parts in ({}, {"output_bias": "penalised"}, {"skip": "penalised", "hidden_bias": "penalised"}):
        assert rx.Problem(data, 1, "logistic", **parts).loss is rx.logistic
