"""What is shown of an explanation: a table of the steps and one of the neurons, lines, and the JSON object."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from reluexact.kinds.judgement.views import PLACES, amount_words, excess_json
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, magnitude, plural, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.judgement.explanation import Explanation, Fate, Missing, Step

SHORT = 6
MOST = 30
"""Neurons that a table lists."""
NAMES = {
    "optimum": "optimum",
    "steps": "steps",
    "fates": "neurons",
    "missing": "missing",
    "fit_distance": "fit",
    "stationarity": "stationary",
    "pruned": "pruned",
    "weight_distance": "weights",
    "fewest": "width",
    "width_optimum": "this width",
}


def explanation_grids(why: Explanation) -> list[Grid]:
    """Return the tables."""
    grids = [] if why.steps is None else [_step_grid(why, why.steps)]
    return [*grids, *([_neuron_grid(why.fates)] if why.fates else [])]


def _step_grid(why: Explanation, steps: tuple[Step, ...]) -> Grid:
    whole = why.judgement.excess.high or Fraction(1)
    rows = tuple(
        (
            step.name,
            amount_words(step.gain),
            f"{rounded(100 * step.gain.high / whole, 1)} %",
            rounded(step.objective, SHORT),
            str(step.network.width),
        )
        for step in steps
    )
    return Grid(
        headings=("step", "gain", "of the excess", "objective", "neurons"),
        rows=rows,
        left=("step",),
        legend=(
            "balance: |w| = |a|, idle neurons left out; merging: neurons of one cell are one; amounts: chosen anew; directions: "
            "within their cells; missing neurons: all the rest",
            "what the step lowers the objective by; the gains add up to the excess",
            "its share",
            "of the network after the step",
            "that it has",
        ),
    )


def _neuron_grid(fates: tuple[Fate, ...]) -> Grid:
    words = {True: "in no optimal network", None: "may be in one", False: "is 0"}
    rows = tuple(
        (str(fate.neuron), "+" if fate.sign > 0 else "-", tightness_words(fate), words[fate.foreign]) for fate in fates[:MOST]
    )
    return Grid(
        headings=("neuron", "sign", "tightness", "optimal?"),
        rows=rows,
        left=("optimal?",),
        legend=(
            "its place in the network",
            "that of its output weight",
            "how much the dual optimum wants its direction: optimal neurons have 1, no direction more",
            "PROVED where it says in no optimal network",
        ),
    )


def tightness_words(fate: Fate) -> str:
    """Write a tightness, below 1 with a digit that shows it."""
    if fate.tightness.high >= 1:
        return "1" if fate.foreign is None else rounded(fate.tightness.low, SHORT, floor)
    text = rounded(fate.tightness.high, SHORT, ceil)
    return text if text != "1" else f"1 - {magnitude(1 - fate.tightness.high)}"


def explanation_pairs(why: Explanation) -> list[tuple[str, str]]:
    """Return a line about each part beside the tables, and why a part is not there."""
    lines: list[tuple[str, str]] = []
    if why.fates:
        rest = "" if len(why.fates) <= MOST else f"; the first {MOST} are listed"
        lines.append(("neurons", f"{len(why.foreign)} of {plural(why.width, 'neuron')} in no optimal network, PROVED{rest}"))
    if why.missing is not None:
        lines.append(("missing", _missing_words(why.missing)))
    elif why.fates is not None:
        lines.append(("missing", "no neuron of the optimum helps when it joins alone"))
    if why.stationarity is not None:
        far = why.stationarity.distance
        off = f"; its shortest subgradient has the length {proved(far, SHORT)}" if far.low > 0 else ""
        lines.append(("stationary", f"{why.stationarity.summary}{off}"))
    if why.pruned is not None:
        lines.append(("pruned", f"exactly, the fit staying: {plural(why.pruned.network.width, 'neuron')}"))
    lines += _width_lines(why)
    if why.fit_distance is not None:
        lines.append(("fit", f"{proved(why.fit_distance, SHORT)}: the length of the difference from the optimal fit"))
    if why.weight_distance is not None:
        low, high = why.weight_distance
        above = "" if high is None else f", at most {rounded(high, SHORT, ceil)}"
        lines.append(
            ("weights", f"at least {rounded(low, SHORT, floor)}{above} away from the nearest optimal network of this width")
        )
    return [*lines, *((NAMES[part], f"not given for this problem: {text}") for part, text in _grouped(why.reasons))]


def explanation_lines(why: Explanation) -> list[str]:
    """Return the same as lines of text."""
    pairs = explanation_pairs(why)
    indent = max((len(name) for name, _ in pairs), default=0)
    return ["", *(f"{name:<{indent}}  {text}" for name, text in pairs)]


def _grouped(reasons: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return each reason once, with the first part that it is of, and the names of the others in it."""
    parts: dict[str, list[str]] = {}
    for part, text in reasons:
        parts.setdefault(str(text), []).append(part)
    return [(first, f"{text}{_also(rest)}") for text, (first, *rest) in parts.items()]


