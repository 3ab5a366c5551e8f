"""Widths where the cells are too many to list: what the global optimum says of them, and a network of the width.

From m* on a width has the global optimum. A narrower one has its value as a lower bound, and the best network that a local search
among the columns round its neurons finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.errors import Cure, Limit, LimitReached, Message
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.status import Status
from reluexact.geometry.arrangement import patterns_at_most
from reluexact.kinds.bound.find import prove_bound
from reluexact.kinds.optimum.certified import certified_point
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.stationary_graph.named_columns import in_order
from reluexact.kinds.stationary_graph.pricing import columns_round
from reluexact.kinds.width_optimum.claim import WidthOptimum
from reluexact.kinds.width_optimum.incumbent import Prover
from reluexact.kinds.width_optimum.smallest import Supports, find_optimum, seed
from reluexact.kinds.width_optimum.stopped import Known
from reluexact.model.dataset import Dataset
from reluexact.model.loss import SQUARED
from reluexact.model.program import make_program
from reluexact.progress import Progress
from reluexact.propose.width.field import Field
from reluexact.propose.width.proposals import Proposals
from reluexact.prove.neurons import Unproved

CELL_LIMIT = 20_000

_SPARE = 2


def too_many(data: Dataset) -> Message | None:
    """Say that the cells cannot be listed; None where they can be."""
    if patterns_at_most(data, CELL_LIMIT):
        return None
    text = f"X has more than {CELL_LIMIT:,} activation patterns, too many to search for a width"
    stop = Limit(counted="activation patterns", value=CELL_LIMIT, reached=CELL_LIMIT + 1, argument=None)
    return Message(text, Cure("leave out rows or features"), limit=stop)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlistedWidths:
    """What all widths share: the global optimum, and the columns round its neurons (None where it is not proved)."""

    known: Known
    reason: Message
    optimum: Optimum
    supports: Supports
    field: Field | None
    fewest: int | None

    @classmethod
    def make(cls, known: Known, reason: Message, progress: Progress) -> UnlistedWidths:
        """Find the global optimum, its smallest network, and bounds that are as near as the claim needs them."""
        optimum, supports = find_optimum(known, progress)
        gap = Fraction(1, 10 ** (known.digits + _SPARE)) / (1 + SQUARED.of_residual(known.data.y))
        try:
            bound = prove_bound(known.data, known.penalty, gap=gap, progress=progress)
            known.bound = bound if isinstance(bound, BoundProof) else None
        except LimitReached as stop:
            known.bound = stop.bounds if isinstance(stop.bounds, BoundProof) else None
        field = _field(optimum) if optimum.status is Status.PROVED else None
        return cls(known=known, reason=reason, optimum=optimum, supports=supports, field=field, fewest=known.fewest)

    def solve(self, width: int) -> WidthOptimum:
        """Return what is proved of a width."""
        if width and self.field is not None and len(self.field.every):
            proposals = Proposals(self.field, width)
            seed(proposals, self.optimum, self.supports)
            proposals.from_relaxed(self.field.relax(self.field.every.everything))
            best = Prover(field=self.field, digits=self.known.digits).incumbent(proposals.best)
            self.known.networks.append(best.network)
        return self.known.claim(width, self.reason)


def _field(optimum: Optimum) -> Field | None:
    """Return the cells round the optimal neurons, each with both signs."""
    program = make_program(optimum.data, optimum.penalty)
    try:
        places = columns_round(certified_point(optimum))
    except Unproved:
        return None
    return Field(in_order(program, [(sign, point) for _, point in places for sign in (1, -1)]))
