"""The graph of steepest walks among more columns than can be listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from os import PathLike

from reluexact.budget import spending
from reluexact.errors import LimitReached, Message
from reluexact.evidence.column_supports import members
from reluexact.evidence.status import Status
from reluexact.geometry.column import Column
from reluexact.kinds.stationary_graph.assemble import assembled, bits_of, reason_of
from reluexact.kinds.stationary_graph.claim import StationaryGraph
from reluexact.kinds.stationary_graph.pricing import Place
from reluexact.kinds.stationary_graph.state import State
from reluexact.kinds.stationary_graph.unlisted import UnlistedWalk
from reluexact.kinds.stationary_graph.walk import Walk
from reluexact.kinds.subsampled.find import SampledOptimum, optimum_at, sampled_optimum
from reluexact.model.program import Program
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress, silent
from reluexact.propose.candidates import pricing_for
from reluexact.propose.columns import Columns, some_columns
from reluexact.prove.neurons import Unproved


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """One call of ``stationary_graph``; missing: why a steepest walk is less than what was asked for."""

    program: Program
    limit: int
    digits: int
    progress: Progress
    missing: str

    def graph(self, starts: Sequence[Sequence[Place]], state: str | PathLike[str] | None, clock: Clock) -> StationaryGraph:
        """Return the graph of all columns that the walks meet."""
        bits = bits_of(self.digits)
        with State(state, self.program, "steepest", bits) if state is not None else nullcontext() as saved:
            prove = _prover(bits, saved)
            pricing = pricing_for(self.program.data)
            walks = UnlistedWalk(program=self.program, prove=prove, limit=self.limit, progress=self.progress, pricing=pricing)
            try:
                with clock.running(outer=True):
                    walks.run(starts)
            except LimitReached as stop:
                walks.full = stop.message
        return self._among_those_met(walks, starts)

    @spending(anew=True)
    def _among_those_met(self, walks: UnlistedWalk, starts: Sequence[Sequence[Place]]) -> StationaryGraph:
        """Walk once more among the columns met, where every network is judged on all of them."""
        every = walks.columns
        walk = Walk(every=every, prove=_known(walks, every, bits_of(self.digits)), limit=len(walks.nodes))
        places = {column: k for k, column in enumerate(every.columns)}
        sets = [sum(1 << places[column] for column in some_columns(self.program, start).columns) for start in starts]
        walk.run(list(dict.fromkeys(sets)), steepest=True, progress=silent)
        walk.full = walks.full
        graph = assembled(every, walk, self.missing or reason_of(walk), whole=False, digits=self.digits)
        notes = (*graph.produced_by, ("steepest", f"{walks.sure} of {walks.steps} steps are proved to be the steepest"))
        reason = graph.reason or _unproved_end(graph)
        return replace(graph, produced_by=notes, reason=reason, status=Status.UNDECIDED if reason else Status.PROVED)


def _prover(bits: int, saved: State | None) -> Callable[[Columns], SampledOptimum]:
    """Return what proves the program of some columns, with the help of the state file where there is one."""

    def prove(own: Columns) -> SampledOptimum:
        name = " ".join(map(_text, own.columns))
        known = None if saved is None else saved.proved_again(name, own, own.everything)
        if known is not None:
            return known
        found = sampled_optimum(own, own.everything, bits=bits)
        if saved is not None:
            saved.remember(name, found.found)
        return found

    return prove


def _text(column: Column) -> str:
    return ("+" if column.sign > 0 else "-") + "".join("01"[side] for side in column.cell)


def _known(walks: UnlistedWalk, every: Columns, bits: int) -> Callable[[int], SampledOptimum]:
    """Return what proves a program again from the network that the walks have found."""

    def prove(mask: int) -> SampledOptimum:
        columns = frozenset(every.columns[k] for k in members(mask))
        if columns in walks.open:
            raise Unproved(walks.open[columns])
        found = walks.nodes[columns].found
        return optimum_at(every, mask, found.kkt, found.box.midpoint, bits)

    return prove


def _unproved_end(graph: StationaryGraph) -> str:
    """Say whether a walk ends at a network that may not be the global minimum."""
    left = {edge.source for edge in graph.edges}
    ends = [node.index for node in graph.nodes if node.index not in left and node.global_minimum is not Status.PROVED]
    return Message(f"no column is found that exceeds the penalty at node {ends[0]}, but one may") if ends else ""
