"""``reluexact path``: the optimum for every penalty from a low one on, with proof."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from reluexact.evidence.status import Status
from reluexact.kinds.solution_path.views import path_grids, path_json, path_pairs, remarks_below
from reluexact.numbers.seconds import Clock
from reluexact.terminal.files import check_files, check_view
from reluexact.terminal.job import Job
from reluexact.terminal.options import (
    Bias,
    Features,
    File,
    JsonOutput,
    Out,
    Quiet,
    Source,
    Target,
    TimeLimit,
    Verbose,
    View,
    typed_options,
)
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen

Low = Annotated[str | None, typer.Option(metavar="B", help="The lowest penalty: 10, 0.5 or 1/3, read exactly.")]
Share = Annotated[
    str | None,
    typer.Option(metavar="S", help="The lowest penalty as a share of the greatest one, instead of --low. [default: 1/100]"),
]
Limit = Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")]
Kept = Annotated[
    Path | None,
    typer.Option("--state", metavar="FILE", help="Remember every proved segment here; run again to go on after a stop."),
]
Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Draw the path over the penalty: a .png, .svg or .pdf file.")
]
Latex = Annotated[
    Path | None, typer.Option("--latex", metavar="FILE", help="Write a LaTeX document about the path, as a paper has it.")
]


@with_reading
def command(
    file: File,
    low: Low = None,
    share: Share = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    limit: Limit = 200_000,
    state: Kept = None,
    plot: Plot = None,
    view: View = None,
    latex: Latex = None,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Follow the optimum over all penalties down from the greatest, every change of its structure proved; --out: the certificate.

    Exit code 0: the whole path is proved. Exit code 4: it has gaps or ends above the lowest penalty; what is shown is proved.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--plot": plot, "--latex": latex, "--state": state}, read={})
    check_view(plot, view)
    job = Job.read(screen, Source(file=file, features=features, target=target, bias=bias, reading=reading), "1", parts)
    with screen.working("loading the solvers", partial(_known, state=state)) as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.solution_path.document import PathPaper
        from reluexact.kinds.solution_path.find import solution_path

        with clock.running():
            found = solution_path(job.data, low, share=share, limit=limit, time_limit=time_limit, state=state, progress=report)
        stored = for_file(found) if out is not None else None
        options = typed_options(features, target, parts.weights, bias=bias)
        text = None if latex is None else PathPaper(name=job.name, path=found, options=options).latex()
    screen.write_document(text, latex)
    screen.show(path_json(found), path_pairs(found, job.name), path_grids(found), lines=remarks_below(found), stored=stored)
    screen.write_plot(found, plot, view)
    if found.status is not Status.PROVED:
        raise typer.Exit(4)


def _known(proved: str, state: Path | None) -> str:
    """Say what an interrupted run leaves."""
    kept = "" if state is None else f"; {state} keeps the segments, run the command again to go on"
    return f"{proved or 'no piece proved'}{kept}"
