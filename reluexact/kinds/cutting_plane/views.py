"""What ``reluexact cutting-plane`` shows: names with values, the table of rounds, the JSON object."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.cutting_plane.claim import CuttingPlane
from reluexact.model.dataset import Dataset
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import PLACES, bounds_pairs, data_json, named_data
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, plural, proved, real_json, rounded

MOST = 20


def cutting_pairs(data: Dataset, found: CuttingPlane, name: str, digits: int) -> list[tuple[str, str]]:
    """Return the lines above the table."""
    pairs = [("data", named_data(data, name)), ("rounds", f"{plural(len(found.rounds), 'round')}: {found.reason}")]
    what = "least cost" if found.penalty is None else "optimal value"
    pairs += [(label, text.replace("optimal value", what)) for label, text in bounds_pairs(found.lower, found.upper, digits)]
    if found.status is not Status.PROVED:
        return [*pairs, ("status", f"{found.status.name}, the bounds are proved")]
    value = found.value
    short = exact(value.low) if value.is_rational else None
    return [*pairs, ("status", "PROVED"), ("exact", f"{short} (exactly)" if short else proved(value, digits))]


def cutting_grid(found: CuttingPlane) -> Grid:
    """Return the last rounds."""
    first = max(len(found.rounds) - MOST, 0)
    rows = [
        (
            str(number),
            str(one.columns),
            proved(one.violation, PLACES),
            str(len(one.added)),
            rounded(one.lower, PLACES),
            rounded(one.upper, PLACES),
        )
        for number, one in enumerate(found.rounds[first:], first + 1)
    ]
    legend = (
        "its number, from 1",
        "the directions of its restricted program",
        "the greatest |theta.(Xu)+| over unit vectors u",
        "the violated constraints that are added",
        "the best lower bound so far",
        "the best upper bound so far",
    )
    return Grid(headings=("round", "columns", "violation", "added", "lower", "upper"), rows=tuple(rows), legend=legend)


def cutting_json(data: Dataset, found: CuttingPlane, digits: int) -> dict[str, object]:
    """Return everything that is known."""
    return {
        "data": data_json(data),
        "kind": "cutting-plane",
        "status": found.status.name,
        "reason": found.reason,
        "penalty": None if found.penalty is None else format_fraction(found.penalty),
        "lower": format_fraction(found.lower),
        "upper": format_fraction(found.upper),
        "value": real_json(found.value, digits) if found.status is Status.PROVED else None,
        "rounds": [
            {
                "columns": one.columns,
                "theta": [format_fraction(entry) for entry in one.theta],
                "violation": real_json(one.violation, PLACES),
                "lower": format_fraction(one.lower),
                "upper": format_fraction(one.upper),
                "added": [{"sign": sign, "direction": list(map(format_fraction, u))} for sign, u in one.added],
            }
            for one in found.rounds
        ],
    }
