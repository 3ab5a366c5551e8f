"""All vertices of a bounded system, complete by construction.

The perturbed polytope (see :mod:`reluexact.geometry.tableau`) is simple, so its vertices are exactly the feasible labels; each
edge of a vertex ends in one other feasible label. The graph of a bounded polytope is connected (Balinski 1961), so the walk along
all edges from one vertex finds them all. The point of a feasible label is a vertex of the given polytope, because its nonbasic
bounds and the equations have no other solution. Every vertex is found: the given polytope lies in the perturbed ones, so as the
perturbation vanishes it is the convex hull of the points of the labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reluexact.budget import check, listener
from reluexact.errors import Argument, Cure, Limit, LimitReached, Message
from reluexact.geometry.phase_one import feasible_label
from reluexact.geometry.polytope import BasicPoint, BoundedSystem, Label
from reluexact.geometry.tableau import Engine, Tableaus, edge_key, engine, nonbasic
from reluexact.numbers.scalar import Scalar
from reluexact.progress import Stage

LIMIT = 100_000

REPORTED = 500
"""The number of bases is reported whenever it is a multiple of this."""

State = tuple[int, ...]
AT_ZERO, BETWEEN, AT_UPPER = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vertices:
    """All feasible labels (basis, at_upper), ascending, and the different vertices, each under its first label, in that order.

    states: for each vertex the place of every variable: 0 at zero, 1 strictly between its bounds, 2 at its upper bound.
    vertex_of: for each label the position of its vertex in ``points``.
    """

    labels: tuple[Label, ...]
    points: tuple[BasicPoint, ...]
    states: tuple[State, ...]
    vertex_of: tuple[int, ...]


def vertices(system: BoundedSystem, limit: int = LIMIT) -> Vertices:
    """Return all vertices of a bounded polytope with independent equations; none: it is proved to be empty.

    Raises :class:`~reluexact.numbers.scalar.Undecided` where enclosures are too coarse, LimitReached beyond ``limit`` labels, and
    InputError when an edge has no end, because the set is unbounded then.

    >>> triangle = BoundedSystem.of([[1], [1], [1]], [1], [None, None, None])
    >>> [[int(value.rational) for value in vertex.point] for vertex in vertices(triangle).points]
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    """
    solver = engine(system)
    start = feasible_label(system)
    labels = () if start is None else tuple(sorted(_walk(solver, start, limit)))
    places: dict[State, int] = {}
    firsts: list[Label] = []
    vertex_of = []
    for label in labels:
        state = state_of(solver, label)
        if state not in places:
            places[state] = len(firsts)
            firsts.append(label)
        vertex_of.append(places[state])
    points = tuple(solver.levels[-1].point(label) for label in firsts)
    return Vertices(labels=labels, points=points, states=tuple(places), vertex_of=tuple(vertex_of))


def closed(system: BoundedSystem, labels: Iterable[Label]) -> bool:
    """Say whether labels are all feasible labels of a bounded non-empty polytope, without trusting how they were found.

    True proves it: every label is feasible, and every edge of each of them ends in another one.

    >>> triangle = BoundedSystem.of([[1], [1], [1]], [1], [None, None, None])
    >>> closed(triangle, [((0,), ()), ((1,), ()), ((2,), ())]), closed(triangle, [((0,), ()), ((1,), ())])
    (True, False)
    """
    listed = set(labels)
    if not listed or not all(_well_formed(system, label) for label in listed):
        return False
    solver = Engine(system)
    if not all(solver.feasible(label) for label in listed):
        return False
    edges = Counter(edge_key(label, j) for label in listed for j in nonbasic(system, label))
    return all(count == 2 for count in edges.values())


def state_of(solver: Engine, label: Label) -> State:
    """Return the place of every variable at the point of a label; points with equal states are equal.

    A variable whose two bounds are both 0 counts as at zero.
    """
    return solver.ask(lambda level: _state(level, label))


def _walk(solver: Engine, start: Label, limit: int) -> set[Label]:
    found, waiting, edges, report = {start}, [start], set(), listener()
    for label in waiting:
        for j in nonbasic(solver.system, label):
            check()
            key = edge_key(label, j)
            if key in edges:
                continue
            edges.add(key)
            neighbour = solver.other_end(label, j)
            if neighbour not in found:
                found.add(neighbour)
                waiting.append(neighbour)
                if report is not None and len(found) % REPORTED == 0:
                    report(Stage(f"{len(found)} bases of the polytope, {len(edges)} edges", done=len(found)))
                if len(found) > limit:
                    stop = Limit(counted="bases", value=limit, reached=len(found))
                    raise LimitReached(Message(f"more than {limit} bases", Cure("raise ", Argument("limit")), limit=stop))
    return found


def _state(level: Tableaus, label: Label) -> State:
    state = [AT_ZERO] * level.size
    for j in label[1]:
        state[j] = AT_UPPER if level.upper_sign(j) else AT_ZERO
    for i, value in zip(label[0], level.values(label), strict=True):
        state[i] = _place(level, i, value)
    return tuple(state)


def _place(level: Tableaus, i: int, value: Scalar) -> int:
    if not value.sign():
        return AT_ZERO
    return AT_UPPER if level.system.upper[i] is not None and not (level.system.bound(i) - value).sign() else BETWEEN


def _well_formed(system: BoundedSystem, label: Label) -> bool:
    basis, high = label
    known = range(len(system.columns))
    ascending = all(list(part) == sorted(set(part)) for part in label)
    inside = all(j in known for j in (*basis, *high))
    return ascending and inside and not set(basis) & set(high) and all(system.upper[j] is not None for j in high)
