"""``reluexact interpolate``: the cheapest networks that meet every target, with proof."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reluexact.evidence.status import Status
from reluexact.kinds.interpolation.views import interpolation_grids, interpolation_json, interpolation_pairs
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import Clock
from reluexact.progress import Stage
from reluexact.terminal.files import check_files
from reluexact.terminal.options import (
    Bias,
    Features,
    File,
    JsonOutput,
    NetworkOut,
    Out,
    Quiet,
    Source,
    Target,
    TimeLimit,
    Verbose,
)
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen

PLOT = "Draw the cheapest functions (one feature), or the fit against the targets; a .png, .svg or .pdf file."


@with_reading
def command(
    file: File,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    digits: Annotated[int, typer.Option(min=1, max=MAX_DIGITS, help="Decimals to prove.")] = 30,
    limit: Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")] = 200_000,
    bases: Annotated[int, typer.Option(min=1, help="List vertices up to so many bases of the polytope.")] = 20_000,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    network_out: NetworkOut = None,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help=PLOT)] = None,
) -> None:
    """Find the cheapest networks that meet every target, the limit of a penalty that goes to 0, proved; --out: the certificate.

    Where no network meets the targets the fit of least squared error takes their place. Exit code 0: PROVED. Exit code 4:
    UNDECIDED, with the reason and the best bounds (--out then writes the certificate of these).
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--network-out": network_out, "--plot": plot})
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    data = source.read(screen)
    with screen.working("loading the solvers") as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.interpolation.find import interpolate

        with clock.running():
            answer = interpolate(data, digits=digits, limit=limit, bases=bases, progress=report)
        report(Stage("writing the certificate"))
        stored = for_file(answer) if out is not None else None
    pairs = interpolation_pairs(answer, source.name)
    screen.show(interpolation_json(answer), pairs, interpolation_grids(answer), stored=stored)
    screen.write_network(answer.network, network_out)
    screen.write_plot(answer, plot)
    if answer.status is not Status.PROVED:
        raise typer.Exit(4)
