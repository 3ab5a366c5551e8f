"""Maxima and feasible points of bounded systems against the Parma Polyhedra Library, and re-checked by weak duality."""

from __future__ import annotations

from fractions import Fraction

import ppl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polytopes import blurred, entries, fractions, independent, plain_systems, ppl_polyhedron, ppl_vertices, rows_of

from reluexact.errors import InputError
from reluexact.geometry.phase_one import feasible_label, feasible_point
from reluexact.geometry.polytope import BoundedSystem, independent_rows_only
from reluexact.geometry.simplex import dual_bound, maximum
from reluexact.geometry.vertices import vertices
from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.scalar_vectors import scalar_dot

F = Fraction
objectives = st.lists(entries, min_size=6, max_size=6)


def scalars(values):
    return tuple(map(Scalar.of, values))


def keeps_everything(plain, point):
    columns, right, upper = plain
    sums = [sum(a * x for a, x in zip(row, point, strict=True)) for row in rows_of(columns, right)]
    return sums == list(right) and all(x >= 0 and (b is None or x <= b) for x, b in zip(point, upper, strict=True))


@given(plain_systems())
def test_feasible_points(plain):
    system = independent_rows_only(BoundedSystem.of(*plain))
    found = None if system is None else feasible_point(system)
    assert (found is None) == ppl_polyhedron(*plain).is_empty()
    if found is not None:
        assert keeps_everything(plain, fractions([found])[0])


@given(plain_systems(), objectives)
def test_maxima(plain, objective):
    polyhedron = ppl_polyhedron(*plain)
    system = independent_rows_only(BoundedSystem.of(*plain))
    if system is None:
        return
    goal = objective[: len(plain[0])]
    if polyhedron.is_empty():
        assert maximum(system, scalars(goal)) is None
        return
    best = polyhedron.maximize(ppl.Linear_Expression([int(c) for c in goal], 0))
    if not best["bounded"]:
        with pytest.raises(InputError, match="unbounded"):
            maximum(system, scalars(goal))
        return
    found = maximum(system, scalars(goal))
    point = fractions([found.at])[0]
    assert found.attained
    assert (
        found.value.rational == F(int(best["sup_n"]), int(best["sup_d"])) == sum(c * x for c, x in zip(goal, point, strict=True))
    )
    assert keeps_everything(plain, point)
    assert dual_bound(system, scalars(goal), found.multipliers).rational == found.value.rational


@given(plain_systems(free=False), objectives, st.data())
def test_every_start_leads_to_the_same_maximum(plain, objective, data):
    system = independent_rows_only(BoundedSystem.of(*plain))
    amount_polytope = () if system is None else vertices(system).points
    if not amount_polytope:
        return
    goal = scalars(objective[: len(plain[0])])
    start = data.draw(st.sampled_from(amount_polytope))
    best = max(scalar_dot(goal, corner.point).rational for corner in amount_polytope)
    assert maximum(system, goal, start).value.rational == maximum(system, goal).value.rational == best


@given(plain_systems(free=False), objectives, st.lists(entries, min_size=3, max_size=3))
def test_any_multipliers_bound_the_objective(plain, objective, multipliers):
    if not independent(*plain[:2]):
        return
    amount_polytope = ppl_vertices(ppl_polyhedron(*plain))
    goal = objective[: len(plain[0])]
    bound = dual_bound(BoundedSystem.of(*plain), scalars(goal), scalars(multipliers[: len(plain[1])])).rational
    assert all(sum(c * x for c, x in zip(goal, corner, strict=True)) <= bound for corner in amount_polytope)


def test_multipliers_that_bound_nothing():
    system = BoundedSystem.of([[1], [-1]], [0], [None, 1])
    with pytest.raises(InputError, match="positive coefficient to variable 0"):
        dual_bound(system, scalars([1, 0]), scalars([0]))
    assert dual_bound(system, scalars([1, 0]), scalars([0]), basis=(0,)).rational == 0


@given(plain_systems(), objectives)
def test_enclosed_maxima_contain_the_true_one(plain, objective):
    if not independent(*plain[:2]) or not ppl_polyhedron(*plain).is_bounded():
        return
    system, goal = BoundedSystem.of(*plain), scalars(objective[: len(plain[0])])
    exact = maximum(system, goal)
    try:
        found = maximum(blurred(system), goal)
    except Undecided:
        return
    assert (found is None) == (exact is None)
    if found is not None:
        assert found.value.low <= exact.value.rational <= found.value.high
        for value, true in zip(found.at.point, vertices_at(system, found.at), strict=True):
            assert value.low <= true <= value.high


def vertices_at(system, point):
    """Return the exact point with the label of an enclosed one."""
    return next(fractions([corner])[0] for corner in vertices(system).points if corner.label == point.label)


