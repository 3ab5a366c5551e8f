"""Paths between optimal networks of one width, by moving amounts between slots, or the proof that there is none.

Constructions (Wang, Lacotte & Pilanci 2022; Kim, Mishkin & Pilanci 2025, Thm 2 (v)), in amounts, where every piece is straight:
prune a network to a vertex of the polytope; go over to another vertex in free slots; exchange slots with the help of a free one.
When they lead from one end to the other is decided by the graph of :mod:`reluexact.kinds.connectivity.find`, so the search is
complete: no chain of vertices means no path.
"""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.errors import Argument, Cure, Limit, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.kinds.connectivity.configuration import Configuration, placed
from reluexact.kinds.connectivity.find import LIMIT
from reluexact.kinds.connectivity.path import OptimalPath, PathPiece
from reluexact.kinds.connectivity.placement import require_vertices, to_configuration
from reluexact.kinds.connectivity.supports import Supports, linked
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.point import Point
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.model.network import Network
from reluexact.numbers.rational import to_count
from reluexact.progress import Progress, Stage, silent

Neurons = tuple[int | None, ...]
Place = Vertex | Point | Configuration | Network


def path(
    best: OptimalSet, start: Place, end: Place, *, width: int, limit: int = LIMIT, progress: Progress | None = None
) -> OptimalPath:
    """Return a continuous path of optimal networks with ``width`` neurons from start to end, or the proof that there is none.

    start, end: vertices or points of the set (their neurons in the first slots, in the order of ``best.neurons``),
    configurations, or networks that are optimal (their neurons in their own slots, zero neurons behind). limit: vertices of the
    set at most. Raises InputError for ends that are not optimal or do not fit, and LimitReached.

    >>> from reluexact.kinds.optimal_set.find import optimal_set
    >>> from reluexact.kinds.optimum.find import solve
    >>> from reluexact.model.dataset import Dataset
    >>> toy = optimal_set(solve(Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1]), penalty=1))
    >>> one, two = toy.vertices
    >>> path(toy, one, two, width=3)
    OptimalPath(PROVED, width=3, 2 pieces)
    >>> path(toy, one, two, width=2).status.name
    'REFUTED'
    """
    to_count(limit, where="limit")
    require_vertices(best)
    if len(best.vertices) > limit:
        stop = Limit(counted="vertices", value=limit, reached=len(best.vertices))
        cure = Cure("raise ", Argument("limit"))
        raise LimitReached(Message(f"the set has {len(best.vertices)} vertices", cure, limit=stop))
    (progress or silent)(Stage(f"a path through {len(best.vertices):,} vertices"))
    first = to_configuration(best, start, width=width, where="start")
    last = to_configuration(best, end, width=width, where="end")
    found = _Walk(best).run(first, last)
    problem = found.fault() if found.status is Status.PROVED else None
    if problem is not None:
        raise ArithmeticError(f"a path that was built is not one: {problem}")
    return found


