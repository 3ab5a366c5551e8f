"""Hyperplanes: the grouping of rows, and the decomposition of sign * theta.(Xu)+ into kinks and a linear part."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from strategies import integers, matrices, rationals

from reluexact.geometry.hyperplanes import hyperplanes
from reluexact.numbers.linalg import rank


def dot(a, b):
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


@given(matrices(entries=rationals))
def test_every_row_is_its_factor_times_the_first_row_of_its_hyperplane(rows):
    found = hyperplanes(rows)
    assert len(found) == len(found.normals)
    assert tuple(rows[i] for i in found.rows) == found.normals
    for row, hyperplane, factor in zip(rows, found.hyperplane_of, found.factor, strict=True):
        if hyperplane is None:
            assert not any(row)
            assert factor == 0
        else:
            assert factor != 0
            assert row == tuple(factor * value for value in found.normals[hyperplane])
            assert rows.index(row) >= found.rows[hyperplane]


@given(matrices())
def test_different_hyperplanes_are_not_parallel(rows):
    normals = hyperplanes(rows).normals
    assert all(rank([normals[i], normals[j]]) == 2 for i in range(len(normals)) for j in range(i))


@given(matrices(), st.data(), st.sampled_from([1, -1]))
def test_kinks_and_linear_part_give_the_function_back(rows, data, sign):
    theta = tuple(data.draw(rationals) for _ in rows)
    u = tuple(data.draw(integers) for _ in rows[0])
    found = hyperplanes(rows)
    value = dot(found.linear_part(theta, sign, len(u)), u)
    value += sum(k * max(dot(n, u), 0) for k, n in zip(found.kinks(theta, sign), found.normals, strict=True))
    assert value == sign * sum(t * max(dot(row, u), 0) for t, row in zip(theta, rows, strict=True))


@given(matrices(), st.data())
def test_row_gates_are_the_signs_of_the_rows(rows, data):
    u = tuple(data.draw(integers) for _ in rows[0])
    found = hyperplanes(rows)

    def gate(row):
        return (dot(row, u) > 0) - (dot(row, u) < 0)

    assert found.row_gates(tuple(gate(n) for n in found.normals)) == tuple(gate(row) for row in rows)
