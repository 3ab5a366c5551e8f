"""What ``reluexact interpolate`` shows: names with values, the tables, the JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.errors import Message, fixed
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.views import neuron_grid, neuron_json, weight_grid
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import PLACES, bounds_pairs, data_json, named_data
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, plural, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.interpolation.claim import Interpolation


def interpolation_pairs(answer: Interpolation, name: str) -> list[tuple[str, str]]:
    """Return the lines above the tables."""
    pairs = [("data", named_data(answer.data, name)), ("fit", _fit(answer))]
    if answer.status is not Status.PROVED:
        pairs.append(("status", Message(f"{answer.status.name}: ", answer.reason)))
        bounds = bounds_pairs(answer.lower, answer.upper, answer.digits)
        pairs += [(label, text.replace("optimal value", "least cost")) for label, text in bounds]
        return [*pairs, ("network", f"{plural(answer.network.width, 'neuron')}, rational weights; it has this fit exactly")]
    value = answer.value
    short = exact(value.low) if value.is_rational else None
    pairs.append(("status", "PROVED, for networks of every width"))
    pairs.append(("cost", f"{short} (exactly)" if short else proved(value, answer.digits)))
    pairs.append(("neurons", f"{len(answer.neurons)} of length 1; no cheapest network uses another direction"))
    if answer.dimension is not None:
        pairs.append(("dimension", f"{answer.dimension} ({'unique' if answer.unique else 'not unique'})"))
    if not answer.vertices:
        pairs.append(("vertices", Message("UNDECIDED: ", fixed(Message(answer.open)))))
    else:
        pairs.append(("vertices", f"{len(answer.vertices)}, the minimal networks"))
        pairs.append(("fewest", f"{plural(answer.min_width or 0, 'neuron')} (m*)"))
        pairs.append(("most", f"{plural(answer.max_vertex_width or 0, 'neuron')} in a minimal network (M*)"))
    reach = "this fit exactly" if answer.exact else "nearly this fit (some of its exact weights are irrational)"
    return [*pairs, ("network", f"{plural(answer.network.width, 'neuron')}, rational weights; it has {reach}")]


def _fit(answer: Interpolation) -> str:
    if answer.interpolates:
        return "the targets; networks meet them all"
    moved = sum(value != target for value, target in zip(answer.fit, answer.data.y, strict=True))
    error = exact(answer.error) or rounded(answer.error, PLACES)
    return f"that of least squares, loss {error}; no network meets the targets ({plural(moved, 'row')} missed)"


def interpolation_grids(answer: Interpolation) -> list[Grid]:
    """Return the neurons, and the weights of the network."""
    if not answer.neurons:
        return []
    amounts = answer.vertices[0].amounts if answer.vertices else [neuron.amount for neuron in answer.neurons]
    cells = ["0" if amount is None or amount.high <= 0 else proved(amount, PLACES) for amount in amounts]
    used = [k for k, cell in enumerate(cells) if cell != "0"]
    grid = neuron_grid(answer)
    place = grid.headings.index("amount")
    rows = tuple((*row[:place], cell, *row[place + 1 :]) for row, cell in zip(grid.rows, cells, strict=True))
    neurons = Grid(headings=grid.headings, rows=rows, left=grid.left, legend=grid.legend)
    return [neurons, weight_grid(answer.network, answer.data.names, used)]


def interpolation_json(answer: Interpolation) -> dict[str, object]:
    """Return everything that is known."""
    decided = answer.status is Status.PROVED
    return {
        "data": data_json(answer.data),
        "kind": "interpolation",
        "status": answer.status.name,
        "reason": answer.reason,
        "interpolates": answer.interpolates,
        "fit": [format_fraction(value) for value in answer.fit],
        "value": real_json(answer.value, answer.digits) if decided else None,
        "lower": format_fraction(answer.lower),
        "upper": format_fraction(answer.upper),
        "dual": [real_json(value, PLACES) for value in answer.dual],
        "neurons": [neuron_json(answer.data, neuron) for neuron in answer.neurons],
        "dimension": answer.dimension,
        "min_width": answer.min_width,
        "max_vertex_width": answer.max_vertex_width,
        "vertices": [
            {"support": list(vertex.support), "amounts": [real_json(vertex.amounts[k], PLACES) for k in vertex.support]}
            for vertex in answer.vertices
        ],
        "network": answer.network.to_lists(),
        "exact": answer.exact,
        "produced_by": dict(answer.produced_by),
    }
