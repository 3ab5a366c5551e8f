"""Branch and bound over u: prove ``l.u + sum_h k_h (n_h.u)+ <= b |u|`` by a tree, or find where it fails.

The top of a tree is grown until it has many open cones; the trees of these are independent work. Where a tree is cut depends on
nothing but the tree, so whoever grows the parts, it is the same tree.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence, Set
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from reluexact.budget import listener
from reluexact.evidence.tree import Node
from reluexact.geometry.signs import Sides
from reluexact.progress import Progress
from reluexact.propose.tree.branching import over_limit
from reluexact.propose.tree.leaf import Cone
from reluexact.propose.tree.search import MARGIN, TIE, Covered, Open, Search, Violated, pruned
from reluexact.propose.tree.tightening import Combinations
from reluexact.prove.form import Form, TightCone
from reluexact.work import Work, running

__all__ = ["TIE", "Covered", "Form", "Open", "TightCone", "Violated", "cover"]

PARTS = 24
"""The top of a tree has so many open cones, where the tree is large enough."""


def cover(
    form: Form,
    bound: Fraction,
    *,
    tight: Sequence[TightCone] = (),
    settled: Set[int] = frozenset(),
    start: Sides = (),
    margin: float = MARGIN,
    tie: Fraction = TIE,
    limit: int = 200_000,
    progress: Progress | None = None,
    work: Work | None = None,
) -> Covered | Violated | Open:
    """Prove ``form.value(u) <= bound |u|`` for all u; with ``tight`` strictly, but for these maximisers.

    A direction above ``bound * (1 + margin)`` is reported as soon as it is met; values within the share ``tie`` of the bound
    count as equal to it. ``settled``: hyperplanes whose kink is known to be at most 0, which a tight leaf may leave open.
    ``start``: hyperplanes that are decided from the outset, with their sides (1 on, -1 off): only this cone is covered.
    ``work``: who grows the parts of the tree, in place of those of the call that runs. Raises LimitReached after ``limit`` nodes.

    >>> one, zero = Fraction(1), Fraction(0)
    >>> plane = Form(normals=((one, zero), (zero, one)), kinks=(Fraction(3), Fraction(4)), linear=(zero, zero))
    >>> type(cover(plane, Fraction(51, 10))).__name__, cover(plane, Fraction(49, 10)).cell
    ('Covered', (True, True))
    >>> type(cover(plane, Fraction(7, 2), start=((1, -1),))).__name__
    'Covered'
    """
    search = Search(form, bound, tight, settled, margin=margin, tie=tie, limit=limit, progress=progress)
    top = _Top.grown(search, start)
    if not isinstance(top, _Top):
        return top
    search.progress, search.near = None, Combinations(search.scaled)  # whoever grows the parts has his own
    return _joined(search, top, running() if work is None else work)


@dataclass(frozen=True, slots=True)
class _Part:
    """Nodes in prefix order, the places of those that decide their hyperplanes, and how many cones were visited."""

    nodes: Sequence[Node]
    deciding: Set[int]
    visited: int


class _Top:
    """A node of the top of a tree: its cone, or what a visit to this left and the cones that follow."""

    def __init__(self, cone: Cone) -> None:
        self.cone = cone
        self.part: _Part | None = None
        self.below: list[_Top] = []

    @staticmethod
    def grown(search: Search, start: Sides) -> _Top | Violated | Open:
        """Visit the cones of least depth until enough are open, or the search stops."""
        top = _Top(search.whole(start))
        waiting = deque([top])
        while 0 < len(waiting) < PARTS:
            failed = waiting[0].visit(search)
            if failed is not None:
                return failed
            waiting.extend(waiting.popleft().below)
        return top

    def visit(self, search: Search) -> Violated | Open | None:
        """Let the search visit this cone."""
        search.nodes, search.deciding, search.stack = [], set(), [self.cone]
        failed = search.visit(search.pop())
        self.part = _Part(search.nodes, search.deciding, 1)
        self.below = [_Top(cone) for cone in reversed(search.stack)]
        return failed

    def each(self) -> Iterator[_Top]:
        """Yield the nodes of the top in prefix order."""
        stack = [self]
        while stack:
            one = stack.pop()
            yield one
            stack += reversed(one.below)


def _joined(search: Search, top: _Top, work: Work) -> Covered | Violated | Open:
    """Finish the open cones of the top, and put the parts together."""
    parts = work.each(partial(_finished, search), [one.cone for one in top.each() if one.part is None])
    nodes: list[Node] = []
    deciding: set[int] = set()
    visited = 0
    for one in top.each():
        part = one.part or next(parts)
        if not isinstance(part, _Part):
            return part
        deciding |= {len(nodes) + place for place in part.deciding}
        nodes += part.nodes
        visited += part.visited
        if visited > search.limit:
            raise over_limit(search.limit, visited)
    next(parts, None)  # there are no more
    return Covered(pruned(nodes, search.kinks_of_leaves(), deciding))


def _finished(top: Search, cone: Cone) -> _Part | Violated | Open:
    """Search the tree of one open cone, with nothing that other parts have met."""
    search = copy(top)
    search.progress, search.near = listener(), Combinations(top.scaled)
    search.nodes, search.deciding, search.stack = [], set(), [cone]
    search.patience = top.visited  # a tree of so many parts is a long one
    failed = search.finish()
    return failed or _Part(search.nodes, search.deciding, search.visited - top.visited)
