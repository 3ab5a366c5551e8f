"""The walk: from every node, with each violated column added, to the optimum of that program, until nothing is new.

Completeness (started at the empty set, all edges): let S be any set of columns. From the optimum for a part B of S, a minimal set
that carries its network, add a column of S that it violates: the optimum of the larger part has a lower value, and a minimal set
within it. This ends with an optimum that violates no column of S: the optimum of S, so it is among the nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from reluexact.errors import Argument, Limit, Message, message_of
from reluexact.evidence.column_supports import members
from reluexact.kinds.subsampled.find import SampledOptimum
from reluexact.progress import Progress, Stage
from reluexact.propose.columns import EQUAL, Columns
from reluexact.prove.neurons import Unproved

Prove = Callable[[int], SampledOptimum]
Prepare = Callable[[int, Iterator[int]], None]
"""Told that a program is to be proved, and which open ones may follow: may prove several at a time."""

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
    prepare: Prepare | None = None
    nodes: list[SampledOptimum] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    first: dict[int, None] = field(default_factory=dict)
    open: dict[int, str] = field(default_factory=dict)
    full: str = ""
    _known: dict[int, int] = field(default_factory=dict)
    _broad: list[int] = field(default_factory=list)

    def is_open(self, mask: int) -> bool:
        """Say whether the optimum of a program is still to be proved."""
        return mask not in self.open and self.lookup(mask) is None

    def ahead(self, source: int) -> Iterator[int]:
        """Yield the programs that the walk over all steps looks up next, from node ``source`` on, in its order."""
        for node in range(source, len(self.nodes)):
            yield from (before | 1 << column for before, column in self._ways(node, steepest=False))

    def find(self, mask: int) -> int | None:
        """Return the node that is the optimum of a program, proved now if it is new; None at the limit, or without a proof."""
        known = self.lookup(mask)
        if known is not None:
            return known
        if len(self.nodes) >= self.limit:
            stop = Limit(counted="nodes", value=self.limit, reached=self.limit + 1)
            self.full = Message("there are more than ", Argument("limit", self.limit), " nodes", limit=stop)
        if self.full or mask in self.open:
            return None
        try:
            found = self.prove(mask)
        except Unproved as problem:
            self.open[mask] = message_of(problem)
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
                if not steepest and self.prepare is not None and self.is_open(before | 1 << column):
                    self.prepare(before | 1 << column, filter(self.is_open, self.ahead(source)))
                target = self.find(before | 1 << column)
                if len(self.steps) >= STEPS * self.limit:
                    stop = Limit(counted="steps", value=STEPS * self.limit, reached=len(self.steps))
                    text = f"there are more than {STEPS} times "
                    self.full = Message(text, Argument("limit", self.limit), " steps", limit=stop)
                if self.full:
                    return
                if target is None:
                    continue
                reached.setdefault(target)
                self.steps.append(Step(source, target, column, before))
                progress(self.stage(done))
            done += 1
            progress(self.stage(done))

    def stage(self, done: int) -> Stage:
        """Say how far the walk is: of how many nodes the steps are done."""
        nodes = f"{len(self.nodes):,} node{'' if len(self.nodes) == 1 else 's'}"
        steps = f"{len(self.steps):,} step{'' if len(self.steps) == 1 else 's'}"
        proved = f"{nodes} and {steps} proved"
        return Stage(f"{done} of {nodes} done, {steps}", done=done, total=len(self.nodes), proved=proved)

    def _ways(self, source: int, steepest: bool) -> Iterator[tuple[int, int]]:
        """Yield the columns to stand on and the column to add; for ``steepest`` only the one that exceeds the penalty most."""
        node = self.nodes[source]
        if not steepest:
            yield from ((before, column) for before in node.column_supports.minimal() for column in members(node.above))
        elif node.above:
            heights = node.heights(self.every)
            least = max(heights[k] for k in members(node.above)) * (1 - EQUAL)
            yield next(node.column_supports.minimal()), next(k for k in members(node.above) if heights[k] >= least)


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