def _also(rest: list[str]) -> str:
    return f" (nor {', '.join(NAMES[part] for part in rest)})" if rest else ""


def _missing_words(missing: Missing) -> str:
    direction = ", ".join(rounded(w, SHORT) for w in missing.weights)
    bias = f", bias {rounded(missing.bias, SHORT)}" if missing.bias else ""
    gain = exact(missing.gain) or rounded(missing.gain, PLACES, floor)
    sign = "+" if missing.sign > 0 else "-"
    return f"one more neuron lowers the objective by {gain}: sign {sign}, weights ({direction}){bias}"


def _width_lines(why: Explanation) -> list[tuple[str, str]]:
    lines = []
    if why.neurons is not None:
        least, most = why.neurons
        words = {True: "so the width allows the optimum", False: "so this width is too small", None: "not decided"}[why.enough]
        count = f"{least} (m*)" if least == most else f"{least} to {most}"
        known = f"{count} neurons at least" if why.fewest is not None else f"{most} neurons or fewer"
        lines.append(("width", f"{why.width}; an optimal network has {known}: {words}"))
    if why.width_optimum is not None:
        lines.append(("this width", f"the best network has the objective {proved(why.width_optimum.value, PLACES)}"))
    return lines


def explanation_json(why: Explanation) -> dict[str, object]:
    """Return all parts, exact numbers as text."""
    missing, low = why.missing, why.weight_distance
    return {
        "steps": None if why.steps is None else [_step_json(step) for step in why.steps],
        "neurons": None if why.fates is None else [_fate_json(fate) for fate in why.fates],
        "missing": None if missing is None else _missing_json(missing),
        "stationarity": None if why.stationarity is None else why.stationarity.summary,
        "subgradient": None if why.stationarity is None else real_json(why.stationarity.distance, PLACES),
        "pruned": None if why.pruned is None else why.pruned.network.to_lists(),
        "fewest": None if why.neurons is None else dict(zip(("low", "high"), why.neurons, strict=True)),
        "width_is_enough": why.enough,
        "width_optimum": None if why.width_optimum is None else real_json(why.width_optimum.value, PLACES),
        "fit_distance": None if why.fit_distance is None else real_json(why.fit_distance, PLACES),
        "weight_distance": None if low is None else [None if end is None else format_fraction(end) for end in low],
        "reasons": {NAMES[part]: str(text) for part, text in why.reasons},
    }


def _step_json(step: Step) -> dict[str, object]:
    return {
        "step": step.name,
        "gain": excess_json(step.gain),
        "objective": format_fraction(step.objective),
        "network": step.network.to_lists(),
    }


def _fate_json(fate: Fate) -> dict[str, object]:
    return {
        "neuron": fate.neuron,
        "sign": fate.sign,
        "tightness": real_json(Real(low=fate.tightness.low, high=fate.tightness.high), PLACES),
        "in_no_optimal_network": fate.foreign,
    }


def _missing_json(missing: Missing) -> dict[str, object]:
    return {
        "sign": missing.sign,
        "weights": [format_fraction(w) for w in missing.weights],
        "bias": format_fraction(missing.bias),
        "gain": format_fraction(missing.gain),
    }
