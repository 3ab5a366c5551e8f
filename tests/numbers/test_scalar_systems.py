"""Linear systems of Scalars: exact where the matrix allows it, parts apart, enclosures that hold the solution."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.scalar_systems import components, solve_scalars

ROOT = Scalar.of(RadicalSum.root(Fraction(2)))
ZERO, ONE = Scalar.of(0), Scalar.of(1)


def wide(value, error):
    return Scalar.enclosed(Fraction(value) - error, Fraction(value) + error)


def test_a_rational_matrix_keeps_square_roots_exact():
    (answer,) = solve_scalars([(Scalar.of(2), ONE), (ONE, ONE)], [(ROOT, ONE)], 64)
    assert [entry.radical for entry in answer] == [
        RadicalSum.root(Fraction(2)) - RadicalSum.rational(1),
        RadicalSum.rational(2) - RadicalSum.root(Fraction(2)),
    ]


def test_a_small_matrix_of_square_roots_is_eliminated_exactly():
    (answer,) = solve_scalars([(ROOT, ONE), (ONE, ROOT)], [(ONE, ZERO)], 64)
    assert [entry.radical for entry in answer] == [RadicalSum.root(Fraction(2)), RadicalSum.rational(-1)]


def test_what_a_part_does_not_move_is_exactly_zero():
    blurred = wide(3, Fraction(1, 10**30))
    matrix = [(blurred, ZERO, ONE), (ZERO, blurred, ZERO), (ONE, ZERO, blurred)]
    assert components(matrix) == [[0, 2], [1]]
    (answer,) = solve_scalars(matrix, [(ONE, ZERO, ONE)], 128)
    assert answer[1].is_zero
    assert answer[0].low <= Fraction(1, 4) <= answer[0].high
    assert answer[0].high - answer[0].low < Fraction(1, 10**28)


@pytest.mark.parametrize("entry", [ZERO, wide(0, Fraction(1, 4))])
def test_a_matrix_that_may_be_singular_is_undecided(entry):
    with pytest.raises(Undecided):
        solve_scalars([(ONE, ONE), (ONE, ONE + entry)], [(ONE, ZERO)], 64)
