"""What is shown of a sensitivity: names with values, tables, and the JSON object."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from reluexact.kinds.optimum.views import optimum_pairs
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import PLACES, data_json
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, magnitude, printable, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.sensitivity.claim import Derivative, Sensitivity
    from reluexact.numbers.real import Real

KINK = "none"
MOST_ROWS = 200
"""Rows that the tables show; the JSON output has all of them."""


def sensitivity_pairs(found: Sensitivity, name: str, digits: int) -> list[tuple[str, str]]:
    """Return the lines above the tables."""
    pairs = [pair for pair in optimum_pairs(found.optimum, name) if pair[0] not in ("fit", "network")]
    pairs.append(("d value / d penalty", number(found.penalty.value, digits)))
    freedom = found.degrees_of_freedom
    if freedom is not None:
        pairs.append(("degrees of freedom", f"{number(freedom, digits)}, the sum of the leverages d fit_i / d y_i"))
    if found.penalty.stays is not None:
        low, high = found.penalty.stays
        text = f"for penalties from {rounded(low, PLACES, ceil)} to {rounded(high, PLACES, floor)}, and some way beyond"
        pairs.append(("structure stays", f"{text}: the same neurons, on the same walls"))
    target = printable(found.optimum.data.target_name)
    names = ("penalty", *(f"{target} of row {i}" for i in range(len(found.targets))))
    kinks = zip(names, (found.penalty, *found.targets), strict=True)
    pairs += [(f"d / d {name}", f"{KINK}: {known.reason}") for name, known in kinks if known.reason]
    hidden = len(found.targets) - MOST_ROWS
    return [*pairs, ("rows", f"the first {MOST_ROWS}; --json has the other {hidden}, too")] if hidden > 0 else pairs


def sensitivity_grids(found: Sensitivity) -> list[Grid]:
    """Return the tables: rows, neurons, entries of X."""
    grids = [_rows(found)]
    if found.penalty.fit is not None and found.optimum.neurons:
        grids.append(_neurons(found))
    return [*grids, _entries(found)]


def _rows(found: Sensitivity) -> Grid:
    data, moved = found.optimum.data.given, found.penalty.fit
    rows: tuple[tuple[str, ...], ...] = tuple(
        (
            str(i),
            exact(data.y[i]) or format_fraction(data.y[i]),
            number(found.targets[i].value),
            number(leverage),
            KINK if moved is None else number(moved[i]),
        )
        for i, leverage in enumerate(found.leverage[:MOST_ROWS])
    )
    ranged = any(target.stays is not None for target in found.targets)
    if ranged:
        rows = tuple((*row, _range(target)) for row, target in zip(rows, found.targets, strict=False))
    return Grid(
        headings=(
            *("row", printable(data.target_name), "d value / d y", "leverage", "d fit / d penalty"),
            *(("structure stays for y in",) if ranged else ()),
        ),
        rows=rows,
        legend=(
            "the number of the row, from 0",
            "the target",
            "of the optimal value in this target: the residual (times the weight of the row)",
            "of the fit of this row in its own target",
            "of the fit of this row in the penalty",
            *(("targets of this row with the same neurons on the same walls, at least",) if ranged else ()),
        ),
    )


def _range(target: Derivative) -> str:
    if target.stays is None:
        return KINK
    low, high = target.stays
    return f"[{rounded(low, 4, ceil)}, {rounded(high, 4, floor)}]"


def _neurons(found: Sensitivity) -> Grid:
    moved, data = found.penalty, found.optimum.data
    names = list(map(printable, data.names))
    rows = tuple(
        (
            str(k),
            "+" if neuron.sign > 0 else "-",
            number(moved.amounts[k], none="not unique"),
            *map(number, moved.directions[k]),
        )
        for k, neuron in enumerate(found.optimum.neurons)
    )
    return Grid(
        headings=("neuron", "sign", "d amount / d penalty", *(f"d u: {name} / d penalty" for name in names)),
        rows=rows,
        legend=("the number of the direction", "of the output weight", "of |w| |a|", *[""] * (data.d - 1), "of the direction u"),
    )


def _entries(found: Sensitivity) -> Grid:
    names = list(map(printable, found.optimum.data.names))
    rows = tuple((str(i), *(number(entry.value) for entry in row)) for i, row in enumerate(found.entries[:MOST_ROWS]))
    legend = ("the number of the row", *[""] * (len(names) - 1), "of the optimal value in the entry of X")
    return Grid(headings=("row", *(f"d value / d {name}" for name in names)), rows=rows, legend=legend)


def number(value: Real | None, places: int = PLACES, none: str = KINK) -> str:
    """Write a derivative: exactly where it is short, else its proved decimals; of one that may be 0, how small it is.

    >>> from fractions import Fraction
    >>> from reluexact.numbers.real import Real
    >>> number(Real.rational(Fraction(1, 3))), number(None), number(Real(low=Fraction(-1, 10**20), high=Fraction(1, 10**21)))
    ('1/3', 'none', '0 +- 1.0e-20')
    """
    if value is None:
        return none
    if value.is_rational:
        return exact(value.low) or proved(value, places)
    if value.low <= 0 <= value.high and (value.high - value.low) * 10**places < 1:
        return f"0 +- {magnitude(max(-value.low, value.high))}"
    return proved(value, places)


def sensitivity_json(found: Sensitivity) -> dict[str, object]:
    """Return everything that is known."""
    digits = found.digits
    return {
        "data": data_json(found.optimum.data),
        "penalty": format_fraction(found.optimum.penalty),
        "kind": "sensitivity",
        "status": found.optimum.status.name,
        "value": real_json(found.optimum.value, found.optimum.digits),
        "neurons": [{"sign": neuron.sign, "partner": neuron.partner} for neuron in found.optimum.neurons],
        "degrees_of_freedom": _json(found.degrees_of_freedom, digits),
        "leverage": [_json(entry, digits) for entry in found.leverage],
        "in_penalty": _derivative(found.penalty, digits),
        "in_targets": [_derivative(known, digits) for known in found.targets],
        "in_X": [[_derivative(known, digits) for known in row] for row in found.entries],
        "system": {
            "features": [[format_fraction(entry) for entry in column] for column in found.features],
            "matrix": [[_json(entry, digits) for entry in row] for row in found.matrix],
            "push": [_json(entry, digits) for entry in found.push],
        },
    }


def _derivative(known: Derivative, digits: int) -> dict[str, object]:
    document: dict[str, object] = {"of": known.of, "value": _json(known.value, digits)}
    document |= {"value_reason": known.value_reason} if known.value_reason else {}
    document |= {} if known.stays is None else {"stays": [format_fraction(end) for end in known.stays]}
    if known.fit is None:
        return {**document, "reason": known.reason}
    return {
        **document,
        "fit": [_json(entry, digits) for entry in known.fit],
        "amounts": [_json(entry, digits) for entry in known.amounts],
        "totals": [_json(entry, digits) for entry in known.totals],
        "directions": [[_json(entry, digits) for entry in row] for row in known.directions],
        "weights": [None if row is None else [_json(entry, digits) for entry in row] for row in known.weights],
    }


def _json(value: Real | None, digits: int) -> dict[str, str] | None:
    return None if value is None else real_json(value, digits)
