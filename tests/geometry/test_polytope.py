"""Vertices, dimension and fixed variables of polytopes against all bases one by one and against the Parma Polyhedra Library."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polytopes import (
    blurred,
    brute_vertices,
    entries,
    fractions,
    independent,
    is_generic,
    plain_systems,
    ppl_polyhedron,
    ppl_vertices,
)

from reluexact.budget import spending
from reluexact.errors import InputError, LimitReached
from reluexact.geometry.affine_hull import dimension, fixed_variables
from reluexact.geometry.polytope import BoundedSystem, basic_point, independent_rows_only
from reluexact.geometry.vertices import closed, vertices
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar, Undecided

F = Fraction
LINE = ((1,), (1,))


def system_of(plain):
    """Return the system with independent equations; None when they contradict each other."""
    return independent_rows_only(BoundedSystem.of(*plain))


def cross_section(p):
    """Return the section of a cube through its middle: every variable in [0, 1], their sum p / 2; very degenerate for even p."""
    return tuple((F(1),) for _ in range(p)), (F(p, 2),), (F(1),) * p


def transportation(supply, demand):
    """Return the polytope of all tables with given row and column sums; one equation too many."""
    a, b = len(supply), len(demand)
    columns = tuple(
        tuple(F(int(i == k)) for k in range(a)) + tuple(F(int(j == k)) for k in range(b)) for i, j in product(range(a), range(b))
    )
    return columns, tuple(map(F, (*supply, *demand))), (None,) * (a * b)


NAMED = {
    "cube": ((((),) * 3, (), (F(1), F(2), F(1))), 8, 3),
    "simplex": ((((F(1),),) * 4, (F(1),), (None,) * 4), 4, 3),
    "cut cube, an octahedron": (cross_section(4), 6, 3),
    "cut cube of dimension 5": (cross_section(5), 30, 4),
    "cut cube of dimension 6": (cross_section(6), 20, 5),
    "Birkhoff": (transportation((1, 1, 1), (1, 1, 1)), 6, 4),
    "transportation": (transportation((2, 3), (1, 2, 2)), 4, 2),
    "repeated columns": ((((F(1), F(0)),) * 2 + ((F(0), F(1)),) * 2, (F(1), F(1)), (None,) * 4), 4, 2),
    "one point": ((((F(1),), (F(1),)), (F(3),), (F(1), F(2))), 1, 0),
    "only zero": ((((F(1),), (F(1),)), (F(0),), (None, None)), 1, 0),
    "implicit equality": ((((F(1), F(1)), (F(1), F(1)), (F(0), F(1))), (F(1), F(1)), (None, None, F(1))), 2, 1),
    "empty": ((((F(1),), (F(1),)), (F(4),), (F(1), F(2))), 0, -1),
    "negative bound": ((((),), (), (F(-1),)), 0, -1),
    "nothing": (((), (), ()), 1, 0),
    "equations of nothing": (((), (F(0), F(0)), ()), 1, 0),
    "no width": ((((F(1),), (F(1),)), (F(1),), (F(0), F(1))), 1, 0),
}


@pytest.mark.parametrize("name", NAMED)
def test_named_polytopes(name):
    plain, count, size = NAMED[name]
    system = system_of(plain)
    found = vertices(system)
    assert len(found.points) == count
    assert dimension(system) == size
    assert set(fractions(found.points)) == ppl_vertices(ppl_polyhedron(*plain))
    assert closed(system, found.labels) == bool(count)


def check_against_judges(plain, found):
    points = fractions(found.points)
    assert len(points) == len(set(points))
    assert set(points) == brute_vertices(*plain) == ppl_vertices(ppl_polyhedron(*plain))


@given(plain_systems())
def test_vertices_and_dimension(plain):
    polyhedron = ppl_polyhedron(*plain)
    system = system_of(plain)
    if system is None:
        assert polyhedron.is_empty()
        return
    if not polyhedron.is_bounded():
        with pytest.raises(InputError, match="unbounded"):
            vertices(system)
        return
    found = vertices(system)
    assert dimension(system) == (-1 if polyhedron.is_empty() else polyhedron.affine_dimension())
    assert set(fractions(found.points)) == ppl_vertices(polyhedron)
    if independent(*plain[:2]):
        check_against_judges(plain, found)


@given(plain_systems(free=False))
def test_fixed_variables(plain):
    amount_polytope = ppl_vertices(ppl_polyhedron(*plain))
    system = system_of(plain)
    fixed = None if system is None else fixed_variables(system)
    if not amount_polytope:
        assert fixed is None
        return
    values = list(zip(*amount_polytope, strict=True))
    assert [(j, value.rational) for j, value in fixed] == [
        (j, column[0]) for j, column in enumerate(values) if len(set(column)) == 1
    ]


@given(plain_systems(free=False), st.data())
def test_closed_refuses_an_incomplete_list(plain, data):
    system = system_of(plain)
    labels = vertices(system).labels if system is not None else ()
    if not labels:
        return
    assert closed(system, labels)
    assert closed(system, reversed(labels))
    if len(labels) > 1:
        gone = data.draw(st.sampled_from(labels))
        assert not closed(system, [label for label in labels if label != gone])


def test_closed_refuses_what_is_no_list_of_labels():
    system = BoundedSystem.of(LINE, [1], [None, 1])
    labels = vertices(system).labels
    assert closed(system, labels)
    for bad in ([], [((0, 1), ())], [((), ())], [((0,), (0,))], [((0,), (5,))], [((1,), (0,))], [((7,), ())], [((0,), (1, 1))]):
        assert not closed(system, [*bad])
    assert not closed(BoundedSystem.of(LINE, [1], [F(1, 2), 1]), labels)
    assert not closed(BoundedSystem.of([[1], [-1]], [0], [None, None]), [((0,), ())])


@given(plain_systems(free=False))
def test_labels_name_their_vertices(plain):
    system = system_of(plain)
    if system is None:
        return
    found = vertices(system)
    assert list(found.labels) == sorted(set(found.labels))
    firsts = [found.labels[found.vertex_of.index(k)] for k in range(len(found.points))]
    assert firsts == [point.label for point in found.points] == sorted(firsts)
    for label, k in zip(found.labels, found.vertex_of, strict=True):
        assert basic_point(system, *label).point == found.points[k].point
    for state, point in zip(found.states, fractions(found.points), strict=True):
        for place, x, bound in zip(state, point, plain[2], strict=True):
            assert place == (0 if x == 0 else 2 if x == bound else 1)


def test_the_perturbed_polytope_is_simple():
    """Degenerate as the octahedron is, each edge of the perturbed polytope has two ends, and Euler's formula holds."""
    system = system_of(cross_section(4))
    found = vertices(system)
    edges = Counter()
    for basis, high in found.labels:
        for j in set(range(4)) - set(basis):
            edges[frozenset(basis) | {j}, frozenset(high) - {j}] += 1
    assert set(edges.values()) == {2}
    assert len(found.labels) - len(edges) + 8 == 2


