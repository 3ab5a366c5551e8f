"""The number of components of the optimal networks of a width, against a count over explicit strata."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import factorial
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from optimal_sets import cube, five_points, listed, set_of, solved, toy
from paths import DATA

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.find import staircase
from reluexact.kinds.connectivity.find_path import path
from reluexact.kinds.connectivity.staircase import Staircase
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import solve as solve_linear


def strata(supports, neurons, width):
    """List the open strata by brute force: what the slots hold, such that some point of the polytope uses just these neurons.

    The points of the relative interior of a face use the union of the supports of its vertices; the vertices whose support lies
    in a set of neurons are those of the face on which only these neurons appear.
    """
    faces = {}
    for count in range(len(neurons) + 1):
        for image in combinations(neurons, count):
            inside = [set(support) for support in supports if set(support) <= set(image)]
            faces[frozenset(image)] = bool(inside) and set().union(*inside) == set(image)
    for slots in product((None, *neurons), repeat=width):
        if faces[frozenset(k for k in slots if k is not None)]:
            yield slots


def brute_components(supports, width):
    """Return (components, isolated points): strata are joined with those in their closure, which empty some slots."""
    neurons = sorted({k for support in supports for k in support})
    found = list(strata(supports, neurons, width))
    leader = {slots: slots for slots in found}

    def top(slots):
        while leader[slots] != slots:
            slots = leader[slots]
        return slots

    alone = set(found)
    for slots in found:
        filled = [i for i, k in enumerate(slots) if k is not None]
        for count in range(1, len(filled) + 1):
            for emptied in combinations(filled, count):
                below = tuple(None if i in emptied else k for i, k in enumerate(slots))
                if below in leader:
                    leader[top(below)] = top(slots)
                    alone -= {below, slots}
    points = [slots for slots in alone if tuple(sorted(k for k in slots if k is not None)) in {tuple(s) for s in supports}]
    return len({top(slots) for slots in found}), len(points)


def antichain(supports):
    """Keep the minimal sets of a family."""
    return sorted(tuple(sorted(s)) for s in supports if not any(other < s for other in supports))


families = st.frozensets(st.frozensets(st.integers(0, 4), min_size=1, max_size=4), min_size=1, max_size=6).map(antichain)


@given(families, st.integers(0, 4))
def test_the_count_is_that_of_the_strata(supports, width):
    step = staircase(listed(supports)).at(width)
    assert (step.components, step.isolated) == brute_components(supports, width)


@given(st.lists(st.lists(st.integers(-2, 3), min_size=2, max_size=3), min_size=2, max_size=5), st.data())
def test_the_count_and_the_theorem_hold_for_real_polytopes(table, data):
    n = min(map(len, table))
    features = [tuple(map(Fraction, column[:n])) for column in table]
    features = [(*column, 1 - sum(column)) for column in features]  # all columns sum to 1, so the amounts are bounded
    amounts = [Fraction(data.draw(st.integers(0, 2))) for _ in features]
    fit = [sum(a * column[i] for a, column in zip(amounts, features, strict=True)) for i in range(n + 1)]
    supports = basic_supports(features, fit)
    found = staircase(listed(supports, rows=n + 1))
    for width in range(5):
        step = found.at(width)
        assert (step.components, step.isolated) == brute_components(supports, width)
    assert all(found.at(width).connected for width in range(found.theorem_width, found.theorem_width + 3))
    least, most = found.min_width, found.max_vertex_width
    assert least == 0 or found.at(least - 1).components == 0
    assert found.at(least).components == found.at(least).isolated
    assert found.at(most).isolated > 0
    assert least == 0 or found.at(most + 1).isolated == 0
    assert found.connected_from <= max(found.theorem_width, most)


def basic_supports(features, fit):
    """Return the supports of the vertices of {c >= 0 : sum c f = fit} by trying all sets of independent columns."""
    found = []
    for count in range(len(features) + 1):
        for chosen in combinations(range(len(features)), count):
            if any(set(other) <= set(chosen) for other in found):
                continue  # not minimal, so not independent
            if not chosen:
                found += [()] if not any(fit) else []
                continue
            columns = [features[k] for k in chosen]
            answer = solve_linear([list(row) for row in zip(*columns, strict=True)], fit)
            if answer is not None and all(entry > 0 for entry in answer):
                found.append(chosen)
    return found


def test_the_toy_has_one_three_one_components():
    found = staircase(toy())
    assert [(step.width, step.components, step.isolated) for step in found.steps] == [(0, 0, 0), (1, 1, 1), (2, 3, 2), (3, 1, 0)]
    assert [step.text for step in found.steps] == [
        "empty",
        "a single point",
        "3 components, 2 of them isolated points",
        "connected",
    ]
    assert (found.min_width, found.max_vertex_width, found.theorem_width, found.connected_from) == (1, 2, 3, 3)
    assert all(step.proof == "count" for step in found.steps)


def test_five_points_have_24_isolated_optimal_networks_of_width_4():
    X, y, directions = five_points((1, 0, 1, 0, 1, 1))
    best = solved(X, y, 1)
    assert X == ((-2, 1, 1, 1), (-9, 8, 8, 8), (-4, 5, 5, 5), (-1, 3, 3, 3), (1, 0, 0, 0))
    assert y == tuple(map(Fraction, ("22/7", "2185/91", "2823/182", "1931/182", "44/13")))
    assert {tuple(entry.low for entry in neuron.direction) for neuron in best.neurons} == set(directions)
    assert best.optimum.value == Fraction(298969, 66248)
    assert (best.dimension, best.total) == (1, 4)
    assert [vertex.amounts for vertex in best.vertices] == [
        (1, 1, 0, 1, 0, 1),
        tuple(map(Fraction, ("21/26", "27/26", "7/13", "0", "21/26", "21/26"))),
    ]
    found = staircase(best)
    assert [(s.width, s.components, s.isolated) for s in found.steps] == [(3, 0, 0), (4, 24, 24), (5, 121, 120), (6, 1, 0)]
    assert (found.theorem_width, found.connected_from, found.rank) == (6, 6, 5)


def test_connectedness_is_not_monotone_in_the_width():
    X, y, _ = five_points((1, 0, 1, 0, 1, 0))
    found = staircase(solved(X, y, 1))
    assert (found.min_width, found.max_vertex_width) == (3, 5)
    assert [found.at(width).components for width in range(2, 8)] == [0, 6, 1, 121, 1, 1]
    assert found.at(4).connected
    assert not found.at(5).connected
    assert found.connected_from == 6


def test_the_bound_of_the_theorem_is_attained_by_the_cube():
    found = staircase(cube())
    assert found.sizes == ((4, 2),)
    assert [found.at(width).components for width in range(3, 10)] == [0, 48, 2, 2, 2, 1, 1]
    assert found.connected_from == found.theorem_width == found.rank + 1 == 8
    short = staircase(cube(), limit=1)
    assert [short.at(width).components for width in range(3, 10)] == [0, 48, None, None, None, 1, 1]


@pytest.mark.slow
def test_motorcycle_is_connected_long_before_the_bound():
    data = Dataset.read(DATA / "motorcycle.csv", target="accel", bias=True)
    best = optimal_set(solve(data, 10))
    found = staircase(best)
    assert (found.sizes, found.rank) == (((10, 114),), 10)
    assert (found.connected_from, found.theorem_width) == (11, 20)
    assert found.at(10).components == found.at(10).isolated == 114 * factorial(10)
    walk = path(best, best.vertices[0], best.vertices[-1], width=11)
    assert walk.status is Status.PROVED
    assert walk.fault() is None
    assert path(best, best.vertices[0], best.vertices[-1], width=10).status is Status.REFUTED
    for network in walk.networks(5, digits=20):
        assert network.objective(data, 10) - best.optimum.value.low < Fraction(1, 10**15)


def test_the_zero_network_is_isolated_at_every_width():
    best = solved(((1,), (2,)), (1, 2), 5)  # the largest penalty of the path is 5
    found = staircase(best)
    assert (found.min_width, found.max_vertex_width, found.connected_from) == (0, 0, 0)
    assert [(found.at(m).components, found.at(m).isolated) for m in (0, 1, 2, 9)] == [(1, 1)] * 4


def test_a_unique_network_of_two_neurons_has_two_orders():
    best = solved(((1, 2), (3, -1), (2, 2)), (3, -4, 1), 1)
    found = staircase(best)
    assert [(found.at(m).components, found.at(m).isolated) for m in range(5)] == [(0, 0), (0, 0), (2, 2), (1, 0), (1, 0)]
    assert found.connected_from == 3


def test_beyond_the_limit_only_the_theorem_speaks():
    best = listed([(0, 1, 2), (0, 3, 4), (1, 3, 5), (2, 4, 5, 6)], rows=5)
    exact, short = staircase(best), staircase(best, limit=3)
    assert exact.merges is not None
    assert short.merges is None
    assert short.connected_from is None
    for width in range(10):
        known = short.at(width).components
        assert known is None or known == exact.at(width).components
    assert [short.at(width).components for width in (2, 3, 4, 5, 6)] == [0, 18, None, None, 1]
    assert short.at(4).text == "number of components not computed, at least 24 isolated points"
    assert (short.at(3).proof, short.at(6).proof) == ("count", "theorem")


def test_beyond_the_limit_the_rank_counts():
    square = replace(listed([(0, 2), (0, 3), (1, 2), (1, 3)]), dimension=2)  # two pairs: four neurons of rank 2
    found = staircase(square, limit=1)
    assert (found.rank, found.theorem_width) == (2, 4)
    assert [found.at(width).components for width in range(5)] == [0, 0, 8, 1, 1]
    assert [staircase(square).at(width).components for width in range(5)] == [0, 0, 8, 1, 1]


def test_without_vertices_only_the_rows_count():
    optimum = SimpleNamespace(data=SimpleNamespace(n=4))
    best = set_of((), optimum, Status.UNDECIDED, "too many bases")
    found = staircase(best)
    assert found.status is Status.UNDECIDED
    assert "too many bases" in found.reason
    assert (found.at(4).components, found.at(5).components, found.theorem_width) == (None, 1, 5)
    assert found.min_width is None
    assert [step.width for step in found.steps] == [5]
    assert repr(found) == "Staircase(UNDECIDED, connected from 5, the vertices are not known: too many bases)"


def test_large_supports_and_large_widths():
    best = listed([range(100), range(50, 150), range(100, 200)], rows=1000)
    found = staircase(best)
    assert found.at(100).components == 3 * factorial(100)
    assert [found.at(width).components for width in (101, 149, 150, 151)] == [3, 3, 1, 1]
    assert found.connected_from == 150


@pytest.mark.parametrize("width", [-1, 1.5, "2", True])
def test_widths_are_counts(width):
    with pytest.raises(InputError, match="width"):
        staircase(toy()).at(width)


def test_a_staircase_is_a_value():
    assert staircase(toy()) == staircase(toy())
    assert isinstance(staircase(toy()), Staircase)
    assert hash(staircase(toy())) == hash(staircase(toy()))
    assert repr(staircase(toy())) == "Staircase(PROVED, m*=1, M*=2, connected from 3)"
    assert repr(staircase(listed([(0,), (1,)], rows=9), limit=1)) == "Staircase(PROVED, m*=1, M*=1, connected from 2 or earlier)"
