"""Maxima of linear objectives over a bounded system: phase 2 of the simplex method in exact real numbers.

It walks along edges of the lexicographically perturbed polytope of :mod:`reluexact.geometry.tableau`. Every step improves
strictly, so it ends. The start comes from :mod:`reluexact.geometry.phase_one`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from reluexact.budget import check
from reluexact.errors import InputError
from reluexact.geometry.elimination import ZERO, eliminate, minus_product
from reluexact.geometry.phase_one import feasible_label, improving, lowest
from reluexact.geometry.polytope import BasicPoint, BoundedSystem, Label, basic_point, enclosure_only
from reluexact.geometry.tableau import Engine, Tableaus, engine
from reluexact.numbers.scalar import Scalar, Undecided
from reluexact.numbers.scalar_vectors import scalar_dot


@dataclass(frozen=True, slots=True, kw_only=True)
class Maximum:
    """The largest value of a linear objective.

    value: the maximum, or an enclosure of it.
    at: a vertex; it attains the maximum when ``attained`` is true, otherwise only up to the width of ``value``.
    multipliers: y with ``y . columns[j] = objective[j]`` for every basic j of ``at``; :func:`dual_bound` re-checks the maximum.
    """

    value: Scalar
    at: BasicPoint
    multipliers: tuple[Scalar, ...]
    attained: bool


def maximum(system: BoundedSystem, objective: Sequence[Scalar], start: BasicPoint | None = None) -> Maximum | None:
    """Return the maximum of ``objective . x`` over the polytope; None: proved to be empty. ``start``: a vertex found before.

    >>> system = BoundedSystem.of([[1], [2]], [3], [None, 1])
    >>> best = maximum(system, (Scalar.of(1), Scalar.of(3)))
    >>> best.value.rational, best.at.label, best.multipliers[0].rational
    (Fraction(4, 1), ((0,), (1,)), Fraction(1, 1))
    """
    if len(objective) != len(system.columns):
        raise InputError(f"the objective has {len(objective)} entries, expected {len(system.columns)}, one for each variable")
    solver = engine(system)
    label = feasible_label(system) if start is None else start.label
    if label is None:
        return None
    if not solver.feasible(label):
        raise InputError(f"the starting label {label} is not feasible; pass a vertex that this module returned")
    goal = tuple(objective)
    label, attained = _climb(solver, goal, label)
    at = basic_point(system, *label)
    value = scalar_dot(goal, at.point)
    if not attained:
        value = Scalar.enclosed(value.low, value.high + _possible_gain(solver.levels[-1], goal, label))
    return Maximum(value=value, at=at, multipliers=_multipliers(system, goal, label[0]), attained=attained)


def dual_bound(
    system: BoundedSystem, objective: Sequence[Scalar], multipliers: Sequence[Scalar], basis: Sequence[int] = ()
) -> Scalar:
    """Return the upper bound ``y . right + sum_j max(0, objective_j - y . columns[j]) upper_j`` of ``objective . x``.

    It holds for every y (weak duality). basis: variables of which the caller knows that ``y . columns[j] = objective[j]``.
    Raises Undecided when a variable without upper bound may have a positive term.

    >>> system = BoundedSystem.of([[1], [2]], [3], [None, 1])
    >>> dual_bound(system, (Scalar.of(1), Scalar.of(3)), (Scalar.of(1),)).rational
    Fraction(4, 1)
    """
    total = scalar_dot(tuple(multipliers), system.right)
    for j, column in enumerate(system.columns):
        if j in basis:
            continue
        least = lowest(scalar_dot(tuple(multipliers), column) - objective[j], system.upper[j])
        if least is None:
            raise InputError(f"no bound: the multipliers leave a positive coefficient to variable {j}, which is unbounded above")
        total = total - least
    return total


def _climb(solver: Engine, objective: tuple[Scalar, ...], label: Label) -> tuple[Label, bool]:
    """Walk along improving edges; return the last label and whether it is proved that no edge improves."""
    while True:
        check()
        try:
            j = solver.ask(lambda level: improving(label, _reduced_costs(level, _fitting(solver, level, objective), label)))  # noqa: B023
        except Undecided:
            return label, False
        if j is None:
            return label, True
        label = solver.other_end(label, j)


def _fitting(solver: Engine, level: Tableaus, objective: tuple[Scalar, ...]) -> tuple[Scalar, ...]:
    return objective if level is solver.levels[-1] else tuple(map(enclosure_only, objective))


def _reduced_costs(level: Tableaus, objective: tuple[Scalar, ...], label: Label) -> list[Scalar]:
    """Return how fast the objective grows with each nonbasic variable (0 for basic ones)."""
    costs = list(objective)
    for i, row in zip(label[0], level.solved(label[0]).rows, strict=True):
        for j in range(level.size):
            costs[j] = minus_product(costs[j], objective[i], row[j])
    return [ZERO if j in label[0] else cost for j, cost in enumerate(costs)]


def _possible_gain(level: Tableaus, objective: tuple[Scalar, ...], label: Label) -> Fraction:
    """Return by how much the maximum may exceed the value at a label: the doubtful reduced costs times the widths."""
    gain = Fraction(0)
    for j, cost in enumerate(_reduced_costs(level, objective, label)):
        forward = -cost if j in label[1] else cost
        if j in label[0] or forward.high <= 0:
            continue
        bound = level.system.upper[j]
        if bound is None:
            forward.sign()  # raises Undecided: the reason why the maximum is not known
            continue
        gain += forward.high * bound.high
    return gain


def _multipliers(system: BoundedSystem, objective: tuple[Scalar, ...], basis: tuple[int, ...]) -> tuple[Scalar, ...]:
    rows = [[*system.columns[i], objective[i]] for i in basis]
    pivots = eliminate(rows, range(len(basis)))
    return tuple(rows[row][-1] for row, _ in sorted(pivots, key=lambda pivot: pivot[1]))
