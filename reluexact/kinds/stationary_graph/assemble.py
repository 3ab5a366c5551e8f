"""From a walk to the graph that users see, and what is missing of it."""

from __future__ import annotations

from reluexact.budget import spending
from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.stationary_graph.claim import StationaryGraph
from reluexact.kinds.stationary_graph.nodes import Valued, graph_columns, node_of, ordered
from reluexact.kinds.stationary_graph.walk import Walk
from reluexact.propose.columns import Columns
from reluexact.version import __version__


def bits_of(digits: int) -> int:
    """Return how finely a network is enclosed whose objective is shown with so many decimals."""
    return 10 * digits // 3 + 96


@spending(anew=True)
def reason_of(walk: Walk) -> str:
    """Say what is missing."""
    if walk.full:
        return walk.full
    unproved = [why for mask, why in walk.open.items() if walk.lookup(mask) is None]
    if unproved:
        programs = "a program has no proof" if len(unproved) == 1 else f"{len(unproved)} programs have no proof"
        return Message(f"{programs}: ", unproved[0])
    return ""


@spending(anew=True)
def assembled(every: Columns, walk: Walk, reason: str, *, whole: bool, digits: int) -> StationaryGraph:
    """Return the graph of a walk; it is UNDECIDED where a reason says what is missing."""
    known = [Valued.of(found) for found in walk.nodes]
    order, edges = ordered(known, walk.steps)
    nodes = tuple(node_of(index, known[old].refined(digits), every, whole=whole) for index, old in enumerate(order))
    covered = sum(node.covers for node in nodes)
    if covered > 2 ** len(every):
        raise ArithmeticError("the nodes cover more programs than there are; please report the data")
    place = {old: new for new, old in enumerate(order)}
    return StationaryGraph(
        data=every.program.data,
        penalty=every.program.penalty,
        status=Status.UNDECIDED if reason else Status.PROVED,
        reason=reason,
        columns=graph_columns(every),
        every=whole,
        nodes=nodes,
        edges=edges,
        complete=covered == 2 ** len(every),
        starts=tuple(sorted(place[old] for old in walk.first)),
        produced_by=(("program", f"reluexact {__version__}"),),
    )
