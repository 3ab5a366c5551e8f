"""What ``reluexact path`` shows: the breakpoints with their events, and the pieces between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.geometry.signs import sign_text
from reluexact.kinds.solution_path.claim import WORDS, Breakpoint, PathEvent, PathNeuron, Piece
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import data_json, named_data
from reluexact.terminal.screen import Grid, Pairs
from reluexact.terminal.text import exact, plural, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.solution_path.claim import SolutionPath

PLACES, DIGITS = 12, 30
ROWS = 60
"""Lines of each table; the JSON output has all."""

PARTS = 3
"""Intervals that a line below the tables names."""


def path_pairs(path: SolutionPath, name: str) -> Pairs:
    """Return the lines above the tables."""
    data = path.data
    done = "PROVED: every piece, every breakpoint, and that there are no others"
    pairs = [
        ("data", named_data(data, name)),
        ("status", done if path.status is Status.PROVED else Message("UNDECIDED: ", path.reason)),
        ("penalties", f"from {exact(path.low) or rounded(path.low, PLACES)} to infinity"),
        ("breakpoints", str(len(path.breakpoints))),
        ("neurons", f"at most {max(len(piece.neurons) for piece in path.pieces)} at a time"),
    ]
    several = sum(not piece.unique for piece in path.pieces)
    if several:
        pairs.append(("optimal set", f"more than one optimal network on {plural(several, 'piece')}"))
    if path.gaps:
        gaps = "; ".join(f"{rounded(low, PLACES)} to {rounded(high, PLACES)}" for low, high in path.gaps)
        pairs.append(("gaps", gaps))
    return pairs


def path_grids(path: SolutionPath) -> list[Grid]:
    """Return the tables of breakpoints and of pieces."""
    points = Grid(
        headings=("breakpoint", "penalty", "event"),
        rows=tuple((str(k), _short(point), _events(path, point)) for k, point in enumerate(path.breakpoints[:ROWS], start=1)),
        left=("event",),
        legend=("its number, from high penalty to low", "where it is", "what happens there as the penalty falls"),
    )
    pieces = Grid(
        headings=("from", "to", "neurons", "pairs", "dimension", "m*", "M*"),
        rows=tuple(_piece(piece) for piece in path.pieces[:ROWS]),
        legend=(
            "its greatest penalty",
            "its lowest penalty",
            "neurons of all optimal networks",
            "pairs of opposite neurons among them",
            "of the set of optimal networks; 0: there is only one",
            "neurons of the smallest optimal network, at all penalties of the piece but those named below the table",
            "neurons of the largest optimal network that cannot be pruned",
        ),
    )
    return [points, pieces] if points.rows else [pieces]


def remarks_below(path: SolutionPath) -> tuple[str, ...]:
    """Say where m* is open, and how many lines the tables leave out."""
    lines = [_unsettled(piece) for piece in path.pieces[:ROWS] if piece.unsettled]
    if any(piece.fewest is None for piece in path.pieces[:ROWS]):
        lines.append("?: m* and M* of the piece are not decided; `reluexact set` finds those of one penalty")
    count = len(path.pieces) - ROWS
    lines += [f"{plural(count, 'piece')} not shown; --json lists all"] if count > 0 else []
    return ("", *lines) if lines else ()


def _unsettled(piece: Piece) -> str:
    """Say where m* and M* of a piece are open."""
    shown = [f"{rounded(low, 8)} to {rounded(high, 8)}" for low, high in piece.unsettled[:PARTS]]
    rest = len(piece.unsettled) - len(shown)
    more = f" and {rest} more (--json)" if rest else ""
    where = "infinity" if piece.high is None else proved(piece.high, 6)
    return f"m* may be smaller at single penalties of the piece from {where} down: within {', '.join(shown)}{more}"


def _short(point: Breakpoint) -> str:
    return proved(point.penalty.refined(PLACES + 2), PLACES)


def _piece(piece: Piece) -> tuple[str, ...]:
    high = "infinity" if piece.high is None else proved(piece.high, 6)
    counts = (len(piece.neurons), piece.pairs, piece.dimension, piece.fewest, piece.greatest)
    return high, proved(piece.low, 6), *("?" if count is None else str(count) for count in counts)


def _events(path: SolutionPath, point: Breakpoint) -> str:
    return "; ".join(counted_events(point, [_event(path, event) for event in point.events]))


def counted_events(point: Breakpoint, texts: Sequence[str]) -> list[str]:
    """Return every text once, with the number of neurons it is true of where these are several."""
    neurons: dict[str, set[PathNeuron]] = {}
    for text, event in zip(texts, point.events, strict=True):
        neurons.setdefault(text, set()).add(event.neuron)
    return [text if len(known) == 1 else f"{text}, {len(known)} times" for text, known in neurons.items()]


def _event(path: SolutionPath, event: PathEvent) -> str:
    on = path.data.per_row(event.neuron.gate).count(1)
    where = "" if event.row is None else f" of row {path.data.row_of(event.row)}"
    return f"{WORDS[event.event]}{where} ({'+' if event.neuron.sign > 0 else '-'}, on at {plural(on, 'row')})"


def path_json(path: SolutionPath) -> dict[str, object]:
    """Return everything about the path."""
    return {
        "kind": "path",
        "status": path.status.name,
        "reason": path.reason,
        **({} if path.data.copies is None else {"data": data_json(path.data)}),
        "low": format_fraction(path.low),
        "pieces": [
            {
                "high": None if piece.high is None else real_json(piece.high, DIGITS),
                "low": real_json(piece.low, DIGITS),
                "neurons": [_neuron(path, neuron) for neuron in piece.neurons],
                "pairs": piece.pairs,
                "dimension": piece.dimension,
                "fewest": piece.fewest,
                "greatest": piece.greatest,
                "unsettled": [[format_fraction(low), format_fraction(high)] for low, high in piece.unsettled],
            }
            for piece in path.pieces
        ],
        "breakpoints": [
            {
                "penalty": real_json(point.penalty.refined(DIGITS), DIGITS),
                "jump": point.jump,
                "events": [_event_json(path, event) for event in point.events],
            }
            for point in path.breakpoints
        ],
        "gaps": [[format_fraction(low), format_fraction(high)] for low, high in path.gaps],
    }


def _event_json(path: SolutionPath, event: PathEvent) -> dict[str, object]:
    row = None if event.row is None else path.data.row_of(event.row)
    return {"event": event.event, "row": row, "neuron": _neuron(path, event.neuron)}


def _neuron(path: SolutionPath, neuron: PathNeuron) -> dict[str, object]:
    gate = "".join(path.data.per_row(sign_text(neuron.gate)))
    return {"sign": neuron.sign, "gate": gate, "partner": neuron.partner, **({"idle": True} if neuron.idle else {})}
