"""Branch and bound over regions of neurons: floats choose what to split, exact dual points close.

A node gives every neuron a sign and a closed cone. Its bound is the program with all columns of these cones, with any number of
neurons; when its solution has a neuron too many, a region is split (see :func:`reluexact.evidence.region.parts`).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from reluexact.budget import check
from reluexact.evidence.region import Assignment, Region, parts, whole
from reluexact.geometry.column import Column
from reluexact.kinds.width_optimum.claim import Closed, DualPoint, SplitRegion, WidthEvidence
from reluexact.kinds.width_optimum.closing import coverings, fine_residual, rough_point, zero_point
from reluexact.kinds.width_optimum.incumbent import Incumbent, Prover
from reluexact.kinds.width_optimum.mirrored import same_value
from reluexact.model.loss import SQUARED
from reluexact.model.network import Network
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Undecided
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage
from reluexact.propose.width.field import Field, Relaxed
from reluexact.propose.width.judgement import is_clear, is_near
from reluexact.propose.width.proposals import Proposals
from reluexact.propose.width.splitting import any_split, columns_of, split_of
from reluexact.prove.assemble import assemble_value
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.neurons import Unproved

_REPORT = 20


@dataclass(slots=True, eq=False)
class Node:
    """An assignment with its relaxation, and how it ended: by a split or by a dual point."""

    assignment: Assignment
    relaxed: Relaxed
    split: SplitRegion | None = None
    children: tuple[Node, ...] = ()
    point: DualPoint | None = None


@dataclass(slots=True)
class _Fine:
    """The proved residual of a network, and the shrunk one with what is known of where it is feasible."""

    found: CertifiedPoint
    theta: Vector
    share: Fraction
    value: Fraction
    points: dict[tuple[Region, ...], DualPoint | None] = field(default_factory=dict)


class TreeSearch:
    """One search; ``width`` >= 1."""

    def __init__(self, place: Field, width: int, proposals: Proposals, prover: Prover, *, limit: int, progress: Progress) -> None:
        self.field, self.width, self.proposals, self.prover = place, width, proposals, prover
        self.program = place.every.program
        self.limit, self.progress = limit, progress
        self.slack = Fraction(1, 10**prover.digits)
        self.visited = 0
        self.stopped = False
        self._found: Callable[[Network], object] = _nobody
        self.roots: list[Node] = []
        self._open: list[tuple[float, int, Node]] = []
        self._fine: list[_Fine] = []
        self.incumbent = self._make_incumbent()

    def run(self, found: Callable[[Network], object]) -> None:
        """Search, best bound first, until every leaf has a dual point; ``found`` hears of the networks on the way."""
        self._found = found
        found(self.incumbent.network)
        self._search()

    def _search(self) -> None:
        for positive in range(self.width, -1, -1):
            assignment = whole(self.width, positive)
            self.roots.append(self._add(assignment, ()))
        for node in sorted(self.roots, key=lambda one: one.relaxed.bound):
            self.proposals.from_relaxed(node.relaxed)
        self._renew()
        while self._open:
            check()
            _, _, node = heapq.heappop(self._open)
            if self.visited > self.limit:
                self.stopped = True
                self._leave(node)
            else:
                self._visit(node)

    def evidence(self) -> WidthEvidence:
        """Return the tree in prefix order and its dual points, each once."""
        places: dict[DualPoint, int] = {}
        tree: list[SplitRegion | Closed] = []
        stack = list(reversed(self.roots))
        while stack:
            node = stack.pop()
            if node.split is not None:
                tree.append(node.split)
                stack.extend(reversed(node.children))
            elif node.point is not None:
                tree.append(Closed(places.setdefault(node.point, len(places))))
        return WidthEvidence(tree=tuple(tree), points=tuple(places))

    def leaves(self) -> Iterable[Node]:
        """Yield the closed nodes."""
        stack = list(self.roots)
        while stack:
            node = stack.pop()
            stack.extend(node.children)
            if node.point is not None:
                yield node

    def _add(self, assignment: Assignment, start: Iterable[Column]) -> Node:
        """Relax an assignment and put it on the heap."""
        self.visited += 1
        if self.visited % _REPORT == 0:
            lowest = min((bound for bound, _, _ in self._open[:1]), default=0)
            known = f"bound {lowest:.9g}, a network reaches {self.proposals.value:.9g}"
            self.progress(Stage(f"{self.visited:,} assignments, {known}", done=self.visited, total=self.limit))
        relaxed = self.field.relax(self.field.union(assignment), start)
        node = Node(assignment=assignment, relaxed=relaxed)
        heapq.heappush(self._open, (relaxed.bound, self.visited, node))
        return node

    def _visit(self, node: Node) -> None:
        upper = self.incumbent.upper
        if is_clear(node.relaxed.bound, upper) and self._close(node, upper):
            return
        if self._near(node) and self._close_exactly(node):
            return
        if self.proposals.consider(columns_of(self.field, node.assignment, node.relaxed)):
            self._renew()
            if self._near(node) and self._close_exactly(node):
                return
        chosen = split_of(self.field, node.assignment, node.relaxed)
        if chosen is None and not self._near(node):
            chosen = any_split(self.field, node.assignment)  # rounding hid a better network, or a hyperplane
        if chosen is None:
            self._leave(node)
            return
        node.split = SplitRegion(*chosen)
        node.children = tuple(self._add(part, node.relaxed.columns) for part in parts(node.assignment, *chosen))

    def _near(self, node: Node) -> bool:
        """Say whether floats cannot tell the bound of a node from the incumbent."""
        return is_near(node.relaxed.bound, self.incumbent.upper, self.field.targets)

    def _close(self, node: Node, goal: Fraction | None) -> bool:
        regions = [region for region, _ in node.assignment]
        node.point = rough_point(self.program, node.relaxed.residual, regions, goal)
        return node.point is not None

    def _leave(self, node: Node) -> None:
        """End a node with the best bound that there is."""
        if (self._near(node) and self._close_exactly(node)) or self._close(node, None):
            return
        node.point = zero_point(self.program, [region for region, _ in node.assignment])

    def _close_exactly(self, node: Node) -> bool:
        """Close a node by the residual of a proved network whose value is high enough."""
        goal = self.incumbent.upper - self.slack
        for fine in self._fine:
            if fine.value >= goal and self._close_with(node, fine):
                return True
        try:
            found = self.prover.optimum(node.relaxed.mask).found
        except (Unproved, Undecided):
            return False
        fine = self._remember(found)
        return fine.value >= goal and self._close_with(node, fine)

    def _close_with(self, node: Node, fine: _Fine) -> bool:
        regions = tuple(region for region, _ in node.assignment)
        if regions not in fine.points:
            trees = coverings(self.program, fine.theta, regions, tie=fine.share / 8)
            fine.points[regions] = None if trees is None else DualPoint(residual=fine.theta, coverings=trees)
        node.point = fine.points[regions]
        return node.point is not None

    def _remember(self, found: CertifiedPoint) -> _Fine:
        theta, share = fine_residual(self.program, found.forms.midpoint, self.prover.digits)
        for known in self._fine:
            if known.theta == theta:
                return known
        fine = _Fine(found=found, theta=theta, share=share, value=SQUARED.dual_value(theta, self.program.data.y))
        self._fine.append(fine)
        return fine

    def _renew(self) -> None:
        """Prove the best proposal; keep the network with the least objective."""
        found = self._make_incumbent()
        if found.upper < self.incumbent.upper or (found.found is not None and self.incumbent.found is None):
            self.incumbent = found
            self._found(found.network)

    def _make_incumbent(self) -> Incumbent:
        incumbent = self.prover.incumbent(self.proposals.best)
        if incumbent.found is not None:
            self._remember(incumbent.found)
        return incumbent

    def is_exact(self) -> bool:
        """Say whether the value of the incumbent's network is proved to be the optimum itself, not only up to 10^-digits.

        Every leaf must have a dual value above it, or be a set of columns on which the exact residual of the network, or of
        another one whose value is at least as great, exceeds the penalty nowhere.
        """
        best = self.incumbent
        if best.found is None or best.value is None:
            return False
        checked: dict[int, bool] = {}
        for node in self.leaves():
            if node.point is None or SQUARED.dual_value(node.point.residual, self.program.data.y) >= best.value.high:
                continue
            mask = node.relaxed.mask
            if mask not in checked:
                checked[mask] = self._at_least(best.found, mask)
            if not checked[mask]:
                return False
        return True

    def _at_least(self, found: CertifiedPoint, mask: int) -> bool:
        """Say whether the optimum on a set of columns is proved to be at least the value of a proved network."""
        if self.prover.feasible(found, mask):
            return True
        goal, _ = assemble_value(found)
        for fine in self._fine:
            if _not_less(fine.found, found, goal) and self.prover.feasible(fine.found, mask):
                return True
        try:
            return _not_less(self.prover.optimum(mask).found, found, goal)
        except (Unproved, Undecided):
            return False


def _nobody(_: Network) -> None:
    """Hear of a network."""


def _not_less(other: CertifiedPoint, found: CertifiedPoint, goal: Real) -> bool:
    """Say whether the value of another network is known to be at least that of ``found``, which is ``goal``."""
    value, _ = assemble_value(other)
    if value.low >= goal.high or same_value(found.kkt, other.kkt):
        return True
    return value.radical is not None and goal.radical is not None and value.compare(goal) >= 0