def test_ties_of_the_objective_leave_an_enclosure_of_the_maximum():
    columns, right, upper = [[F(1)], [F(2)], [F(3)]], [F(7, 3)], [F(1), F(1), F(1)]
    system = blurred(BoundedSystem.of(columns, right, upper))
    goal = [column[0] for column in columns]
    found = maximum(system, scalars(goal))
    assert not found.attained
    assert found.value.low <= F(7, 3) <= found.value.high
    assert found.value.high - found.value.low < F(1, 10**55)
    assert maximum(BoundedSystem.of(columns, right, upper), scalars(goal)).attained


def test_only_doubtful_costs_widen_the_enclosure():
    system = blurred(BoundedSystem.of([[1], [2], [3], [1]], [F(10, 3)], [1, 1, 1, 1]))
    found = maximum(system, scalars([1, 2, 3, 5]))
    assert 3 in found.at.at_upper
    assert not found.attained
    assert found.value.low <= F(22, 3) <= found.value.high < F(22, 3) + F(1, 10**55)


def test_ties_of_an_unbounded_variable_are_undecided():
    system = blurred(BoundedSystem.of([[1], [1]], [1], [None, None]))
    with pytest.raises(Undecided):
        maximum(system, scalars([1, 1]))


def test_emptiness_is_proved_with_enclosures():
    system = BoundedSystem.of([[1, 2], [3, 1], [1, 1]], [20, 1], [2, 3, 4])
    assert feasible_label(system) is None
    assert feasible_label(blurred(system)) is None
    unbounded_above = BoundedSystem.of([[1], [2]], [-1], [None, None])
    assert feasible_label(unbounded_above) is None
    assert feasible_label(blurred(unbounded_above)) is None


def test_a_bound_touched_by_one_point_only():
    system = BoundedSystem.of([[1], [2]], [3], [1, 1])
    assert fractions([feasible_point(system)]) == [(1, 1)]
    with pytest.raises(Undecided):
        feasible_point(blurred(system))
    assert feasible_point(BoundedSystem.of([[1], [2]], [F(3) + F(1, 10**50)], [1, 1])) is None


def test_a_bound_touched_in_square_roots():
    """sqrt 2 + sqrt 8 = 3 sqrt 2 exactly, and one part in 10^90 more is out of reach."""
    root = RadicalSum.root(F(2))
    columns = [[root], [RadicalSum.root(F(8))]]
    found = feasible_point(BoundedSystem.of(columns, [root.scaled(F(3))], [1, 1]))
    assert fractions([found]) == [(1, 1)]
    assert feasible_point(BoundedSystem.of(columns, [root.scaled(F(3) + F(1, 10**90))], [1, 1])) is None


def test_maxima_in_square_roots():
    roots = [RadicalSum.root(F(q)) for q in (2, 3, 5)]
    system = BoundedSystem.of([[root] for root in roots], [roots[0]], [1, 1, 1])
    found = maximum(system, scalars([1, 1, 1]))
    assert found.attained
    assert found.value.rational == 1
    assert (found.multipliers[0] * system.columns[found.at.basis[0]][0] - Scalar.of(1)).sign() == 0
    assert (dual_bound(system, scalars([1, 1, 1]), found.multipliers) - found.value).sign() == 0
    irrational = maximum(system, scalars(roots))
    assert (irrational.value - Scalar.of(roots[0])).sign() == 0


def test_cycling_is_impossible():
    """Beale's example, on which the plain largest-coefficient rule cycles; slack variables 4 to 6, boxed for boundedness."""
    rows = [
        [F(1, 4), -60, F(-1, 25), 9, 1, 0, 0],
        [F(1, 2), -90, F(-1, 50), 3, 0, 1, 0],
        [0, 0, 1, 0, 0, 0, 1],
    ]
    system = BoundedSystem.of(list(zip(*rows, strict=True)), [0, 0, 1], [None] * 7)
    best = maximum(system, scalars([F(3, 4), -150, F(1, 50), -6, 0, 0, 0]))
    assert best.value.rational == F(1, 20)


def test_wrong_questions_are_refused():
    system = BoundedSystem.of([[1], [1]], [1], [1, 1])
    with pytest.raises(InputError, match="objective has 1 entries, expected 2"):
        maximum(system, scalars([1]))
    other = feasible_point(BoundedSystem.of([[1], [1]], [3], [None, None]))
    with pytest.raises(InputError, match="starting label"):
        maximum(BoundedSystem.of([[1], [1]], [3], [1, None]), scalars([1, 1]), other)
    with pytest.raises(InputError, match="dependent"):
        feasible_point(BoundedSystem.of([[1, 1], [1, 1]], [1, 1], [1, 1]))


def test_the_same_answer_twice():
    plain = [[F(3), F(1)], [F(1), F(2)], [F(2), F(2)], [F(1), F(0)]], [F(3), F(2)], [F(1), F(1), F(1), None]
    first, second = (maximum(BoundedSystem.of(*plain), scalars([1, 2, 3, 4])) for _ in range(2))
    assert first == second
