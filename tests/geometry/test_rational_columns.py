"""Systems with rational columns, solved at once, against elimination one entry after the other."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluexact.geometry.elimination import eliminate
from reluexact.geometry.polytope import BoundedSystem
from reluexact.geometry.rational_columns import RationalColumns
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar

ENTRIES = st.fractions(-3, 3, max_denominator=4)
ROOTS = st.builds(
    lambda a, b, q: RadicalSum.rational(a) + RadicalSum.root(Fraction(q)).scaled(b), ENTRIES, ENTRIES, st.integers(1, 9)
)
ENCLOSED = st.builds(lambda a, e: Scalar.enclosed(a, a + Fraction(e, 2**40), 60), ENTRIES, st.integers(0, 3))


def eliminated(system, basis):
    rows = system.rows()
    pivots = sorted((column, row) for row, column in eliminate(rows, basis))
    return [rows[row] for _, row in pivots] if len(pivots) == len(rows) else None


@given(st.data(), st.sampled_from([ENTRIES, ROOTS, ENCLOSED]))
def test_both_ways_agree(data, right):
    r = data.draw(st.integers(1, 3))
    columns = data.draw(st.lists(st.lists(ENTRIES, min_size=r, max_size=r), min_size=r, max_size=4))
    system = BoundedSystem.of(columns, data.draw(st.lists(right, min_size=r, max_size=r)), [None] * len(columns))
    quick = RationalColumns.of(system)
    assert quick is not None
    for basis in combinations(range(len(columns)), r):
        found, expected = quick.solved(basis), eliminated(system, basis)
        assert (found is None) is (expected is None)
        for row, other in zip(found or (), expected or (), strict=True):
            assert [entry.rational for entry in row[:-1]] == [entry.rational for entry in other[:-1]]
            if other[-1].radical is not None:  # elimination may enclose what the quick way knows exactly: a multiple of 0
                assert row[-1].radical == other[-1].radical
            assert row[-1].low <= other[-1].high
            assert other[-1].low <= row[-1].high


def test_what_encloses_is_not_much_wider():
    right = [Scalar.enclosed(Fraction(1), 1 + Fraction(1, 2**50), 60)] * 2
    ((*_, value), _) = RationalColumns.of(BoundedSystem.of([[1, 1], [1, -1]], right, [None, None])).solved((0, 1))
    assert value.low <= 1
    assert value.high >= 1 + Fraction(1, 2**50)
    assert value.high - value.low < Fraction(1, 2**48)


@pytest.mark.parametrize(
    ("columns", "right"),
    [
        ([], [1]),
        ([[RadicalSum.root(Fraction(2))], [1]], [1]),
        ([[1, 0], [0, 1]], [RadicalSum.root(Fraction(10007)), RadicalSum(((10007**3, Fraction(1)),))]),
        ([[1, 0], [0, 1]], [RadicalSum.root(Fraction(2)), Scalar.enclosed(Fraction(1), Fraction(2), 60)]),
    ],
)
def test_other_systems_are_left_to_elimination(columns, right):
    assert RationalColumns.of(BoundedSystem.of(columns, right, [None] * len(columns))) is None
