"""What ``reluexact ellipsoid`` shows: names with values, the tables, the JSON object."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.kinds.optimum.views import neuron_json
from reluexact.kinds.rectified_ellipsoid.claim import CoordinateNeuron, SupportValue
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import PLACES, data_json, named_data
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, plural, printable, proved, real_json

MOST = 20


def support_pairs(found: SupportValue, name: str, digits: int) -> list[tuple[str, str]]:
    """Return the lines above the tables."""
    value = found.value
    short = exact(value.low) if value.is_rational else None
    reached = len(found.maximisers)
    return [
        ("data", named_data(found.data, name)),
        ("direction", "the targets"),
        ("status", "PROVED"),
        ("support", f"{short} (exactly)" if short else proved(value, digits)),
        ("neurons", f"{plural(reached, 'unit vector')} {'reaches' if reached == 1 else 'reach'} it, no other one"),
    ]


def support_grids(found: SupportValue, reaches: Sequence[CoordinateNeuron]) -> list[Grid]:
    """Return the exposed neurons, and how far the set reaches along the coordinates."""
    grids = []
    if found.maximisers:
        headings = ("neuron", *map(printable, found.data.names), "cell")
        rows = [
            (str(k), *(proved(entry, PLACES) for entry in neuron.direction), "".join(found.data.per_row(neuron.pattern)))
            for k, neuron in enumerate(found.neurons[:MOST])
        ]
        empty = ("",) * (found.data.d - 1)
        legend = ("its number, from 0", *empty, "the direction, of length 1", "the sign of x.u in every row")
        grids.append(Grid(headings=headings, rows=tuple(rows), left=("cell",), legend=legend))
    reach = tuple((str(entry.row), proved(entry.value, PLACES)) for entry in reaches[:MOST])
    meaning = "the greatest output of a neuron of length 1 that sees no other row"
    grids.append(Grid(headings=("row", "reach"), rows=reach, legend=("its number, from 0", meaning)))
    return grids


def support_json(found: SupportValue, reaches: Sequence[CoordinateNeuron], digits: int) -> dict[str, object]:
    """Return everything that is known."""
    return {
        "data": data_json(found.data),
        "kind": "support",
        "status": "PROVED",
        "value": real_json(found.value, digits),
        "square": format_fraction(found.square),
        "neurons": [neuron_json(found.data, neuron) for neuron in found.neurons],
        "points": [[real_json(entry, PLACES) for entry in point] for point in found.points],
        "reach": [real_json(entry.value, PLACES) for entry in reaches],
    }
