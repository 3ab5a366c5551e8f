"""The walk: from every node, with each violated column added, to the optimum of that program, until nothing is new.

Completeness (started at the empty set, all edges): let S be any set of columns. From the optimum for a part B of S, a minimal set
that carries its network, add a column of S that it violates: the optimum of the larger part has a lower value, and a minimal set
within it. This ends with an optimum that violates no column of S: the optimum of S, so it is among the nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from reluexact.evidence.column_supports import members
from reluexact.kinds.subsampled.columns import Columns
from reluexact.kinds.subsampled.find import SampledOptimum
from reluexact.prove.neurons import Unproved

Prove = Callable[[int], SampledOptimum]
Progress = Callable[[int, int, int], object]
"""Called with the number of nodes, of nodes whose steps are done, and of edges."""

MOST_SUBSETS, MOST_SETS = 12, 256
"""Up to so many columns of a program its subsets are looked up, and up to so many minimal sets a node is found by them."""

STEPS = 100
"""Steps per node of the limit, at most."""


@dataclass(frozen=True, slots=True)
class Step:
    """Node ``source`` with the columns ``before`` and one more leads to node ``target``."""

    source: int
    target: int
    column: int
    before: int


@dataclass(slots=True)
class Walk:
    """The nodes found so far, in the order of discovery, the steps between them, and the nodes at which walks began.

    open: the programs whose optimum has no proof, with the reason; the walk goes on without them. full: which limit is reached.
    """

    every: Columns
    prove: Prove
    limit: int
    nodes: list[SampledOptimum] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    first: dict[int, None] = field(default_factory=dict)
    open: dict[int, str] = field(default_factory=dict)
    full: str = ""
    _known: dict[int, int] = field(default_factory=dict)
    _broad: list[int] = field(default_factory=list)

    def find(self, mask: int) -> int | None:
        """Return the node that is the optimum of a program, proved now if it is new; None at the limit, or without a proof."""
        known = self.lookup(mask)
        if known is not None:
            return known
        if len(self.nodes) >= self.limit:
            self.full = f"there are more than limit={self.limit} nodes"
        if self.full or mask in self.open:
            return None
        try:
            found = self.prove(mask)
        except Unproved as problem:
            self.open[mask] = str(problem)
            return None
        self.nodes.append(found)
        if found.column_supports.minimal_count() <= MOST_SETS:
            self._known.update(dict.fromkeys(found.column_supports.minimal(), len(self.nodes) - 1))
        else:
            self._broad.append(len(self.nodes) - 1)
        self._known[mask] = len(self.nodes) - 1
        return len(self.nodes) - 1

    def lookup(self, mask: int) -> int | None:
        """Return the known node that is the optimum of a program: a minimal set of it lies within, and nothing is violated."""
        if mask in self._known:
            return self._known[mask]
        candidates: Iterator[int] | range = range(len(self.nodes))
        if mask.bit_count() <= MOST_SUBSETS:
            candidates = chain((self._known[part] for part in subsets(mask) if part in self._known), self._broad)
        found = next((k for k in candidates if self.nodes[k].answers(mask)), None)
        if found is not None:
            self._known[mask] = found
        return found

    def run(self, starts: Sequence[int], *, steepest: bool, progress: Progress) -> None:
        """Walk from the optima of the given sets."""
        for mask in starts:
            node = self.find(mask)
            if node is not None:
                self.first.setdefault(node)
        reached, done = dict(self.first), 0
        while done < len(reached):
            source = list(reached)[done] if steepest else done
            for before, column in self._ways(source, steepest):
                target = self.find(before | 1 << column)
                if len(self.steps) >= STEPS * self.limit:
                    self.full = f"there are more than {STEPS} times limit={self.limit} steps"
                if self.full:
                    return
                if target is None:
                    continue
                reached.setdefault(target)
                self.steps.append(Step(source, target, column, before))
                progress(len(self.nodes), done, len(self.steps))
            done += 1
            progress(len(self.nodes), done, len(self.steps))

    def _ways(self, source: int, steepest: bool) -> Iterator[tuple[int, int]]:
        """Yield the columns to stand on and the column to add; for ``steepest`` only the one that exceeds the penalty most."""
        node = self.nodes[source]
        if not steepest:
            yield from ((before, column) for before in node.column_supports.minimal() for column in members(node.above))
        elif node.above:
            heights = node.heights(self.every)
            yield next(node.column_supports.minimal()), max(members(node.above), key=lambda k: (heights[k], -k))


def subsets(mask: int) -> Iterator[int]:
    """Yield every subset of a set.

    >>> list(subsets(0b101))
    [5, 4, 1, 0]
    """
    part = mask
    while True:
        yield part
        if not part:
            return
        part = (part - 1) & mask
