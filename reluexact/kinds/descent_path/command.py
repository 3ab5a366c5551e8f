"""``reluexact descend``: a path from a network down to the global optimum, on which the objective never rises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.networks import network_of, read_network
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.seconds import Clock
from reluexact.progress import Stage
from reluexact.terminal.files import check_files
from reluexact.terminal.job import Job
from reluexact.terminal.options import (
    Bias,
    Features,
    File,
    JsonOutput,
    NetworkOut,
    Out,
    Penalty,
    Quiet,
    Source,
    Target,
    TimeLimit,
    Verbose,
)
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import data_json, data_pairs, known_data
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Grid, Screen
from reluexact.terminal.text import exact, limit_json, plural, proved, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.descent_path.claim import DescentPath
    from reluexact.kinds.descent_path.piece import Piece
    from reluexact.kinds.descent_path.waypoint import Waypoint

PLACES = 12
_HEADINGS = ("piece", "kind", "from", "to", "neurons", "slots", "why it does not rise")
_LEGEND = (
    "its number, from 0",
    "what happens: balance, merge, prune, or interpolate between two networks",
    "the objective where the piece begins",
    "and where it ends",
    "neurons that are not zero, before and after",
    "neurons of the width that the piece needs at once",
    "the reason that is checked",
)


Given = Annotated[
    Path, typer.Option("--network", metavar="FILE", help='A file {"hidden": [[...]], "output": [...]}, or a certificate of ours.')
]
Method = Annotated[
    Literal["auto", "direct", "walk"],
    typer.Option(help="Straight to the optimum, one column at a time, or straight where the width allows it."),
]
Limit = Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")]
Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Draw the objective along the path: a .png, .svg or .pdf file.")
]


@with_reading
def command(
    file: File,
    network: Given,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    method: Method = "auto",
    limit: Limit = 200_000,
    plot: Plot = None,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    network_out: NetworkOut = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Go from a network to the global optimum without leaving its width, the objective never rising; --out: the certificate.

    Zero neurons of the network count as free slots: add some where the width is too small.

    Exit code 0: the path is PROVED. Exit code 4: the width is too small, or a proof is missing; then the path leads to the best
    network that was found, and --out writes it without a certificate.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--plot": plot, "--network-out": network_out}, read={"--network": network})
    job = Job.read(screen, Source(file=file, features=features, target=target, bias=bias, reading=reading), penalty, parts)
    job.known.append(known_data(job.data))
    given = read_network(network)
    with job.working() as report:
        from reluexact.kinds.descent_path.find import descent_path
        from reluexact.kinds.files import for_file

        with clock.running():
            found = descent_path(given, job.data, job.penalty, method=method, limit=limit, progress=report)
        report(Stage("writing"))
        stored = for_file(found) if out is not None and found.status is Status.PROVED else None
    pairs = [*data_pairs(job.data, job.penalty, job.name), *_pairs(found, network.name)]
    screen.show(_document(found), pairs, [_grid(found)] if found.pieces else [], stored=stored)
    if out is not None and stored is None:
        screen.remark(f"{out} is the result, no certificate: the path does not end at a global optimum")
    _write(found, screen, plot, network_out)
    if found.status is not Status.PROVED:
        raise typer.Exit(4)


def _write(found: DescentPath, screen: Screen, plot: Path | None, network_out: Path | None) -> None:
    """Write the picture and the network."""
    screen.write_plot(found, plot)
    if network_out is not None:
        screen.write_network(network_of(found, ""), network_out)


def _pairs(found: DescentPath, name: str) -> list[tuple[str, str]]:
    """Return the lines above the table."""
    status: str = found.status.name
    if found.status is Status.PROVED:
        status += ": the path ends at the global optimum, over networks of every width"
    else:
        status = Message(f"{status}: ", found.reason)
    start = exact(found.start)
    free = found.width - len(found.waypoints[0].held)
    pairs = [
        ("network", f"{name}: width {found.width}, {plural(free, 'free slot')}"),
        ("status", status),
        ("start", f"{start} (exactly)" if start else rounded(found.start, PLACES)),
        ("end", proved(found.end, 30)),
    ]
    if found.status is not Status.PROVED:
        pairs.append(("optimum", proved(found.optimum, 30)))
    needed = "the path uses" if found.status is Status.PROVED else "known to be enough:"
    pairs.append(("width", f"{needed} {found.width_needed}"))
    return pairs


def _grid(found: DescentPath) -> Grid:
    rows = tuple(
        (
            str(index),
            piece.kind,
            proved(piece.before.value, PLACES),
            proved(piece.after.value, PLACES),
            f"{len(piece.before.held)} to {len(piece.after.held)}",
            str(piece.slots),
            piece.why,
        )
        for index, piece in enumerate(found.pieces)
    )
    return Grid(headings=_HEADINGS, rows=rows, left=("kind", "why it does not rise"), legend=_LEGEND)


def _document(found: DescentPath) -> dict[str, object]:
    """Return everything that is known, exact numbers as text."""
    return {
        "kind": "descent-path",
        "data": data_json(found.data),
        "penalty": format_fraction(found.penalty),
        "status": found.status.name,
        "reason": found.reason,
        "limit": limit_json(found.reason),
        "method": found.method,
        "network": found.network.to_lists(),
        "width": found.width,
        "width_needed": found.width_needed,
        "fewest": found.fewest,
        "start": format_fraction(found.start),
        "end": real_json(found.end, 30),
        "end_network": found.network_at(len(found.pieces), bits=96).to_lists(),
        "optimum": real_json(found.optimum, 30),
        "pieces": [_piece(piece) for piece in found.pieces],
    }


def _piece(piece: Piece) -> dict[str, object]:
    return {
        "kind": piece.kind,
        "why": piece.why,
        "slots": piece.slots,
        "from": real_json(piece.before.value, 30),
        "to": real_json(piece.after.value, 30),
        "groups": [list(group) for group in piece.groups],
        "null_vector": [format_fraction(entry) for entry in piece.null_vector],
        "neurons": _neurons(piece.after),
    }


def _neurons(place: Waypoint) -> list[dict[str, object] | None]:
    """Return the slots after a piece: sign and |a| w of each neuron, null for a zero neuron."""
    return [
        None if neuron is None else {"sign": neuron.sign, "vector": [real_json(entry, PLACES) for entry in neuron.vector]}
        for neuron in place.slots
    ]