@given(plain_systems(free=False))
def test_enclosures_agree_or_leave_it_undecided(plain):
    if not independent(*plain[:2]):
        return
    system = BoundedSystem.of(*plain)
    exact = vertices(system)
    try:
        found = vertices(blurred(system))
    except Undecided:
        return
    assert len(exact.points) == len(exact.labels)  # no vertex with a tie was claimed
    assert (found.labels, found.states) == (exact.labels, exact.states)
    for blurry, point in zip(found.points, exact.points, strict=True):
        for value, true in zip(blurry.point, point.point, strict=True):
            assert value.low <= true.rational <= value.high


wild = st.builds(Fraction, st.integers(-997, 997), st.integers(900, 1000))


@given(st.integers(1, 3), st.data())
def test_enclosures_decide_generic_polytopes(r, data):
    p = r + data.draw(st.integers(0, 3))
    columns = [[data.draw(wild) for _ in range(r)] for _ in range(p)]
    upper = [1 + abs(data.draw(wild)) for _ in range(p)]
    inside = [bound * data.draw(st.fractions(F(1, 3), F(2, 3))) for bound in upper]
    right = [sum(column[i] * x for column, x in zip(columns, inside, strict=True)) for i in range(r)]
    if not is_generic(columns, right, upper):
        return
    system = BoundedSystem.of(columns, right, upper)
    exact, found = vertices(system), vertices(blurred(system))
    assert (found.labels, found.states) == (exact.labels, exact.states)
    assert dimension(blurred(system)) == dimension(system) == p - r


def test_a_generic_polytope_is_decided_by_enclosures():
    columns = [[F(7 * j * j + 3 * j + 1, 9), F(5 * j**3 - 11 * j + 2, 7)] for j in range(1, 7)]
    upper = [F(3 + j, 2) for j in range(6)]
    right = [sum(column[i] * bound * F(3, 7) for column, bound in zip(columns, upper, strict=True)) for i in range(2)]
    system = BoundedSystem.of(columns, right, upper)
    exact, found = vertices(system), vertices(blurred(system))
    assert (found.labels, found.states) == (exact.labels, exact.states)
    assert len(found.points) > 10
    assert closed(blurred(system), found.labels)
    assert fixed_variables(blurred(system)) == ()
    assert dimension(blurred(system)) == 4


@pytest.mark.parametrize("plain", [cross_section(4), NAMED["only zero"][0], NAMED["implicit equality"][0]])
def test_degenerate_enclosures_are_undecided(plain):
    with pytest.raises(Undecided):
        vertices(blurred(BoundedSystem.of(*plain)))