class _Walk:
    """Builds the pieces from one configuration to another."""

    def __init__(self, best: OptimalSet) -> None:
        self.best, self.vertices = best, best.vertices
        self.pieces: list[PathPiece] = []

    def run(self, start: Configuration, end: Configuration) -> OptimalPath:
        """Go directly, or by way of vertices, or prove that nothing leads there."""
        if start == end:
            return self._result(start, end)
        if _agree(start.neurons, end.neurons):
            self._go(start, end)
            return self._result(start, end)
        here, there = self._pruned(start), self._pruned(end)
        if here != there:
            supports = Supports.of(self.vertices)
            first, last = here.weights[0][0], there.weights[0][0]
            before = linked(supports, first, start.width)
            if last not in before or None not in here.neurons:
                return self._none(start, end, before, linked(supports, last, start.width))
            middle = self._chain(start, here, there.neurons, _steps(before, last))
            self._exchange(middle, there)
        elif here != start:
            self._go(start, here)
        if there != end:
            self._go(there, end)
        return self._result(start, end)

    def _pruned(self, given: Configuration) -> Configuration:
        """Return a vertex in slots that the configuration uses, so that a straight piece leads there."""
        vertex = given.weights[0][0]
        neurons: list[int | None] = [None] * given.width
        for k in self.vertices[vertex].support:
            neurons[given.neurons.index(k)] = k
        return placed(self.vertices, vertex, neurons)

    def _go(self, start: Configuration, end: Configuration) -> Configuration:
        """Add the straight piece between two configurations that agree, unless they are equal."""
        if start != end:
            both = zip(start.neurons, end.neurons, strict=True)
            neurons = tuple(left if left is not None else right for left, right in both)
            self.pieces.append(PathPiece(neurons=neurons, start=start, end=end))
        return end

    def _chain(self, start: Configuration, here: Configuration, target: Neurons, steps: Sequence[int]) -> Configuration:
        """Go from vertex to vertex: shared neurons stay, new ones go into free slots, where possible into those of the target."""
        here = self._go(start, here)
        for vertex in steps:
            support = self.vertices[vertex].support
            neurons: list[int | None] = [k if k in support else None for k in here.neurons]
            free = [i for i, k in enumerate(here.neurons) if k is None]
            for k in sorted(set(support) - set(here.neurons), key=lambda k: (k not in target, k)):
                wanted = target.index(k) if k in target else -1
                slot = wanted if wanted in free else next(i for i in reversed(free) if target[i] is None or i == free[0])
                free.remove(slot)
                neurons[slot] = k
            here = self._go(here, placed(self.vertices, vertex, neurons))
        return here

    def _exchange(self, here: Configuration, there: Configuration) -> None:
        """Bring the neurons of a vertex into the target's slots, by way of free ones."""
        vertex, target = there.weights[0][0], there.neurons
        while here != there:
            now = list(here.neurons)
            movable = [i for i, k in enumerate(now) if k is not None and k != target[i]]
            ready = [i for i in movable if now[target.index(now[i])] is None]
            moved = list(now)
            for i in ready:
                moved[target.index(now[i])], moved[i] = now[i], None
            if not ready:  # a cycle: one neuron steps aside
                free, i = now.index(None), movable[0]
                moved[free], moved[i] = now[i], None
            here = self._go(here, placed(self.vertices, vertex, moved))

    def _result(self, start: Configuration, end: Configuration) -> OptimalPath:
        return OptimalPath(
            best=self.best,
            status=Status.PROVED,
            statement=_statement(start.width),
            reason="in every piece each slot keeps its neuron and the amounts stay in the convex polytope",
            width=start.width,
            start=start,
            end=end,
            pieces=tuple(self.pieces),
        )

    def _none(
        self, start: Configuration, end: Configuration, first: dict[int, int | None], last: dict[int, int | None]
    ) -> OptimalPath:
        width = start.width
        if None not in self._pruned(start).neurons or None not in self._pruned(end).neurons:
            reason = f"one end is an isolated point: a minimal network with {width} neurons, which leaves no slot free"
        else:
            reason = f"no minimal network within reach of start fits into {width} slots together with one within reach of end"
        return OptimalPath(
            best=self.best,
            status=Status.REFUTED,
            statement=_statement(width),
            reason=reason,
            width=width,
            start=start,
            end=end,
            start_vertices=tuple(sorted(first)),
            end_vertices=tuple(sorted(last)),
        )


def _statement(width: int) -> str:
    return f"a continuous path through optimal networks of width {width} joins start and end"


def _agree(left: Neurons, right: Neurons) -> bool:
    """Say whether no slot holds different neurons."""
    return all(a is None or b is None or a == b for a, b in zip(left, right, strict=True))


def _steps(before: dict[int, int | None], last: int) -> list[int]:
    """Return the chain to ``last``, without its start."""
    steps: list[int] = []
    at: int | None = last
    while at is not None and before[at] is not None:
        steps.append(at)
        at = before[at]
    return steps[::-1]
