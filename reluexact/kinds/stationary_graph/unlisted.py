"""Steepest walks without a list of all cells: the columns that they meet, and the networks proved on the way.

At every network only its surroundings are looked at: the cells round its neurons, and the columns that exceed the penalty most
(:mod:`reluexact.kinds.stationary_graph.pricing`). The columns met then make a graph like any other columns that a caller names;
in it the steepest walk is the same one, and the same as among all columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reluexact.errors import Argument, Limit, LimitReached, Message, message_of
from reluexact.evidence.column_supports import members
from reluexact.geometry.column import Column
from reluexact.kinds.stationary_graph.named_columns import in_order
from reluexact.kinds.stationary_graph.pricing import (
    Place,
    Steepest,
    columns_round,
    columns_that_may_meet,
    steepest_columns,
)
from reluexact.kinds.subsampled.find import SampledOptimum, judged, sampled_optimum
from reluexact.model.program import Program
from reluexact.numbers.types import Vector
from reluexact.progress import Progress, Stage
from reluexact.propose.columns import Columns
from reluexact.propose.pricing import Pricing
from reluexact.prove.neurons import Unproved

Prove = Callable[[Columns], SampledOptimum]
"""Returns the proved optimum of the program of some columns, as the only ones."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A network on the way, judged on the columns near it: the next set of columns, None where nothing exceeds the penalty."""

    following: tuple[Column, ...] | None
    is_sure: bool


@dataclass(slots=True, kw_only=True)
class UnlistedWalk:
    """The walks so far.

    nodes: the proved optimum of each set of columns that a walk stood on; open: why there is none. sure: how many of the steps
    are proved to be the steepest. full: which limit ended the walks.
    """

    program: Program
    prove: Prove
    limit: int
    progress: Progress
    pricing: Pricing
    nodes: dict[frozenset[Column], SampledOptimum] = field(default_factory=dict)
    open: dict[frozenset[Column], Message] = field(default_factory=dict)
    steps: int = 0
    sure: int = 0
    full: str = ""
    _inside: dict[Column, Vector] = field(default_factory=dict)

    @property
    def columns(self) -> Columns:
        """Return all columns that the walks met, in the order of all columns."""
        return in_order(self.program, [(column.sign, point) for column, point in self._inside.items()])

    def run(self, starts: Sequence[Sequence[Place]]) -> None:
        """Walk from the optima of the given sets of columns, each down to where nothing exceeds the penalty."""
        try:
            for start in starts:
                self._walk(self._met(start))
        except LimitReached as stop:
            self.full = stop.message

    def _walk(self, base: tuple[Column, ...] | None) -> None:
        while base is not None and frozenset(base) not in {**self.nodes, **self.open}:
            if len(self.nodes) >= self.limit:
                stop = Limit(counted="nodes", value=self.limit, reached=self.limit + 1)
                raise LimitReached(Message("there are more than ", Argument("limit", self.limit), " nodes", limit=stop))
            try:
                seen = self._look(base)
            except Unproved as problem:
                self.open[frozenset(base)] = message_of(problem)
                return
            base = seen.following
            if base is not None:
                self.steps += 1
                self.sure += seen.is_sure
            count = len(self.nodes)
            text = f"{count:,} node{'' if count == 1 else 's'}"
            self.progress(Stage(f"{text} of a steepest walk", done=count, proved=f"{text} proved"))

    def _look(self, base: tuple[Column, ...]) -> Seen:
        """Prove the optimum of a set of columns, and find the next set."""
        own = self._table(base)
        found = self.prove(own)
        steepest = steepest_columns(self.program, found.found.forms.midpoint)
        meeting = columns_that_may_meet(found.found, self.pricing)
        near = self._met([*columns_round(found.found), *meeting, *steepest.places])
        around = self._table((*base, *near))
        mask = sum(1 << k for k, column in enumerate(around.columns) if column in base)
        known = self._judged(around, found, mask)
        if known.found is not found.found:
            self._met(columns_round(known.found))
        self.nodes[frozenset(base)] = known
        return self._following(around, known, steepest)

    def _judged(self, around: Columns, found: SampledOptimum, mask: int) -> SampledOptimum:
        """Judge the columns near a network; where one of them meets the penalty by chance, the network is proved with it."""
        try:
            return judged(around, found.found, mask)
        except Unproved:
            return sampled_optimum(around, mask)

    def _following(self, around: Columns, known: SampledOptimum, steepest: Steepest) -> Seen:
        furthest = set(in_order(self.program, steepest.places).columns)
        above = [k for k in members(known.above) if around.columns[k] in furthest]
        if not above:
            return Seen(following=None, is_sure=steepest.proved)
        before = members(next(known.column_supports.minimal()))
        chosen = tuple(around.columns[k] for k in (*before, above[0]))
        return Seen(following=chosen, is_sure=steepest.proved)

    def _table(self, columns: Sequence[Column]) -> Columns:
        return in_order(self.program, [(column.sign, self._inside[column]) for column in columns])

    def _met(self, places: Sequence[Place]) -> tuple[Column, ...]:
        """Remember the columns of some places, and return them."""
        found = in_order(self.program, places)
        for column, point in zip(found.columns, found.inside, strict=True):
            self._inside.setdefault(column, point)
        return found.columns
