"""m* and M* along the path: as the optimal sets at single penalties have them, and refused where a vertex degenerates."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

import reluexact as rx
from reluexact.numbers.range_polynomials import Ranged, precisely
from reluexact.prove.path.shares import Near, Shares
from reluexact.prove.unproved import Unproved

PAIRING = rx.Dataset([[-2, 1], [-1, 1], [0, 1], [1, 1], [2, 1]], [1, -1, 2, 0, 1])


def number(value):
    return Ranged.between(Fraction(value))


def shares(columns, tops, known, s=None):
    """Return a polytope that does not move."""
    near = [Near(number(value), None) for value in known]
    rests = [Near(number(Fraction(top) - Fraction(value)), None) for top, value in zip(tops, known, strict=True)]
    return Shares(tuple(tuple(map(number, column)) for column in columns), tuple(near), tuple(rests), s)


def test_the_vertices_of_a_segment_are_accepted_and_no_others():
    with precisely():
        segment = shares([[1], [1]], [1, 2], ["1/2", 1])  # x + y = 3/2 in the box 1 x 2
        segment.check([((1,), ()), ((1,), (0,))])
        for wrong in ([], [((1,), ())], [((1,), ()), ((0,), (1,))], [((1,), ()), ((1,), (0,)), ((0,), ())]):
            with pytest.raises(Unproved):
                segment.check(wrong)


def test_a_degenerate_vertex_is_refused():
    with precisely(), pytest.raises(Unproved, match="may not be divided"):
        shares([[1], [1]], [1, 2], ["1/2", "3/2"]).check([((1,), (0,)), ((0,), (1,))])  # (1, 1) is none, but (0, 2) is a corner


def test_what_hangs_on_one_s_has_signs_however_small_that_is():
    with precisely():
        tiny = Ranged.between(Fraction(-1, 10**40), Fraction(1, 10))  # s: of no known sign on the part, positive in the piece
        known = (Near(None, number(1)), Near(None, number(2)))
        rests = (Near(number(1), number(-1)), Near(number(1), number(-2)))
        hanging = Shares(((number(1),), (number(1),)), known, rests, tiny)
        hanging.check([((1,), ()), ((0,), ())])
        apart = Shares(((number(1),), (number(1),)), tuple(Near(one.small * tiny, None) for one in known), rests, None)
        with pytest.raises(Unproved):
            apart.check([((1,), ()), ((0,), ())])


def test_a_unique_network_has_as_many_neurons_as_there_are():
    path = rx.solution_path(rx.Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2")
    assert [(piece.fewest, piece.greatest, piece.unsettled) for piece in path.pieces] == [(0, 0, ()), (1, 1, ()), (2, 2, ())]


@pytest.mark.slow
def test_the_widths_of_a_piece_are_those_of_the_optimal_sets_in_it():
    path = rx.solution_path(PAIRING, share="1/60")
    piece = path.pieces[-1]
    assert (piece.dimension, piece.fewest, piece.greatest) == (1, 5, 5)
    ((low, high),) = piece.unsettled
    assert high - low < Fraction(1, 1000)
    rng, sides = random.Random(1), []
    for start, end in ((piece.low.high, low), (high, piece.high.low)):
        places = [start + (end - start) * Fraction(rng.randint(1, 999), 1000) for _ in range(4)]
        places += [start + (end - start) / 10**6, end - (end - start) / 10**6]
        found = [path.optimal_set(b) for b in places]
        assert {(best.min_width, best.max_vertex_width) for best in found} == {(5, 5)}
        sides.append({frozenset(vertex.support for vertex in best.vertices) for best in found})
    assert all(len(side) == 1 for side in sides)
    assert sides[0] != sides[1]  # a vertex did pass through a degenerate one in between


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 9])
def test_widths_of_random_paths(seed):
    own = random.Random(seed)
    rows = [[own.randint(-9, 9), own.randint(-9, 9)] for _ in range(8)]
    path = rx.solution_path(rx.Dataset(rows, [own.randint(-9, 9) for _ in rows]), share="1/40")
    several = [piece for piece in path.pieces if piece.dimension]
    assert several
    for piece in several:
        b = (piece.high.middle + piece.low.middle) / 2
        best = path.optimal_set(b.limit_denominator(10**6))
        assert (best.min_width, best.max_vertex_width) == (piece.fewest, piece.greatest)
        assert piece.fewest == len(piece.neurons) - piece.dimension