def test_dependent_enclosed_equations_are_undecided():
    twice = BoundedSystem.of(((1, 1), (1, 1)), (1, 1), (1, 1))
    assert len(independent_rows_only(twice).right) == 1
    with pytest.raises(Undecided):
        independent_rows_only(blurred(twice))


def scaled_by_roots(plain, radicands):
    """Return the system of ``x_j sqrt(q_j)``: its columns and bounds are multiples of square roots, its geometry is the same."""
    columns, right, upper = plain
    roots = [RadicalSum.root(F(q)) for q in radicands[: len(columns)]]
    return BoundedSystem.of(
        [[root.scaled(entry) for entry in column] for root, column in zip(roots, columns, strict=True)],
        right,
        [None if b is None else RadicalSum.root(1 / F(q)).scaled(b) for b, q in zip(upper, radicands, strict=False)],
    )


@given(plain_systems(most=5, free=False), st.lists(st.sampled_from([2, 3, 5, 8]), min_size=5, max_size=5))
def test_square_roots_are_exact_where_enclosures_are_not(plain, radicands):
    if not independent(*plain[:2]):
        return
    rational, system = BoundedSystem.of(*plain), scaled_by_roots(plain, radicands)
    exact, found = vertices(rational), vertices(system)
    assert (found.labels, found.states) == (exact.labels, exact.states)
    assert dimension(system) == dimension(rational)
    assert closed(system, found.labels) == bool(found.labels)
    for point, image in zip(exact.points, found.points, strict=True):
        for x, y, q in zip(point.point, image.point, radicands, strict=False):
            assert (y * Scalar.of(RadicalSum.root(F(q))) - x).sign() == 0


def test_a_tie_of_square_roots():
    """Unit vectors at 120 degrees add up to 0: a degenerate vertex that only exact arithmetic sees."""
    half, root = F(1, 2), RadicalSum.root(F(3)).scaled(F(1, 2))
    columns = [[1, 0], [-half, root], [-half, -root]]
    system = BoundedSystem.of(columns, [0, 0], [1, 1, 1])
    found = vertices(system)
    assert fractions(found.points) == [(0, 0, 0), (1, 1, 1)] or fractions(found.points) == [(1, 1, 1), (0, 0, 0)]
    assert dimension(system) == 1
    with pytest.raises(Undecided):
        vertices(system.mapped(lambda number: Scalar.enclosed(number.low, number.high)))


def test_the_limit():
    cube = BoundedSystem.of(((),) * 5, (), (1,) * 5)
    assert len(vertices(cube, limit=32).points) == 32
    with pytest.raises(LimitReached) as caught:
        vertices(cube, limit=31)
    assert caught.value.limit == 31


def test_how_many_bases_there_are_is_reported():
    lines = []
    system = BoundedSystem.of([[1]] * 11, [Fraction(11, 2)], [1] * 11)
    with spending(progress=lines.append), pytest.raises(LimitReached):
        vertices(system, limit=600)
    assert [line.done for line in lines] == [500]
    assert "500 bases" in lines[0]


def test_unbounded_sets_are_named():
    with pytest.raises(InputError, match="unbounded"):
        vertices(BoundedSystem.of([[1], [-1]], [0], [None, None]))


@pytest.mark.parametrize(
    ("columns", "right", "upper", "message"),
    [(LINE, [1], [1], "2 columns but 1 upper bounds"), ([[1], [1, 2]], [1], [1, 1], "column 1 has 2 entries, expected 1")],
)
def test_shapes_are_checked(columns, right, upper, message):
    with pytest.raises(InputError, match=message):
        BoundedSystem.of(columns, right, upper)


def test_labels_of_basic_points_are_checked():
    system = BoundedSystem.of([[1], [0], [1]], [1], [None, 1, 1])
    with pytest.raises(InputError, match="no basis"):
        basic_point(system, (1,), ())
    with pytest.raises(InputError, match="no basis"):
        basic_point(system, (0, 2), ())
    with pytest.raises(InputError, match="variable 0 has no upper bound"):
        basic_point(system, (2,), (0,))
    assert [value.rational for value in basic_point(system, (0,), (1, 2)).point] == [0, 1, 1]


@given(st.lists(st.tuples(entries, entries, entries), max_size=4), st.tuples(entries, entries, entries))
def test_independent_rows_keep_the_set(columns, right):
    upper = (F(2),) * len(columns)
    system = system_of((columns, right, upper))
    polyhedron = ppl_polyhedron(columns, right, upper)
    if system is None:
        assert polyhedron.is_empty()
        return
    kept = [[entry.rational for entry in column] for column in system.columns]
    values = [value.rational for value in system.right]
    assert independent(kept, values)
    assert ppl_vertices(ppl_polyhedron(kept, values, upper)) == ppl_vertices(polyhedron)
