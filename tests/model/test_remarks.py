"""Remarks are true of the data and short."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reluexact.model.remarks import remarks_on

ROWS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=5)


@given(ROWS, st.data())
def test_each_remark_is_true_and_none_is_missing(rows, source):
    y = source.draw(st.lists(st.integers(0, 1), min_size=len(rows), max_size=len(rows)))
    remarks = "\n".join(remarks_on(tuple(rows), tuple(y), ("a", "b"), False))
    a, b = zip(*rows, strict=True)
    assert ("one row only" in remarks) == (len(rows) == 1)
    assert ("column 'a' is zero" in remarks) == (not any(a))
    assert ("it acts as a bias" in remarks) == (len(rows) > 1 and any(any(c) and len(set(c)) == 1 for c in (a, b)))
    assert ("zero in all columns" in remarks) == ((0, 0) in rows)
    assert ("the target is zero" in remarks) == (not any(y))
    assert ("are equal: optimal" in remarks) == (a == b and any(a) and (len(set(b)) > 1 or len(rows) == 1))
    clash = any(r == s and any(r) and y[i] != y[j] for i, r in enumerate(rows) for j, s in enumerate(rows))
    assert ("targets differ" in remarks) == clash


def test_long_numbers_are_cut():
    texts = remarks_on(((Fraction(1, 3**60), 1), (Fraction(1, 3**60), 1)), (1, 1), ("a", "bias"), True)
    assert texts[0] == "column 'a' is 1/4239115827... in all rows: it does what the bias does"
    assert all(len(text) < 100 for text in texts)
