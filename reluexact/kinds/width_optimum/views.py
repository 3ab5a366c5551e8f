"""What is shown of the best networks of a width: names with values, tables, and the JSON object."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.views import DIRECTION
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import PLACES, data_json, data_pairs
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, limit_json, magnitude, plural, printable, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.width_optimum.claim import WidthCurve, WidthOptimum

SHOWN = 12
"""Decimals of the values in the table of a curve."""
REACH = {
    True: "yes: no network of any width is better",
    False: "no: wider networks are better",
    None: "not decided: whether wider networks are better",
}


def value_text(found: WidthOptimum, places: int) -> str:
    """Return the optimal value, or the bounds that are proved."""
    if found.status is not Status.PROVED:
        return f"[{rounded(found.lower, places, floor)}, {rounded(found.upper, places, ceil)}]"
    short = exact(found.value.low) if found.value.is_rational else None
    if short:
        return f"{short} (exactly)" if places > SHOWN else short
    return proved(found.value, places)


def width_pairs(found: WidthOptimum, name: str) -> list[tuple[str, str]]:
    """Return the lines above the table of neurons."""
    pairs = data_pairs(found.data, found.penalty, name)
    about = f"for networks of at most {plural(found.width, 'neuron')}"
    if found.status is Status.PROVED:
        pairs.append(("status", f"PROVED, {about}"))
        pairs.append(("value", value_text(found, found.digits)))
    else:
        pairs.append(("status", Message(f"UNDECIDED, {about}: ", found.reason)))
        pairs.append(("lower", f"{rounded(found.lower, found.digits, floor)} <= optimal value"))
        pairs.append(("upper", f"{rounded(found.upper, found.digits, ceil)} >= optimal value"))
    excess = found.upper - found.lower
    reach = "it attains the value" if not excess else f"its objective is at most {magnitude(excess)} above the value"
    pairs.append(("network", f"{plural(found.network.width, 'neuron')}, rational weights; {reach}"))
    pairs.append(("global", REACH[found.is_global]))
    points = plural(len(found.evidence.points), "dual point")
    pairs.append(("search", f"{plural(found.nodes, 'assignment')} of neurons to regions, {points}"))
    return pairs


def width_grid(found: WidthOptimum) -> Grid:
    """Return the neurons of the best network that was found."""
    names = list(map(printable, found.data.names))
    rows = [
        (
            str(index),
            "+" if neuron.sign > 0 else "-",
            *(proved(entry, PLACES) for entry in neuron.direction),
            *(str(found.data.per_row(neuron.gate).count(gate)) for gate in (1, -1, 0)),
            "" if neuron.amount is None else proved(neuron.amount, PLACES),
        )
        for index, neuron in enumerate(found.neurons)
    ]
    legend = ("its number, from 0", "the sign of the output weight a", *[""] * (len(names) - 1), DIRECTION)
    rows_of = tuple(f"the number of rows with x.u {relation}" for relation in ("> 0", "< 0", "= 0"))
    amount = "|w| |a|; the network is the sum of sign * amount * max(x.u, 0)"
    headings = ("neuron", "sign", *names, "on", "off", "wall", "amount")
    return Grid(headings=headings, rows=tuple(rows), legend=(*legend, *rows_of, amount))


def width_json(found: WidthOptimum) -> dict[str, object]:
    """Return everything that is known of the optimum of a width."""
    return {
        "data": data_json(found.data),
        "penalty": format_fraction(found.penalty),
        "kind": "width-optimum",
        **_facts(found),
        "produced_by": dict(found.produced_by),
    }


def _facts(found: WidthOptimum) -> dict[str, object]:
    return {
        "width": found.width,
        "status": found.status.name,
        "reason": found.reason,
        "limit": limit_json(found.reason),
        "value": real_json(found.value, found.digits) if found.status is Status.PROVED else None,
        "exact": found.exact,
        "lower": format_fraction(found.lower),
        "upper": format_fraction(found.upper),
        "is_global": found.is_global,
        "network": found.network.to_lists(),
        "nodes": found.nodes,
    }


def curve_pairs(found: WidthCurve, name: str) -> list[tuple[str, str]]:
    """Return the lines above the table of widths."""
    first = found.optima[0]
    pairs = data_pairs(first.data, first.penalty, name)
    count = plural(len(found.optima), "width")
    why = next((one.reason for one in reversed(found.optima) if one.status is not Status.PROVED), "")
    undecided = Message(f"UNDECIDED for some of {count}: ", why)
    pairs.append(("status", f"PROVED, for {count}" if found.status is Status.PROVED else undecided))
    end = "not reached" if found.fewest is None else f"from {plural(found.fewest, 'neuron')} (m*) on"
    pairs.append(("global", f"{end}"))
    return pairs


def curve_grid(found: WidthCurve) -> Grid:
    """Return one row for each width."""
    first = found.optima[0].upper
    rows = []
    for one in found.optima:
        share = f"{rounded(100 * one.upper / first, 2) if first else 0} %" if one.status is Status.PROVED else ""
        state = "PROVED" if one.status is Status.PROVED else "UNDECIDED"
        reach = "global" if one.is_global else ""
        rows.append((str(one.width), value_text(one, SHOWN), share, state, str(one.nodes), reach))
    headings = ("width", "least objective", "of width 0", "status", "nodes", "")
    legend = (
        "how many neurons are allowed",
        "the least objective of their networks, or proved bounds",
        "this objective in per cent of that of the zero network",
        "whether the objective is PROVED",
        "assignments of neurons to regions that the search looked at",
        "global: no network of any width is better",
    )
    return Grid(headings=headings, rows=tuple(rows), left=("status",), legend=legend)


def curve_json(found: WidthCurve) -> dict[str, object]:
    """Return everything that is known of the curve."""
    document = width_json(found.optima[0])
    return {
        "data": document["data"],
        "penalty": document["penalty"],
        "kind": "width-curve",
        "status": found.status.name,
        "fewest": found.fewest,
        "falls": found.falls,
        "optima": [_facts(one) for one in found.optima],
    }
