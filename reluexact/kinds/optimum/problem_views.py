"""What is shown of the optimum of a problem with any loss, linear part and biases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.views import AMOUNT, DIRECTION, amount_cell, answer_pairs, fit_json, neuron_json
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import PLACES, data_json, problem_json, problem_pairs
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, printable, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.optimum.problem_claim import ProblemOptimum


KINK = "where w.x + c = 0, for several features the first row (from 0) there; a kink may also lie between two of these"


def problem_optimum_pairs(optimum: ProblemOptimum, name: str) -> list[tuple[str, str]]:
    """Return the lines above the table of neurons."""
    linear = [
        (part.name if part.name == "output bias" else f"skip {printable(part.name)}", proved(coefficient, PLACES))
        for part, coefficient in zip(optimum.problem.linear, optimum.linear, strict=optimum.status is Status.PROVED)
    ]
    return answer_pairs(optimum, problem_pairs(optimum.problem, name), linear, "the linear part alone")


def problem_neuron_grid(optimum: ProblemOptimum) -> Grid:
    """Return the optimal neurons: sign, direction, the row of the kink where the hidden bias is free, gates, amount."""
    data, neurons = optimum.data, optimum.neurons
    columns: list[tuple[str, list[str], str]] = [
        ("neuron", [str(index) for index in range(len(neurons))], "the number of the direction, from 0"),
        ("sign", ["+" if neuron.sign > 0 else "-" for neuron in neurons], "the sign of the output weight a"),
    ]
    for j, label in enumerate(map(printable, data.names)):
        columns.append((label, [proved(neuron.direction[j], PLACES) for neuron in neurons], DIRECTION if j == data.d - 1 else ""))
    if optimum.problem.free_bias:
        places = [neuron.face[0] for neuron in neurons]
        one = data.d == 1
        kinks = [(exact(data.X[row][0]) or rounded(data.X[row][0], PLACES)) if one else str(row) for row in places]
        columns.append(("kink at" if one else "kink in row", kinks, KINK))
    for label, gate, relation in (("on", 1, "> 0"), ("off", -1, "< 0"), ("wall", 0, "= 0")):
        columns.append((label, [str(neuron.gate.count(gate)) for neuron in neurons], f"rows with w.x + c {relation}"))
    columns.append(("amount", [amount_cell(neuron) for neuron in neurons], AMOUNT))
    rows = tuple(zip(*(cells for _, cells, _ in columns), strict=True))
    headings, _, legend = zip(*columns, strict=True)
    return Grid(headings=headings, rows=rows, legend=legend)


def problem_optimum_json(optimum: ProblemOptimum) -> dict[str, object]:
    """Return everything that is known of the optimum."""
    decided = optimum.status is Status.PROVED
    linear = zip(optimum.problem.linear, optimum.linear, strict=False)
    return {
        "data": data_json(optimum.data),
        "penalty": format_fraction(optimum.penalty),
        **problem_json(optimum.problem),
        "kind": "optimum",
        "status": optimum.status.name,
        "reason": optimum.reason,
        "value": real_json(optimum.value, optimum.digits) if decided else None,
        "lower": format_fraction(optimum.lower),
        "upper": format_fraction(optimum.upper),
        "neurons": [neuron_json(optimum.data, neuron) for neuron in optimum.neurons],
        "fit": fit_json(optimum),
        "linear": {part.name: real_json(value, PLACES) for part, value in linear},
        "network": optimum.network.to_lists(),
        "produced_by": dict(optimum.produced_by),
    }
