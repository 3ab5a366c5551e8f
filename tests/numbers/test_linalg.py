"""Linear algebra against its defining equations and against sympy."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from strategies import integers, matrices, rationals

from reluexact.errors import InputError
from reluexact.numbers import linalg
from reluexact.numbers.integer_products import integer_gram

any_matrix = st.one_of(matrices(entries=integers), matrices(entries=rationals, columns=(1, 4)))


def product(left, right):
    return tuple(
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*right, strict=True)) for row in left
    )


def identity(size):
    return tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))


def to_sympy(rows):
    return sympy.Matrix([[sympy.Rational(v.numerator, v.denominator) for v in row] for row in rows])


@given(any_matrix)
def test_rank_agrees_with_sympy(rows):
    assert linalg.rank(rows) == to_sympy(rows).rank()


@given(any_matrix)
def test_kernel_is_a_primitive_basis(rows):
    width = len(rows[0])
    basis = linalg.kernel(rows)
    assert len(basis) == width - linalg.rank(rows)
    assert linalg.rank(basis) == len(basis)
    for vector in basis:
        assert all(sum(a * b for a, b in zip(row, vector, strict=True)) == 0 for row in rows)
        assert all(value.denominator == 1 for value in vector)
        assert gcd(*(int(value) for value in vector)) == 1
        assert next(value for value in vector if value) > 0


@given(any_matrix, st.data())
def test_solve_finds_a_solution_exactly_when_there_is_one(rows, data):
    right = [data.draw(rationals) for _ in rows]
    answer = linalg.solve(rows, right)
    augmented = [(*row, value) for row, value in zip(rows, right, strict=True)]
    if linalg.rank(augmented) > linalg.rank(rows):
        assert answer is None
    else:
        assert product(rows, [[value] for value in answer]) == tuple((value,) for value in right)


@given(any_matrix)
def test_solve_inverts_what_was_multiplied(rows):
    x = [Fraction(k, 3) for k in range(len(rows[0]))]
    right = [sum(a * b for a, b in zip(row, x, strict=True)) for row in rows]
    answer = linalg.solve(rows, right)
    assert answer is not None
    assert [sum(a * b for a, b in zip(row, answer, strict=True)) for row in rows] == right


@given(st.integers(1, 4).flatmap(lambda size: matrices(rows=(size, size), columns=(size, size), entries=rationals)))
def test_inverse_times_matrix_is_one_or_the_matrix_is_singular(rows):
    if linalg.rank(rows) < len(rows):
        with pytest.raises(InputError, match="no inverse: its rows are dependent"):
            linalg.inverse(rows)
    else:
        assert product(rows, linalg.inverse(rows)) == identity(len(rows))


@given(any_matrix)
def test_projector_is_the_symmetric_idempotent_onto_the_kernel(rows):
    P = linalg.projector(rows)
    width = len(rows[0])
    assert tuple(zip(*P, strict=True)) == P
    assert product(P, P) == P
    assert product(rows, P) == tuple((Fraction(0),) * width for _ in rows)
    assert sum(P[i][i] for i in range(width)) == width - linalg.rank(rows)


@given(any_matrix)
def test_independent_rows_are_the_first_ones(rows):
    greedy = []
    for i in range(len(rows)):
        if linalg.rank([rows[j] for j in (*greedy, i)]) > len(greedy):
            greedy.append(i)
    assert linalg.independent_rows(rows) == tuple(greedy)


@given(any_matrix)
def test_matmul_and_transpose(rows):
    assert linalg.matmul(rows, linalg.transpose(rows)) == product(rows, tuple(zip(*rows, strict=True)))


@given(st.lists(rationals, min_size=1, max_size=5))
def test_primitive_is_a_positive_multiple(vector):
    integer = linalg.primitive(vector)
    if any(vector):
        factor = next(Fraction(a) / b for a, b in zip(integer, vector, strict=True) if b)
        assert factor > 0
        assert [factor * value for value in vector] == list(integer)
        assert gcd(*integer) == 1
    else:
        assert not any(integer)


def test_answers_are_fractions_made_of_python_integers():
    answers = [linalg.inverse([[2]]), linalg.kernel([[1, 2]]), linalg.projector([[1, 2]]), linalg.matmul([[2]], [[3]])]
    answers.append((linalg.solve([[2]], [1]),))
    for value in (entry for answer in answers for row in answer for entry in row):
        assert type(value) is Fraction
        assert type(value.numerator) is int
        assert type(value.denominator) is int


def test_large_integers_stay_exact():
    big = 10**60 + 7
    assert linalg.solve([[big, 1], [1, big]], [1, 0]) == (Fraction(big, big * big - 1), Fraction(-1, big * big - 1))
    assert linalg.rank([[big, 1], [big * big, big]]) == 1


def test_shapes_without_rows_or_columns():
    assert linalg.rank([]) == 0
    assert linalg.kernel([], 2) == identity(2)
    assert linalg.projector([], 2) == identity(2)
    assert linalg.independent_rows([]) == ()
    assert linalg.inverse([]) == ()
    assert linalg.projector([[0, 0]]) == identity(2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: linalg.kernel([]), "no width: pass width="),
        (lambda: linalg.projector([]), "no width: pass width="),
        (lambda: linalg.rank([[1], [1, 2]]), "row 1 of the matrix has 2 entries, expected 1"),
        (lambda: linalg.kernel([[1, 2]], 3), "row 0 of the matrix has 2 entries, expected 3"),
        (lambda: linalg.inverse([[1, 2]]), "only a square matrix has an inverse, this one is 1 x 2"),
        (lambda: linalg.solve([[1], [1]], [0]), "2 rows but the right-hand side has 1 entries"),
        (lambda: linalg.matmul([[1, 2]], [[3, 4]]), "2 columns cannot be multiplied with one of 1 rows"),
    ],
)
def test_wrong_shapes_are_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()


mixed = st.one_of(integers, rationals, st.builds(Fraction, st.integers(-(2**80), 2**80), st.sampled_from([1, 2**70, 3**40])))


@given(st.lists(st.tuples(mixed, mixed), max_size=6))
def test_inner_products_and_sums(pairs):
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    total = sum((Fraction(a) * b for a, b in pairs), Fraction(0))
    assert linalg.dot(left, right) == total
    assert isinstance(linalg.dot(left, right), Fraction)
    assert linalg.dot_sign(left, right) == (total > 0) - (total < 0)
    assert linalg.absolute_sum(left) == sum(abs(Fraction(a)) for a in left)
    factor = Fraction(right[0]) if pairs else Fraction(1)
    difference = linalg.minus_multiple(left, factor, right)
    assert difference == tuple(a - factor * b for a, b in pairs)


@given(matrices(entries=integers))
def test_integer_gram(rows):
    whole = [[int(entry) for entry in row] for row in rows]
    assert integer_gram(whole) == [[sum(a * b for a, b in zip(x, y, strict=True)) for y in whole] for x in whole]
