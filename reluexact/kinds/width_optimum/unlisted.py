"""The best networks of a width where the cells are too many to list: what the global optimum says, and a network of the width.

The widths of m* and more have the global optimum. Narrower ones have its value as a lower bound, and the best network that a
local search among the columns round its neurons finds.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import Cure, Limit, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.geometry.arrangement import patterns_at_most
from reluexact.kinds.bound.find import prove_bound
from reluexact.kinds.networks import network_of
from reluexact.kinds.optimum.certified import certified_point
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.stationary_graph.named_columns import in_order
from reluexact.kinds.stationary_graph.pricing import columns_round
from reluexact.kinds.width_optimum.incumbent import Prover
from reluexact.kinds.width_optimum.smallest import optimum_of, smallest_of
from reluexact.kinds.width_optimum.stopped import Known
from reluexact.model.dataset import Dataset
from reluexact.model.loss import SQUARED
from reluexact.model.program import make_program
from reluexact.progress import Progress, Stage
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
