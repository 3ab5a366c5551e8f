"""The global optimum beside the widths, and its smallest networks."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.minimum_network.find import minimum_network
from reluexact.kinds.optimal_set.find import optimal_set
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.find import solve
from reluexact.kinds.width_optimum.stopped import Known
from reluexact.progress import Progress, Stage
from reluexact.propose.width.proposals import Proposals

FEW_BASES = 2_000

Supports = tuple[tuple[int, ...], ...]


def find_optimum(known: Known, progress: Progress) -> tuple[Optimum, Supports]:
    """Find the global optimum and its fewest neurons; return optimal neurons that are enough for an optimal network."""
    progress(Stage("the global optimum"))
    optimum = known.optimum = solve(known.data, known.penalty, digits=max(30, known.digits + 5), progress=progress)
    if optimum.status is not Status.PROVED:
        return optimum, ()
    progress(Stage("its smallest network"))
    best = optimal_set(optimum, limit=FEW_BASES)
    if best.status is Status.PROVED:
        known.fewest = best.min_width
        return optimum, tuple(vertex.support for vertex in best.vertices)
    smallest = minimum_network(best)
    known.fewest = smallest.width
    return optimum, (smallest.support,)


def seed(proposals: Proposals, optimum: Optimum, supports: Supports) -> None:
    """Propose the columns of the smallest optimal networks that the width has room for."""
    field, neurons = proposals.field, optimum.neurons
    rows = list(field.every.program.hyperplanes.rows)
    for support in supports:
        if len(support) <= proposals.width:
            gates = [(neurons[k].sign, [neurons[k].gate[row] for row in rows]) for k in support]
            proposals.consider(sum({1 << field.columns_at(sign, gate)[0] for sign, gate in gates}))
