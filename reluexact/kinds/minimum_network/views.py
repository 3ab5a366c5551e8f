"""What is shown of the fewest neurons: lines, tables, and the JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.errors import Message, fixed
from reluexact.evidence.status import Status
from reluexact.kinds.networks import network_of
from reluexact.kinds.optimum.views import neuron_grid, optimum_json, optimum_pairs, weight_grid
from reluexact.terminal.problem import PLACES
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import plural, proved, real_json

if TYPE_CHECKING:
    from reluexact.kinds.minimum_network.claim import MinimumNetwork
    from reluexact.kinds.optimum.claim import Optimum

WAYS = {
    "vertices": "all vertices are known",
    "sums": "no sum of fewer amounts gives the fit",
    "tree": "a branch tree with Farkas vectors",
    "count": "every optimal network has as many",
    "none": "nothing better is proved",
}


def minimum_pairs(optimum: Optimum, found: MinimumNetwork | None, name: str) -> list[tuple[str, str]]:
    """Return the lines above the table."""
    pairs = optimum_pairs(optimum, name)
    if found is None:
        return pairs
    kept = [(label, text) for label, text in pairs if label in ("data", "penalty", "weights", "value")]
    open_ = Message("UNDECIDED: ", fixed(found.reason))  # --limit is that of the proof of the optimum
    kept.insert(-1, ("status", "PROVED, both sides" if found.status is Status.PROVED else open_))
    if found.status is Status.PROVED:
        kept.append(("fewest", f"{plural(found.upper, 'neuron')}; no optimal network has fewer ({WAYS[found.how]})"))
    else:
        kept.append(("fewest", f"at least {found.lower} and at most {plural(found.upper, 'neuron')}"))
    return [*kept, ("used", f"{len(found.support)} of {plural(len(optimum.neurons), 'optimal direction')}")]


def minimum_grid(optimum: Optimum, found: MinimumNetwork) -> Grid:
    """Return the rows of the neurons that the network uses, with its amounts."""
    grid = neuron_grid(optimum)
    place = grid.headings.index("amount")
    rows = []
    for k in found.support:
        row = list(grid.rows[k])
        row[place] = proved(found.amounts[k], PLACES)
        rows.append(tuple(row))
    return Grid(headings=grid.headings, rows=tuple(rows), left=grid.left, legend=grid.legend)


def minimum_weights(optimum: Optimum, found: MinimumNetwork) -> Grid:
    """Return the weights of the network."""
    return weight_grid(network_of(found, ""), optimum.data.names, found.support)


def minimum_json(optimum: Optimum, found: MinimumNetwork | None) -> dict[str, object]:
    """Return everything that is known of the smallest network."""
    document = {**optimum_json(optimum), "kind": "minimum-network"}
    if found is None:
        return document
    return {
        **document,
        "status": found.status.name,
        "reason": found.reason,
        "lower_width": found.lower,
        "upper_width": found.upper,
        "how": found.how,
        "support": list(found.support),
        "amounts": [real_json(found.amounts[k], PLACES) for k in found.support],
    }
