"""Hypothesis strategies for small exact data that are full of coincidences; test_strategies.py proves that they are.

Rows are fresh, zero, repeated, parallel, antiparallel or sums of earlier rows; targets repeat; everything is rational.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from reluexact.model.dataset import Dataset
from reluexact.model.network import Network

integers = st.integers(-3, 3).map(Fraction)
"""Small integers: many ties."""

rationals = st.builds(Fraction, st.integers(-12, 12), st.sampled_from([1, 1, 2, 3, 5]))
"""Small rationals."""

penalties = st.builds(Fraction, st.integers(1, 40), st.sampled_from([1, 2, 3, 7, 10]))
"""Positive penalties."""

factors = st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3)])

_KINDS = ("fresh", "fresh", "fresh", "zero", "repeated", "parallel", "antiparallel", "sum")


@st.composite
def matrices(draw, *, rows=(1, 6), columns=(1, 3), entries=integers):
    """Draw a matrix as a tuple of rows; ``rows`` and ``columns`` are (least, most)."""
    width = draw(st.integers(*columns))
    result = []
    for _ in range(draw(st.integers(*rows))):
        kind = draw(st.sampled_from(_KINDS)) if result else "fresh"
        result.append(_row(draw, kind, result, width, entries))
    return tuple(draw(st.permutations(result)))


def _row(draw, kind, earlier, width, entries):
    if kind == "fresh":
        return tuple(draw(entries) for _ in range(width))
    if kind == "zero":
        return (Fraction(0),) * width
    row = draw(st.sampled_from(earlier))
    if kind == "sum":
        return tuple(a + b for a, b in zip(row, draw(st.sampled_from(earlier)), strict=True))
    factor = {"repeated": Fraction(1), "parallel": draw(factors), "antiparallel": -draw(factors)}[kind]
    return tuple(factor * entry for entry in row)


@st.composite
def datasets(draw, *, rows=(1, 6), columns=(1, 3), entries=integers):
    """Draw a data set; in about one of four all targets come from two values."""
    X = draw(matrices(rows=rows, columns=columns, entries=entries))
    targets = draw(st.sampled_from([entries, entries, entries, st.sampled_from([Fraction(0), Fraction(1)])]))
    return Dataset(X, [draw(targets) for _ in X])


@st.composite
def networks(draw, *, columns, width=(0, 3), entries=rationals):
    """Draw a network that reads ``columns`` columns."""
    m = draw(st.integers(*width))
    hidden = [[draw(entries) for _ in range(columns)] for _ in range(m)]
    return Network(hidden, [draw(entries) for _ in range(m)])


@st.composite
def problems(draw, *, rows=(1, 6), columns=(1, 3), entries=integers):
    """Draw (data, penalty)."""
    return draw(datasets(rows=rows, columns=columns, entries=entries)), draw(penalties)
