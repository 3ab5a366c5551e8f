"""What notebooks show of the set of all optimal networks, and of one network of it."""

from __future__ import annotations

from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.point import Point
from reluexact.kinds.optimal_set.vertex import Vertex
from reluexact.kinds.optimal_set.views import neuron_grid, set_pairs, vertex_grids
from reluexact.kinds.page import PLACES, Page, page_by_class, tables_of
from reluexact.terminal.text import proved


def page(claim: object) -> Page:
    """Show the set with its neurons and vertices, or the amounts of one network."""
    return page_by_class(claim, {OptimalSet: _set, Vertex: _amounts, Point: _amounts})


def _set(best: OptimalSet) -> Page:
    grids = (neuron_grid(best), *vertex_grids(best)) if best.neurons else ()
    return set_pairs(best.optimum, best, None, ""), tables_of(*grids)


def _amounts(network: Vertex | Point) -> Page:
    rows = [(str(k), proved(network.amounts[k], PLACES)) for k in network.support]
    return [(type(network).__name__.lower(), repr(network))], [(("neuron", "amount"), rows)] if rows else []
