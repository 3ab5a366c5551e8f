"""Which variables are constant on a polytope, and its dimension.

The polytope's affine hull is given by the equations and by the bounds at which a variable is in every point; all other variables
are strictly between their bounds in some point (Schrijver, Theory of Linear and Integer Programming, 1986, section 8.2).
"""

from __future__ import annotations

from reluexact.geometry.elimination import ONE, ZERO, eliminate
from reluexact.geometry.phase_one import feasible_label
from reluexact.geometry.polytope import BasicPoint, BoundedSystem, decided
from reluexact.geometry.simplex import maximum
from reluexact.geometry.tableau import engine
from reluexact.geometry.vertices import AT_ZERO, BETWEEN, state_of
from reluexact.numbers.scalar import Scalar, Undecided

Fixed = tuple[tuple[int, Scalar], ...]


def fixed_variables(system: BoundedSystem) -> Fixed | None:
    """Return the variables that have the same value in every point, ascending, with that value; None: proved to be empty.

    The equations must be independent.

    >>> system = BoundedSystem.of([[1, 1], [1, 1], [0, 1]], [1, 1], [None, None, 1])
    >>> [(j, int(value.rational)) for j, value in fixed_variables(system)]
    [(2, 0)]
    """
    found = _bounds_always_reached(system)
    if found is None:
        return None
    vertex, always = found
    moving = _moving(system, always)
    return tuple((j, value) for j, value in enumerate(vertex.point) if j not in moving)


def dimension(system: BoundedSystem) -> int:
    """Return the dimension of a polytope with independent equations; -1: proved to be empty.

    >>> dimension(BoundedSystem.of([[1], [1], [1]], [1], [None, None, None]))
    2
    """
    fixed = fixed_variables(system)
    if fixed is None:
        return -1
    constant = {j for j, _ in fixed}
    moving = [j for j in range(len(system.columns)) if j not in constant]
    return len(moving) - decided(system, lambda level: len(eliminate(level.rows(), moving)))


def _bounds_always_reached(system: BoundedSystem) -> tuple[BasicPoint, set[int]] | None:
    """Return a vertex, and the variables that are at one and the same bound in every point.

    The sum of the distances from these bounds is maximised, until its maximum is 0 or every distance was positive once.
    """
    label = feasible_label(system)
    if label is None:
        return None
    solver = engine(system)
    first = vertex = solver.levels[-1].point(label)
    places = state_of(solver, label)
    always = {j for j, place in enumerate(places) if place != BETWEEN}
    while always:
        objective = tuple((ONE if places[j] == AT_ZERO else -ONE) if j in always else ZERO for j in range(len(places)))
        best = maximum(system, objective, vertex)
        if best is None:
            raise ArithmeticError("a polytope with a vertex is empty")
        vertex = best.at
        reached = state_of(solver, vertex.label)
        left = {j for j in always if places[j] == reached[j]}
        if left == always:
            if not best.attained:
                raise Undecided("the maximum that shows which bounds are always reached was not proved")
            return first, always
        always = left
    return first, always


def _moving(system: BoundedSystem, always: set[int]) -> set[int]:
    """Return the variables that are not constant on the affine hull: some kernel vector of the free columns moves them."""
    free = [j for j in range(len(system.columns)) if j not in always]

    def answer(level: BoundedSystem) -> set[int]:
        rows = level.rows()
        pivots = eliminate(rows, free)
        basic = {column for _, column in pivots}
        moving = {j for j in free if j not in basic}
        nonbasic = sorted(moving)
        return moving | {column for row, column in pivots if _some(rows[row], nonbasic)}

    return decided(system, answer)


def _some(row: list[Scalar], columns: list[int]) -> bool:
    """Say whether a row has an entry that is not 0; one that surely is decides, whatever the doubt about others."""
    doubt: Undecided | None = None
    for j in columns:
        try:
            if row[j].sign():
                return True
        except Undecided as error:
            doubt = error
    if doubt is not None:
        raise doubt
    return False
