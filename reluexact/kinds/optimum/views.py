"""What is shown of an optimum and of a bound: names with values, the table of neurons, and the JSON object."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from reluexact.evidence.kink import is_one_feature
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.kinks import active_range
from reluexact.model.loss import SQUARED
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, magnitude, plural, printable, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.evidence.neuron import Neuron
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.model.dataset import Dataset
    from reluexact.search.bound import BoundProof

PLACES = 8
"""Decimals of directions and amounts in the table; the JSON output has the exact bounds."""


def data_pairs(data: Dataset, penalty: Fraction, name: str) -> list[tuple[str, str]]:
    """Say what the problem is."""
    text = (
        f"{name}: {plural(data.n, 'row')}; features {', '.join(map(printable, data.names))}; target {printable(data.target_name)}"
    )
    return [("data", text), ("penalty", exact(penalty) or format_fraction(penalty))]


def optimum_pairs(optimum: Optimum, name: str) -> list[tuple[str, str]]:
    """Return the lines above the table of neurons."""
    pairs = data_pairs(optimum.data, optimum.penalty, name)
    if optimum.status is not Status.PROVED:
        pairs.append(("status", f"{optimum.status.name}: {optimum.reason}"))
        return pairs + _bounds(optimum.lower, optimum.upper, optimum.digits)
    pairs.append(("status", f"{optimum.status.name}, for networks of every width"))
    value = optimum.value
    short = exact(value.low) if value.is_rational else None
    pairs.append(("value", f"{short} (exactly)" if short else proved(value, optimum.digits)))
    excess = optimum.upper - value.low
    reach = "it attains the value" if not excess else f"its objective is at most {magnitude(excess)} above the value"
    pairs.append(("network", f"{plural(len(optimum.network.output), 'neuron')}, rational weights; {reach}"))
    found = len(optimum.neurons)
    pairs.append(
        ("neurons", f"{found} of length 1; no optimal network uses another direction" if found else "none: the zero network")
    )
    return pairs


def known_data(data: Dataset) -> str:
    """Say what is known of the optimal value without any work, for an interrupt."""
    zero = SQUARED.of_residual(data.y)
    return f"known so far: 0 <= optimal value <= {rounded(zero, 6, ceil)} (the zero network)"


def known_optimum(optimum: Optimum) -> str:
    """Say what is known once the optimum is found, for an interrupt."""
    if optimum.status is not Status.PROVED:
        lower, upper = rounded(optimum.lower, 12, floor), rounded(optimum.upper, 12, ceil)
        return f"known so far: {lower} <= optimal value <= {upper}, {optimum.status.name}: {optimum.reason}"
    value = optimum.value
    short = exact(value.low) if value.is_rational else None
    number = f"{short} (exactly)" if short else proved(value, optimum.digits)
    return f"known so far: the optimal value {number} is PROVED, with {plural(len(optimum.neurons), 'optimal direction')}"


def known_set(best: OptimalSet) -> str:
    """Say what is known once the vertices are found, for an interrupt."""
    known = known_optimum(best.optimum)
    if best.status is not Status.PROVED:
        return f"{known}; the list of vertices is UNDECIDED: {best.reason}"
    fewest = f"fewest {plural(best.min_width or 0, 'neuron')}"
    return f"{known}; dimension {best.dimension}, {plural(len(best.vertices), 'minimal network')}, {fewest}"


def bound_pairs(proof: BoundProof, goal: Fraction, name: str) -> list[tuple[str, str]]:
    """Return all lines about a bound."""
    pairs = data_pairs(proof.data, proof.penalty, name)
    status = "PROVED, for networks of every width"
    if proof.gap > goal:
        status = f"UNDECIDED: the bounds are proved, but wider than the relative gap {magnitude(goal)} that was aimed at"
    return [*pairs, ("status", status), *_bounds(proof.lower, proof.upper, 30)]


def _bounds(lower: Fraction, upper: Fraction, places: int) -> list[tuple[str, str]]:
    gap = (upper - lower) / upper if upper else upper
    return [
        ("lower", f"{rounded(lower, places, floor)} <= optimal value"),
        ("upper", f"{rounded(upper, places, ceil)} >= optimal value"),
        ("gap", f"{magnitude(gap)} (relative)"),
    ]


def neuron_grid(optimum: Optimum) -> Grid:
    """Return the optimal neurons: sign, direction, gates, pairing, amount."""
    data, neurons = optimum.data, optimum.neurons
    columns: list[tuple[str, list[str]]] = [
        ("neuron", [str(index) for index in range(len(neurons))]),
        ("sign", ["+" if neuron.sign > 0 else "-" for neuron in neurons]),
    ]
    for j, label in enumerate(map(printable, data.names)):
        columns.append((label, [proved(neuron.direction[j], PLACES) for neuron in neurons]))
    if is_one_feature(data):
        columns.append(("active where", [active_range(data, neuron, PLACES) for neuron in neurons]))
    for label, gate in (("on", 1), ("off", -1), ("wall", 0)):
        columns.append((label, [str(neuron.gate.count(gate)) for neuron in neurons]))
    if any(neuron.paired for neuron in neurons):
        columns.append(("pair", ["" if neuron.partner is None else f"with {neuron.partner}" for neuron in neurons]))
    columns.append(("amount", [_amount(neuron) for neuron in neurons]))
    rows = tuple(zip(*(cells for _, cells in columns), strict=True))
    return Grid(headings=tuple(label for label, _ in columns), rows=rows, left=("active where",))


def _amount(neuron: Neuron) -> str:
    """Return the amount in one optimal network, or why there is none."""
    if neuron.amount is not None:
        return proved(neuron.amount, PLACES)
    return {True: "0 in this one", False: "always 0", None: "0 in this one"}[neuron.positive]


def optimum_json(optimum: Optimum) -> dict[str, object]:
    """Return everything that is known of the optimum."""
    decided = optimum.status is Status.PROVED
    return {
        **_problem_json(optimum.data, optimum.penalty),
        "kind": "optimum",
        "status": optimum.status.name,
        "reason": optimum.reason,
        "value": real_json(optimum.value, optimum.digits) if decided else None,
        "lower": format_fraction(optimum.lower),
        "upper": format_fraction(optimum.upper),
        "neurons": [_neuron_json(optimum.data, neuron) for neuron in optimum.neurons],
        "network": optimum.network.to_lists(),
        "produced_by": dict(optimum.produced_by),
    }


def bound_json(proof: BoundProof, goal: Fraction) -> dict[str, object]:
    """Return everything that is known of a bound."""
    return {
        **_problem_json(proof.data, proof.penalty),
        "kind": "bound",
        "status": "PROVED" if proof.gap <= goal else "UNDECIDED",
        "lower": format_fraction(proof.lower),
        "upper": format_fraction(proof.upper),
        "gap": format_fraction(proof.gap),
        "network": proof.network.to_lists(),
    }


def _problem_json(data: Dataset, penalty: Fraction) -> dict[str, object]:
    about = {"rows": data.n, "features": list(data.names), "target": data.target_name, "digest": data.digest}
    return {"data": about, "penalty": format_fraction(penalty)}


def _neuron_json(data: Dataset, neuron: Neuron) -> dict[str, object]:
    return {
        "sign": neuron.sign,
        "direction": {label: real_json(entry, PLACES) for label, entry in zip(data.names, neuron.direction, strict=True)},
        "gate": neuron.pattern,
        "partner": neuron.partner,
        "positive": neuron.positive,
        "amount": None if neuron.amount is None else real_json(neuron.amount, PLACES),
    }
