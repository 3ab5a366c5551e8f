"""S2, S3: labels, their points, and that they are all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ..document import Item
from ..linear import BoxSolver, box_solver, dot, inverse
from ..network.proof import Proof
from ..quantities import ONE, ZERO, Interval
from ..radicals import Form, sign_of
from .s1_amounts import Entry, Polytope, ball, rational

Label = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Point:
    """The point of a label: its values, exact or enclosed, and the bounds (variable, is it the upper one) that are attained."""

    label: Label
    values: dict[int, Form | Interval]
    tight: set[tuple[int, bool]]


def s2_label(polytope: Polytope, item: Item) -> Label:
    """S2, shape: ascending lists of variables, apart; a basis has as many as there are equations; upper bounds exist."""
    parts = []
    for part in item.entries(2):
        parts.append(tuple(entry.index(len(polytope.columns)) for entry in part.entries()))
        if any(i >= j for i, j in pairwise(parts[-1])):
            raise part.reject("S2: the variables are not in ascending order")
    basis, at_upper = parts
    if len(basis) != len(polytope.right):
        raise item.reject(f"S2: a basis has {len(polytope.right)} variables here")
    if {*basis} & {*at_upper} or any(polytope.upper[j] is None for j in at_upper):
        raise item.reject("S2: a variable at its upper bound is basic or has no upper bound")
    return basis, at_upper


def s2_values(polytope: Polytope, label: Label, item: Item) -> Sequence[Form | Interval]:
    """S2: solve for the basic variables: as forms when the basis is rational, enclosed otherwise."""
    basis, at_upper = label
    rows, found = range(len(polytope.right)), [polytope.rational[j] for j in basis]
    exact = [column for column in found if column is not None]
    columns, full, right = polytope.balls
    if basis not in polytope.solvers:
        by_rows = [[column[i] for column in exact] for i in rows]
        polytope.solvers[basis] = inverse(by_rows) if len(exact) == len(basis) else box_solver([columns[j] for j in basis])
    solver = polytope.solvers[basis]
    if solver is None:
        raise item.reject("S2: the columns of the basis are not proved to be independent")
    if isinstance(solver, BoxSolver):
        balls = [[right[i]] + [(-full[j][i][0], full[j][i][1]) for j in at_upper] for i in rows]
        return solver.solve([(sum((m for m, _ in line), ZERO), sum((s for _, s in line), ZERO)) for line in balls])
    goal = list(polytope.right)
    for j in at_upper:
        goal = [a.plus(-ONE, b) for a, b in zip(goal, polytope.full[j], strict=True)]
    return [combine(polytope.proof, row, goal) for row in solver]


def combine(proof: Proof, factors: Iterable[Fraction], forms: Iterable[Form]) -> Form:
    """Return a combination of forms."""
    total = proof.constant(ZERO)
    for factor, form in zip(factors, forms, strict=True):
        total = total.plus(factor, form) if factor else total
    return total


def s2_sign(proof: Proof, value: Form | Interval) -> int | None:
    """Return the sign of a number, None when it is not proved."""
    low, high = proof.enclosure(value) if isinstance(value, Form) else value
    if low > 0 or high < 0:
        return 1 if low > 0 else -1
    constant = proof.known(value) if isinstance(value, Form) else None
    return None if constant is None else sign_of(constant)


def not_negative(proof: Proof, factors: Sequence[Fraction], column: Sequence[Entry]) -> bool:
    """Prove that a combination of entries of a column is at least 0, on the box."""
    forms = [entry for entry in column if isinstance(entry, Form)]
    if len(forms) == len(column):
        return proof.not_negative(combine(proof, factors, forms))
    balls = [ball(proof, entry) for entry in column]
    return dot(factors, (middle for middle, _ in balls)) >= dot(map(abs, factors), (spread for _, spread in balls))


def minus(proof: Proof, bound: Form, value: Form | Interval) -> Form | Interval:
    """Return bound - value."""
    if isinstance(value, Form):
        return bound.plus(-ONE, value)
    low, high = proof.enclosure(bound)
    return low - value[1], high - value[0]


def s2_point(polytope: Polytope, item: Item, perturbed: bool = True) -> Point:
    """S2: the point of the label keeps the bounds; when a bound is attained, also when all bounds are moved outwards a little."""
    proof, label = polytope.proof, s2_label(polytope, item)
    basic = s2_values(polytope, label, item)
    point = Point(label, {}, set())
    for j, bound in enumerate(polytope.upper):
        if j not in label[0]:
            high = j in label[1]
            point.values[j] = bound if high and bound is not None else proof.constant(ZERO)
            point.tight.add((j, high))
    for place, (i, value) in enumerate(zip(label[0], basic, strict=True)):
        point.values[i] = value
        bound = polytope.upper[i]
        for high, gap in [(False, value)] if bound is None else [(False, value), (True, minus(proof, bound, value))]:
            sign = s2_sign(proof, gap)
            if sign is None or sign < 0 or (perturbed and not sign and not s2_outward(polytope, label, place, high)):
                raise item.reject(f"S2: variable {i} is not proved to keep its {'upper' if high else 'lower'} bound")
            if not sign:
                point.tight.add((i, high))
    return point


def s2_outward(polytope: Polytope, label: Label, place: int, high: bool) -> bool:
    """S2: a basic variable at a bound keeps it when lower bounds are -e^(j+1) and upper bounds u_j + e^(p+j+1), e small.

    Its distance is a polynomial in e: its own power has the coefficient 1; the first coefficient that is not 0 must be positive.
    """
    size, own, solver = len(polytope.columns), label[0][place], polytope.solvers[label[0]]
    if not isinstance(solver, list):
        return False
    for power in range(own + size * high):
        j = power % size
        if j not in label[0] and (j in label[1]) is (power >= size):
            column = [entry for entry in polytope.columns[j] if isinstance(entry, Form)]
            if len(column) < len(polytope.columns[j]):
                return False
            sign = s2_sign(polytope.proof, combine(polytope.proof, solver[place], column))
            if sign is None or sign:
                return sign == (1 if high is (power >= size) else -1)
    return True


def s3_closed(labels: Sequence[Label], size: int, item: Item) -> None:
    """S3: there is a label, and every edge (the bounds of a label but one) is one of exactly two labels: these are all."""
    if not labels:
        raise item.reject("S3: there is no label")
    edges: dict[tuple[frozenset[int], frozenset[int]], int] = {}
    for basis, at_upper in labels:
        for j in {*range(size)} - {*basis}:
            key = frozenset((*basis, j)), frozenset(at_upper) - {j}
            edges[key] = edges.get(key, 0) + 1
    for place, (basis, at_upper) in enumerate(labels):
        if any(edges[frozenset((*basis, j)), frozenset(at_upper) - {j}] != 2 for j in {*range(size)} - {*basis}):
            raise item.entries()[place].reject("S3: an edge of this label is not one of exactly two labels")
    if len({*labels}) < len(labels):
        raise item.reject("S3: a label is listed twice")


def support(polytope: Polytope, point: Point) -> tuple[int, ...]:
    """Return the neurons with an amount that is not 0."""
    gone = [(a.variable < 0 and rational(a.total) == 0) or (a.variable, a.rest) in point.tight for a in polytope.amounts]
    return tuple(k for k, zero in enumerate(gone) if not zero)


def all_vertices(polytope: Polytope, item: Item) -> list[Point]:
    """S2, S3: return the points of the labels, which are all vertices."""
    points = [s2_point(polytope, label) for label in item.entries()]
    s3_closed([point.label for point in points], len(polytope.columns), item)
    return points
