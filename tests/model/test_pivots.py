"""The free hidden bias seen from each row: what holds at the pivots holds for every bias, and nothing more is asked."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import reluexact as rx
from reluexact.model.pivots import views

NUMBER = st.integers(-4, 4)
CASES = st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=2, max_size=6)


def balanced(rows):
    theta = [Fraction(t) for *_, t in rows]
    theta[-1] -= sum(theta)
    return theta


def height(X, theta, w, c, sign):
    return sign * sum(t * max(0, sum(a * b for a, b in zip(row, w, strict=True)) + c) for row, t in zip(X, theta, strict=True))


@given(CASES, st.tuples(NUMBER, NUMBER), st.fractions(-20, 20, max_denominator=4), st.sampled_from([1, -1]))
def test_no_bias_is_above_all_pivots(rows, w, c, sign):
    X, theta = [row[:2] for row in rows], balanced(rows)
    problem = rx.Problem(rx.Dataset(X, [0] * len(X)), 1, hidden_bias="free", output_bias="free")
    seen = [view for view in views(problem) if sign in view.signs(theta)]
    highest = max((height(view.data.X, theta, w, 0, sign) for view in seen), default=0)
    assert height(X, theta, w, c, sign) <= max(highest, 0)
    for view in seen:  # each is the height at the bias that puts the kink onto the pivot
        assert height(view.data.X, theta, w, 0, sign) == height(X, theta, w, view.bias([Fraction(v) for v in w]), sign)


@given(CASES)
def test_equal_rows_share_a_view(rows):
    X = [row[:2] for row in rows]
    problem = rx.Problem(rx.Dataset(X, [0] * len(X)), 1, hidden_bias="free", output_bias="free")
    assert sorted(i for view in views(problem) for i in view.rows) == list(range(len(X)))
    assert len(views(problem)) == len(set(X))
    alone = views(rx.Problem(rx.Dataset(X, [0] * len(X)), 1))
    assert [view.data.X for view in alone] == [rx.Dataset(X, [0] * len(X)).X]
