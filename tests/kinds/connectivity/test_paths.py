"""Paths through optimal networks: every point optimal, no jump, and none exactly where the strata say so."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from optimal_sets import five_points, listed, solved, toy

from reluexact.errors import InputError, LimitReached
from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.configuration import Configuration, configuration, fault, mixed, placed
from reluexact.kinds.connectivity.find import staircase
from reluexact.kinds.connectivity.find_path import path
from reluexact.kinds.connectivity.path import OptimalPath
from reluexact.kinds.optimal_set.movement import midpoint, network, random_point
from reluexact.model.network import Network

HALF = Fraction(1, 2)
families = st.frozensets(st.frozensets(st.integers(0, 4), min_size=1, max_size=4), min_size=1, max_size=5)


def antichain(supports):
    return [s for s in supports if not any(other < s for other in supports)]


def slots_of(given, k):
    return [slot for slot in given.slots if slot.neuron == k]


def assert_optimal(best, given):
    """The amounts of the slots, neuron by neuron, are those of the convex combination that the weights name."""
    weights = dict(given.weights)
    assert sum(weights.values()) == 1
    assert min(weights.values()) > 0
    for k in range(len(best.vertices[0].amounts)):
        wanted = sum(weight * best.vertices[j].amounts[k].low for j, weight in weights.items())
        assert sum((slot.amount.low for slot in slots_of(given, k)), Fraction(0)) == wanted
    assert all((slot.amount > 0) == (slot.neuron is not None) for slot in given.slots)


def assert_path(best, found):
    """Follow a path on a grid: optimal everywhere, straight pieces that keep the neuron of every slot, no jumps."""
    assert found.status is Status.PROVED
    assert found.fault() is None
    assert found.at(0) == found.start
    assert found.at(1) == found.end
    for number, piece in enumerate(found.pieces):
        for t in (Fraction(1, 3), HALF):
            here = found.at((number + t) / len(found.pieces))
            assert_optimal(best, here)
            for slot, k, left, right in zip(here.slots, piece.neurons, piece.start.slots, piece.end.slots, strict=True):
                assert {slot.neuron, left.neuron, right.neuron} <= {None, k}
                assert slot.amount == (1 - t) * left.amount.low + t * right.amount.low
    for left, right in pairwise(found.pieces):
        assert left.end == right.start
        assert_optimal(best, left.end)


def placements(best, width):
    """List all vertices in all slots."""
    for j, vertex in enumerate(best.vertices):
        for chosen in permutations(range(width), vertex.width):
            neurons = [None] * width
            for k, slot in zip(vertex.support, chosen, strict=True):
                neurons[slot] = k
            yield placed(best.vertices, j, neurons)


@given(families.map(antichain), st.integers(1, 4))
def test_paths_and_components_agree(supports, width):
    best = listed(supports)
    rest, count = list(placements(best, width))[:150], 0
    everything = sum(1 for _ in placements(best, width)) == len(rest)
    while rest:
        first, others = rest[0], []
        for other in rest:
            found = path(best, first, other, width=width)
            if found.status is Status.PROVED:
                assert_path(best, found)
            else:
                assert found.fault() is None
                others.append(other)
        rest, count = others, count + 1
    if everything:
        assert count == staircase(best).at(width).components


@given(families.map(antichain), st.integers(1, 6), st.data())
def test_paths_between_any_two_networks(supports, width, data):
    best = listed(supports)
    ends = [drawn(best, width, data) for _ in range(2)]
    if None in ends:
        return
    for end in ends:
        assert_optimal(best, end)
        assert fault(best.vertices, end) is None
    found = path(best, *ends, width=width)
    back = path(best, *reversed(ends), width=width)
    assert found.status is back.status
    if found.status is Status.PROVED:
        assert_path(best, found)
        assert_path(best, back)
    if staircase(best).at(width).connected:
        assert found.status is Status.PROVED


def drawn(best, width, data):
    """Draw a network of a width with split neurons in any slots, or None where the width is too small for the chosen vertices."""
    chosen = data.draw(st.lists(st.sampled_from(range(len(best.vertices))), min_size=1, max_size=2, unique=True))
    chosen = [j for j in chosen if len({k for i in chosen for k in best.vertices[i].support}) <= width]
    if not chosen:
        return None
    weights = {j: Fraction(1, len(chosen)) for j in chosen}
    neurons = sorted({k for j in chosen for k in best.vertices[j].support})
    slots = [(k, weights) for k in neurons]
    if len(slots) < width:
        k = slots[0][0]
        slots[0:1] = [(k, {j: w / 3 for j, w in weights.items()}), (k, {j: 2 * w / 3 for j, w in weights.items()})]
    slots += [(None, {})] * (width - len(slots))
    return configuration(best.vertices, weights, data.draw(st.permutations(slots)))


def test_the_toy():
    best = toy()
    one, two = best.vertices
    assert_path(best, path(best, one, two, width=3))
    assert_path(best, path(best, two, midpoint(best), width=3))
    none = path(best, one, two, width=2)
    assert none.status is Status.REFUTED
    assert "isolated point" in none.reason
    assert (none.start_vertices, none.end_vertices) == ((0,), (1,))
    with pytest.raises(InputError, match="there is no path to follow"):
        none.at(HALF)
    swap = path(best, placed(best.vertices, 1, (1, 2)), placed(best.vertices, 1, (2, 1)), width=2)
    assert swap.status is Status.REFUTED
    assert_path(best, path(best, placed(best.vertices, 1, (1, 2, None)), placed(best.vertices, 1, (2, 1, None)), width=3))


def test_a_network_to_itself_needs_no_piece():
    best = toy()
    for width in (1, 2, 5):
        found = path(best, best.vertices[0], best.vertices[0], width=width)
        assert found.status is Status.PROVED
        assert found.pieces == ()
        assert found.at(HALF) == found.start == found.end


def test_five_points():
    best = solved(*five_points((1, 0, 1, 0, 1, 1))[:2], 1)
    four, five = best.vertices
    for width in (6, 7, 9):
        assert_path(best, path(best, four, five, width=width))
        assert_path(best, path(best, random_point(best, seed=3), random_point(best, seed=4), width=width))
    assert path(best, four, five, width=5).status is Status.REFUTED
    reverse = placed(best.vertices, 0, (*reversed(four.support), None))
    assert_path(best, path(best, four, reverse, width=5))
    assert path(best, four, placed(best.vertices, 0, tuple(reversed(four.support))), width=4).status is Status.REFUTED


def test_the_networks_along_a_path_are_optimal_and_close_to_each_other():
    best = solved(*five_points((1, 0, 1, 0, 1, 1))[:2], 1)
    found = path(best, *best.vertices, width=6)
    data = best.optimum.data
    for count, step in ((9, 1), (129, Fraction(1, 3))):
        networks = found.networks(count, digits=20)
        assert len(networks) == count
        assert all(
            net.width == 6 and 0 <= net.objective(data, 1) - best.optimum.value.low < Fraction(1, 10**18) for net in networks
        )
        for left, right in pairwise(networks):
            pairs = zip((*left.hidden, left.output), (*right.hidden, right.output), strict=True)
            assert max(abs(a - b) for rows in pairs for a, b in zip(*rows, strict=True)) < step


def test_networks_as_ends():
    best = toy()
    pair, one = network(best, width=2), network(best, best.vertices[1])
    found = path(best, pair, pair, width=2)
    assert found.pieces == ()
    assert [slot.amount for slot in found.start.slots] == [Fraction(1, 4), Fraction(1, 4)]
    wide = path(best, Network([*pair.hidden, [0] * 4], [*pair.output, 0]), best.vertices[1], width=3)
    assert_path(best, wide)
    assert wide.start.neurons == (0, 0, None)
    assert_path(best, path(best, one, pair, width=4))  # its amounts 1/4 have rational roots
    with pytest.raises(InputError, match="start: the network is not shown to be optimal: neuron 0 is not balanced"):
        path(best, Network([[1, 0, 0, 0]], [2]), pair, width=2)
    with pytest.raises(InputError, match="not shown to be optimal"):
        path(best, network(best), pair, width=2)  # its amount 1/2 has no rational root


def test_a_network_inside_a_face_becomes_a_convex_combination():
    best = toy()
    # amounts (1/4, 1/8, 1/8): 1/8 = 1/16 + 1/16
    fourth = Fraction(1, 4)
    mixture = Network(
        [[fourth] * 4, [fourth, 0, 0, 0], [fourth, 0, 0, 0], *[[-fourth / 2, fourth / 2, fourth / 2, fourth / 2]] * 2],
        [HALF, fourth, fourth, fourth, fourth],
    )
    found = path(best, mixture, best.vertices[0], width=5)
    assert dict(found.start.weights) == {0: HALF, 1: HALF}
    assert found.start.neurons == (0, 1, 1, 2, 2)
    assert_path(best, found)


def test_bad_ends_and_limits():
    best = toy()
    one, two = best.vertices
    with pytest.raises(InputError, match="width: end has 2 neurons, which do not fit into 1 slots; give at least 2"):
        path(best, one, two, width=1)
    with pytest.raises(InputError, match="start: a str is no place"):
        path(best, "one", two, width=2)
    with pytest.raises(LimitReached, match="2 vertices; raise limit="):
        path(best, one, two, width=3, limit=1)
    other = solved(*five_points((1, 0, 1, 0, 1, 1))[:2], 1)
    with pytest.raises(InputError, match="belongs to another optimal set"):
        path(best, other.vertices[0], two, width=6)
    with pytest.raises(InputError, match="another optimal set"):
        path(best, one, replace(midpoint(best), weights=(HALF, 0, HALF)), width=6)
    wrong = Configuration(weights=((0, Fraction(1)),), slots=())
    with pytest.raises(InputError, match="the slots hold 0 of neuron 0 of vertex 0"):
        path(best, wrong, two, width=6)
    with pytest.raises(InputError, match="t: 2 is not between 0 and 1"):
        path(best, one, two, width=3).at(2)
    with pytest.raises(InputError, match="count"):
        path(best, one, two, width=3).networks(1)


def test_a_false_path_is_found_out():
    best = toy()
    good = path(best, *best.vertices, width=3)
    first, last = good.pieces
    assert replace(good, pieces=(last, first)).fault() == "piece 0 does not begin where the one before ends"
    assert replace(good, pieces=(first,)).fault() == "the path does not arrive"
    jump = replace(first, end=last.end)
    assert replace(good, pieces=(jump,)).fault() == "piece 0: a slot changes its neuron without being emptied"
    heavy = mixed(best.vertices, first.start, first.end, HALF, first.neurons)
    heavy = replace(heavy, weights=((0, HALF),))
    assert "convex combination" in replace(good, pieces=(replace(first, end=heavy),)).fault()
    assert isinstance(good, OptimalPath)


def test_a_false_proof_of_none_is_found_out():
    best = listed([(0, 1), (1, 2), (3, 4, 5)])
    none = path(best, best.vertices[0], best.vertices[2], width=4)
    assert none.status is Status.REFUTED
    assert none.fault() is None
    assert (none.start_vertices, none.end_vertices) == ((0, 1), (2,))
    assert replace(none, start_vertices=(0,)).fault() == "the list of the start's component is not complete"
    assert replace(none, start_vertices=(0, 1, 2)).fault() == "the components of start and end overlap"
    assert replace(none, end_vertices=(1,)).fault() == "the lists of minimal networks do not hold those of start and end"
    point = path(best, best.vertices[2], placed(best.vertices, 2, (4, 3, 5)), width=3)
    assert point.fault() is None
    assert replace(point, end=point.start).fault() == "the components of start and end overlap"


def test_the_zero_network():
    best = solved(((1,), (2,)), (1, 2), 5)
    found = path(best, best.vertices[0], Network([[0]], [0]), width=3)
    assert found.status is Status.PROVED
    assert found.networks(2)[1] == Network([[0]] * 3, [0] * 3)
