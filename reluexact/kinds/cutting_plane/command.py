"""``reluexact cutting-plane``: train by cutting planes, every round with proved bounds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reluexact.evidence.status import Status
from reluexact.kinds.cutting_plane.views import cutting_grid, cutting_json, cutting_pairs
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import Clock
from reluexact.terminal.files import check_files
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen

PENALTY = "The penalty; without it: the cheapest networks that meet every target."
PLOT = "Draw both bounds over the rounds; a .png, .svg or .pdf file."
NO_EXACT = "Rounds only: do not solve for the directions of the neurons exactly."


@with_reading
def command(
    file: File,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    penalty: Annotated[str | None, typer.Option("--penalty", "-b", metavar="B", help=PENALTY)] = None,
    gap: Annotated[str, typer.Option("--gap", metavar="G", help="End at this relative gap of the bounds.")] = "1/1000000",
    rounds: Annotated[int, typer.Option(min=1, help="End after so many rounds.")] = 100,
    no_exact: Annotated[bool, typer.Option("--no-exact", metavar=" ", help=NO_EXACT)] = False,
    digits: Annotated[int, typer.Option(min=1, max=MAX_DIGITS, help="Decimals to show.")] = 20,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help=PLOT)] = None,
) -> None:
    """Train by cutting planes, every round with proved bounds, to the exact end; --plot draws the bounds.

    --out writes the certificate of the exact answer, or that of the bounds. Exit code 0: PROVED. Exit code 4: UNDECIDED, the
    bounds are all that is known (always so with --no-exact).
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--plot": plot})
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    data = source.read(screen)
    with screen.working("rounds") as report:
        from reluexact.kinds.cutting_plane.find import cutting_plane
        from reluexact.kinds.files import for_file

        with clock.running():
            found = cutting_plane(data, penalty, gap=gap, rounds=rounds, exact=not no_exact, progress=report)
        stored = for_file(found.exact if found.status is Status.PROVED else found.bounds) if out is not None else None
    pairs = cutting_pairs(data, found, source.name, digits)
    screen.show(cutting_json(data, found, digits), pairs, [cutting_grid(found)], stored=stored)
    screen.write_plot(found, plot)
    if found.status is not Status.PROVED:
        raise typer.Exit(4)
