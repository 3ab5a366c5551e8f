"""The penalty at which a trained network is stationary, measured from the gradient of its loss alone."""

from __future__ import annotations

from fractions import Fraction

from reluexact.model.problem import FREE, PENALISED

STEP = Fraction(1, 2**20)


def slopes(problem, network):
    """The derivative of each row's loss by its fit, weights included; exact for squares between breakpoints."""
    return [
        (row.value(f + STEP) - row.value(f - STEP)) / (2 * STEP)
        for row, f in zip(problem.row_functions, network.predict(problem.data.X), strict=True)
    ]


def gradient(problem, network):
    """(parameter, derivative of the loss by it, whether it is penalised) of all parameters."""
    found, by_fit, data = [], slopes(problem, network), problem.data.X
    for w, c, a in zip(network.hidden, network.hidden_bias, network.output, strict=True):
        heights = [sum((p * x for p, x in zip(w, row, strict=True)), c) for row in data]
        on = [s if h > 0 else 0 for s, h in zip(by_fit, heights, strict=True)]
        found += [(p, sum(a * s * row[j] for s, row in zip(on, data, strict=True)), True) for j, p in enumerate(w)]
        found.append((a, sum(s * h for s, h in zip(on, heights, strict=True)), True))
        if problem.hidden_bias == FREE:
            found.append((c, sum(a * s for s in on), False))
    if problem.output_bias != "none":
        found.append((network.output_bias, sum(by_fit), problem.output_bias == PENALISED))
    return [(float(p), float(g), penalised) for p, g, penalised in found]


def whole_gradient(problem, network):
    """The gradient of the objective, in the order of :func:`gradient`."""
    b = float(problem.penalty)
    return [g + (b * p if penalised else 0) for p, g, penalised in gradient(problem, network)]


def measured_penalty(problem, network):
    """b = -<g, p> / <p, p> over the penalised parameters."""
    parts = [(p, g) for p, g, penalised in gradient(problem, network) if penalised]
    return -sum(p * g for p, g in parts) / sum(p * p for p, _ in parts)


def steepness(problem, network):
    """The length of the gradient of the objective, as a part of the length of that of the penalty."""
    b = float(problem.penalty)
    whole = sum(g * g for g in whole_gradient(problem, network)) ** 0.5
    return whole / (b * sum(p * p for p, _, penalised in gradient(problem, network) if penalised) ** 0.5)
