"""What ``reluexact path`` shows: the breakpoints with their events, and the pieces between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.geometry.signs import sign_text
from reluexact.kinds.solution_path.claim import WORDS, Breakpoint, PathEvent, PathNeuron, Piece
from reluexact.numbers.rational import format_fraction
from reluexact.terminal.problem import data_json
from reluexact.terminal.screen import Grid, Pairs
from reluexact.terminal.text import exact, plural, printable, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.solution_path.claim import SolutionPath

PLACES, DIGITS = 12, 30
ROWS = 60
"""Lines of each table; the JSON output has all."""


def path_pairs(path: SolutionPath, name: str) -> Pairs:
    """Return the lines above the tables."""
    data, names = path.data, ", ".join(map(printable, path.data.names))
    done = "PROVED: every piece, every breakpoint, and that there are no others"
    pairs = [
        ("data", f"{name}: {plural(data.n, 'row')}; features {names}; target {printable(data.target_name)}"),
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
        rows=tuple((str(k), _short(point), _events(point)) for k, point in enumerate(path.breakpoints[:ROWS], start=1)),
        left=("event",),
        legend=("its number, from high penalty to low", "where it is", "what happens there as the penalty falls"),
    )
    pieces = Grid(
        headings=("from", "to", "neurons", "pairs", "dimension"),
        rows=tuple(_piece(piece) for piece in path.pieces[:ROWS]),
        legend=(
            "its greatest penalty",
            "its lowest penalty",
            "neurons of all optimal networks",
            "pairs of opposite neurons among them",
            "of the set of optimal networks; 0: there is only one",
        ),
    )
    return [points, pieces] if points.rows else [pieces]


def left_out(path: SolutionPath) -> tuple[str, ...]:
    """Say how many lines the tables leave out."""
    count = len(path.pieces) - ROWS
    return ("", f"{plural(count, 'piece')} not shown; --json lists all") if count > 0 else ()


def _short(point: Breakpoint) -> str:
    return proved(point.penalty.refined(PLACES + 2), PLACES)


def _piece(piece: Piece) -> tuple[str, ...]:
    high = "infinity" if piece.high is None else proved(piece.high, 6)
    return high, proved(piece.low, 6), str(len(piece.neurons)), str(piece.pairs), str(piece.dimension)


def _events(point: Breakpoint) -> str:
    texts = [_event(event) for event in point.events]
    return "; ".join(dict.fromkeys(texts))


def _event(event: PathEvent) -> str:
    on = event.neuron.gate.count(1)
    where = "" if event.row is None else f" of row {event.row}"
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
            }
            for piece in path.pieces
        ],
        "breakpoints": [
            {
                "penalty": real_json(point.penalty.refined(DIGITS), DIGITS),
                "jump": point.jump,
                "events": [
                    {"event": event.event, "row": event.row, "neuron": _neuron(path, event.neuron)} for event in point.events
                ],
            }
            for point in path.breakpoints
        ],
        "gaps": [[format_fraction(low), format_fraction(high)] for low, high in path.gaps],
    }


def _neuron(path: SolutionPath, neuron: PathNeuron) -> dict[str, object]:
    gate = "".join(path.data.per_row(sign_text(neuron.gate)))
    return {"sign": neuron.sign, "gate": gate, "partner": neuron.partner, **({"idle": True} if neuron.idle else {})}
