"""What is shown of an optimal set: names with values, the tables of neurons and vertices, and the JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.views import known_optimum, optimum_json, optimum_pairs
from reluexact.kinds.optimum.views import neuron_grid as grid_of_optimum
from reluexact.numbers.real import Real
from reluexact.terminal.problem import PLACES, data_pairs
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import plural, proved, real_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reluexact.kinds.connectivity.staircase import Staircase
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.kinds.optimal_set.vertex import Vertex
    from reluexact.kinds.optimum.claim import Optimum

MOST_VERTICES = 8
"""More vertices than this are only counted in the text output; the JSON output has all."""


def set_pairs(optimum: Optimum, best: OptimalSet | None, stairs: Staircase | None, name: str) -> list[tuple[str, str]]:
    """Return the lines above the tables."""
    known = optimum_pairs(optimum, name)
    if best is None:
        return known
    value = next(line for line in known if line[0] == "value")
    status = (
        "PROVED: these are all optimal networks"
        if best.status is Status.PROVED
        else Message("UNDECIDED: ", best.reason, "; value, neurons and total are proved")
    )
    pairs = [*data_pairs(optimum.data, optimum.penalty, name), ("status", status), value]
    pairs.append(("neurons", f"{plural(len(best.neurons), 'direction')}, {_pairs(best)}{_idle(best)}"))
    pairs.append(("total", f"{proved(best.total, PLACES)}, the sum of the amounts in every optimal network"))
    if best.dimension is not None:
        unique = "unique up to order and splitting of neurons" if best.dimension == 0 else "not unique"
        pairs.append(("dimension", f"{best.dimension} ({unique})"))
    if best.status is Status.PROVED:
        pairs.append(("vertices", f"{len(best.vertices)}, the minimal networks: {_sizes(best)}"))
        pairs.append(("fewest", f"{plural(best.min_width or 0, 'neuron')} (m*)"))
        pairs.append(("most", f"{plural(best.max_vertex_width or 0, 'neuron')} in a minimal network (M*)"))
    if stairs is not None:
        pairs.append(("widths", _by_width(stairs)))
        pairs += [("points", _points(stairs))] if any((step.isolated or 0) > 1 for step in stairs.steps) else []
    return pairs


def known_set(best: OptimalSet) -> str:
    """Say what is known once the vertices are found, for an interrupt."""
    known = known_optimum(best.optimum)
    if best.status is not Status.PROVED:
        return Message(known, "; the list of vertices is UNDECIDED: ", best.reason)
    fewest = f"fewest {plural(best.min_width or 0, 'neuron')}"
    return f"{known}; dimension {best.dimension}, {plural(len(best.vertices), 'minimal network')}, {fewest}"


def _pairs(best: OptimalSet) -> str:
    count = sum(neuron.paired for neuron in best.neurons) // 2
    return f"{plural(count, 'pair')} of opposite ones" if count else "no opposite ones"


def _idle(best: OptimalSet) -> str:
    """Say how many of the neurons never carry weight; nothing when there is none."""
    count = sum(neuron.positive is False for neuron in best.neurons)
    return f"; {count} of them with amount 0 in every optimal network" if count else ""


def _by_width(stairs: Staircase) -> str:
    """Describe the widths one by one, those from which on nothing changes in one go."""
    settled = stairs.theorem_width if stairs.connected_from is None else stairs.connected_from
    parts: list[str] = []
    for step in stairs.steps:
        if step.width >= settled and step.text == "connected":
            return "; ".join([*parts, f"{step.width} and more: connected"])
        parts += [f"{step.width}: {step.text}"] if step.width else []
    return "; ".join(parts)


def _points(stairs: Staircase) -> str:
    """Say what the isolated points count: each minimal network in every order of its neurons."""
    counts = ((size, count, stairs.at(size).isolated) for size, count in stairs.sizes if (stairs.at(size).isolated or 0) > 1)
    parts = (f"{total:,} = {plural(count, 'minimal network')} times {size}! orders" for size, count, total in counts)
    return f"the order of the neurons counts: {'; '.join(parts)}"


def _sizes(best: OptimalSet) -> str:
    sizes = [vertex.width for vertex in best.vertices]
    return ", ".join(f"{sizes.count(size)} with {plural(size, 'neuron')}" for size in sorted(set(sizes)))


def neuron_grid(best: OptimalSet) -> Grid:
    """Return the optimal neurons, with the least and the greatest amount over all optimal networks."""
    grid = grid_of_optimum(best.optimum)
    keep = [place for place, heading in enumerate(grid.headings) if heading != "amount"]
    ranges: list[tuple[str, ...]] = [()] * len(best.neurons)
    extra: tuple[str, ...] = ()
    if best.status is Status.PROVED:
        extra = ("least amount", "greatest amount")
        ranges = [amount_range([vertex.amounts[k] for vertex in best.vertices]) for k in range(len(best.neurons))]
    rows = tuple((*(row[place] for place in keep), *ends) for row, ends in zip(grid.rows, ranges, strict=True))
    headings = (*(grid.headings[place] for place in keep), *extra)
    ends = ("the least amount |w| |a| over all optimal networks", "the greatest one")[: len(extra)]
    return Grid(headings=headings, rows=rows, left=grid.left, legend=(*(grid.legend[place] for place in keep), *ends))


def amount_range(amounts: Sequence[Real]) -> tuple[str, str]:
    """Write the least and the greatest of some amounts; both are enclosed, so that nothing has to be compared."""
    least = Real(low=min(amount.low for amount in amounts), high=min(amount.high for amount in amounts))
    most = Real(low=max(amount.low for amount in amounts), high=max(amount.high for amount in amounts))
    return proved(least, PLACES), proved(most, PLACES)


def vertex_grids(best: OptimalSet) -> tuple[Grid, ...]:
    """Return the amounts at the vertices, one row per neuron; nothing when there are many."""
    if not best.vertices or len(best.vertices) > MOST_VERTICES:
        return ()
    headings = ("neuron", *(f"vertex {place}" for place in range(len(best.vertices))))
    rows = tuple((str(k), *(_amount(vertex, k) for vertex in best.vertices)) for k in range(len(best.neurons)))
    legend = (
        "the number of the direction, from 0",
        *[""] * (len(best.vertices) - 1),
        "the amounts |w| |a| in this minimal network",
    )
    return (Grid(headings=headings, rows=rows, legend=legend),)


def _amount(vertex: Vertex, neuron: int) -> str:
    return proved(vertex.amounts[neuron], PLACES) if neuron in vertex.support else "0"


def set_json(optimum: Optimum, best: OptimalSet | None) -> dict[str, object]:
    """Return everything that is known of the set."""
    document = {**optimum_json(optimum), "kind": "optimal-set"}
    if best is None:
        return document
    return {
        **document,
        "status": best.status.name,
        "reason": best.reason,
        "dimension": best.dimension,
        "p_unique": best.p_unique,
        "min_width": best.min_width,
        "max_vertex_width": best.max_vertex_width,
        "total": real_json(best.total, PLACES),
        "vertices": [
            {"support": list(vertex.support), "amounts": [real_json(vertex.amounts[k], PLACES) for k in vertex.support]}
            for vertex in best.vertices
        ],
    }
