"""The optimal set: known cases, golden figures, and brute force as a judge."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest
from brute_amounts import brute_dimension, brute_vertices
from hypothesis import given
from hypothesis import strategies as st

import reluexact as rx
from reluexact.evidence.status import Status
from reluexact.numbers.real import Real

F = Fraction
TOY = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])


def optimal_set(X, y, penalty, **options):
    return rx.optimal_set(rx.solve(rx.Dataset(X, y), penalty), **options)


def signed_permutations(vector):
    """Return the rows of the data that is symmetric under the group of the cube."""
    images = itertools.product(itertools.permutations(vector), itertools.product((1, -1), repeat=len(vector)))
    return sorted({tuple(a * b for a, b in zip(entries, signs, strict=True)) for entries, signs in images})


@pytest.mark.parametrize("penalty", [F(1, 10), F(1), F(19, 10)])
def test_toy(penalty):
    best, f = rx.optimal_set(rx.solve(TOY, penalty)), 1 - penalty / 2
    assert best.status is Status.PROVED
    directions = [tuple(entry.low for entry in neuron.direction) for neuron in best.neurons]
    order = [directions.index(u) for u in [(F(1, 2),) * 4, (1, 0, 0, 0), (-F(1, 2), F(1, 2), F(1, 2), F(1, 2))]]
    found = [tuple(vertex.amounts[k] for k in order) for vertex in best.vertices]
    assert found == [(f, 0, 0), (0, f / 2, f / 2)]
    assert (best.dimension, best.min_width, best.max_vertex_width, best.total) == (1, 1, 2, f)
    assert (best.unique, best.p_unique, len(best.facets)) == (False, False, 2)
    assert all(neuron.positive for neuron in best.neurons)


def test_neuron_on_a_hyperplane_is_p_unique_but_not_unique_in_block_form():
    best = optimal_set([[1, 0], [0, 1]], [1, 0], F(1, 2))
    assert (best.dimension, best.p_unique, best.unique) == (0, True, False)
    assert [block.pattern for block in best.blocks()] == ["++", "+-"]
    assert best.vertices[0].amounts == (Real.rational(F(1, 2)),)


def test_inside_a_cell_both_forms_are_unique():
    best = optimal_set([[1], [2]], [1, 2], 1)
    assert (best.p_unique, best.unique, [block.pattern for block in best.blocks()]) == (True, True, ["++"])


def test_zero_network_is_a_point():
    best = optimal_set([[1], [2]], [1, 2], 100)
    assert (best.status, best.dimension, best.neurons, best.min_width, best.total) == (Status.PROVED, 0, (), 0, 0)
    assert [vertex.support for vertex in best.vertices] == [()]


def test_penalty_at_which_the_network_dies_leaves_a_tie_without_weight():
    best = optimal_set([[1], [2]], [1, 2], 5)
    assert ([neuron.positive for neuron in best.neurons], best.min_width) == ([False], 0)


def test_cube_symmetric_data_has_two_tetrahedra():
    rows = signed_permutations((3, 1, 0))
    best = optimal_set(rows, [1] * len(rows), 1)
    assert (best.status, len(best.neurons), best.dimension) == (Status.PROVED, 8, 1)
    assert (best.min_width, best.max_vertex_width) == (4, 4)
    for vertex in best.vertices:
        amount_polytope = [tuple(1 if best.neurons[k].direction[j] > 0 else -1 for j in range(3)) for k in vertex.support]
        assert len({a * b * c for a, b, c in amount_polytope}) == 1  # every other corner of the cube: a tetrahedron


@pytest.mark.parametrize(
    ("vector", "widths", "count"),
    [((1, 0, 0), (2, 4), 6), ((1, 1, 1), (2, 2), 3), ((1, 2, 0), (8, 9), 14), ((1, 2, 3), (6, 6), 1)],
)
def test_cube_symmetric_widths(vector, widths, count):
    rows = signed_permutations(vector)
    best = optimal_set(rows, [1] * len(rows), 1)
    assert best.status is Status.PROVED
    assert ((best.min_width, best.max_vertex_width), len(best.vertices)) == (widths, count)


def test_one_feature_with_bias():
    best = optimal_set([[0, 1], [1, 1], [2, 1], [3, 1], [4, 1]], [0, 1, 0, 2, 1], F(1, 20))
    assert best.status is Status.PROVED
    supports = brute_vertices(best.optimum)
    assert set(supports) == {vertex.support for vertex in best.vertices}


def test_amounts_have_any_number_of_digits():
    data = rx.Dataset.read("examples/data/motorcycle.csv", bias=True)
    best = rx.optimal_set(rx.solve(data, 50))
    assert (best.status, best.dimension, best.min_width, best.max_vertex_width) == (Status.PROVED, 1, 5, 5)
    amount = best.vertices[0].amounts[best.vertices[0].support[0]]
    assert amount.decimal(60).startswith(amount.decimal(25)[:-1])


def test_limit_leaves_dimension_and_says_what_is_missing():
    best = optimal_set(
        [[2, -5], [9, 8], [-8, -6], [-6, -6], [2, -3], [0, -5], [9, 3], [3, -7]], [-6, 8, -3, 7, 5, -9, -1, 1], F(57, 13), limit=2
    )
    assert (best.status, best.vertices, best.min_width, best.dimension) == (Status.UNDECIDED, (), None, 2)
    assert "limit" in best.reason


def test_undecided_optimum_is_refused():
    optimum = rx.solve(rx.Dataset([[1, 2], [-1, 1], [2, -1], [1, 1]], [3, 1, 2, -2]), F(1, 2), limit=1)
    assert optimum.status is Status.UNDECIDED
    with pytest.raises(rx.InputError, match="UNDECIDED"):
        rx.optimal_set(optimum)


def random_problem(seed, entries):
    rng = random.Random(seed)
    n, d = rng.randint(1, 8), rng.randint(1, 3)
    rows = [[rng.randint(-entries, entries) for _ in range(d)] for _ in range(n)]
    for _ in range(rng.randint(0, 2)):
        rows.append([rng.choice((-2, -1, 1)) * entry for entry in rng.choice(rows)])
    return rows, [rng.randint(-entries, entries) for _ in rows], F(rng.randint(1, 9), rng.randint(1, 4))


def agrees_with_brute_force(seed, entries):
    optimum = rx.solve(rx.Dataset(*(problem := random_problem(seed, entries))[:2]), problem[2])
    if optimum.status is not Status.PROVED or len(optimum.neurons) > 14:
        return
    best = rx.optimal_set(optimum)
    assert best.status is Status.PROVED, best.reason
    expected = brute_vertices(optimum)
    assert {vertex.support for vertex in best.vertices} == set(expected)
    for vertex in best.vertices:
        for k, amount in zip(vertex.support, expected[vertex.support], strict=True):
            assert abs(float(vertex.amounts[k]) - amount) <= 1e-6 * max(1, amount)
        assert all(vertex.amounts[k] == 0 for k in range(len(best.neurons)) if k not in vertex.support)
    assert best.dimension == brute_dimension(optimum, expected)


@given(seed=st.integers(0, 10**6), entries=st.sampled_from([1, 2, 3, 9]))
def test_random_problems_agree_with_brute_force(seed, entries):
    agrees_with_brute_force(seed, entries)


@pytest.mark.slow
@pytest.mark.parametrize("entries", [1, 2, 3, 9])
def test_many_random_problems_agree_with_brute_force(entries):
    for seed in range(150):
        agrees_with_brute_force(f"{entries} {seed}", entries)


def test_the_fit_of_a_row_of_zeros_is_zero():
    """Weights lead to scaled copies, whose sums of enclosures do not show it."""
    data = rx.Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, -2, 1, 2])
    best = rx.optimal_set(rx.Problem(data, 1, weights=["1/7", 6, "1/3", "1/3"]))
    assert best.fit()[0] == 0
    assert float(best.fit()[0]) == 0.0
