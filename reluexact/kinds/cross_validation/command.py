"""``reluexact cross-validate``: the penalty that predicts best, over the whole path."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from reluexact.evidence.status import Status
from reluexact.kinds.cross_validation.views import cross_validation_json, cross_validation_pairs
from reluexact.numbers.seconds import Clock
from reluexact.terminal.files import check_files
from reluexact.terminal.job import Job
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen
from reluexact.terminal.workers import Dask, Jobs, workers

Low = Annotated[str, typer.Option(metavar="B", help="The lowest penalty: 10, 0.5 or 1/3, read exactly.")]
Folds = Annotated[int, typer.Option(min=2, metavar="K", help="The number of folds; row i is in fold i mod K.")]
Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Draw the error over the penalty: a .png, .svg or .pdf file.")
]
Digits = Annotated[int, typer.Option(min=1, max=30, help="Relative accuracy of the best penalty, in decimals.")]
Limit = Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")]


@with_reading
def command(
    file: File,
    low: Low,
    folds: Folds = 5,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    digits: Digits = 6,
    limit: Limit = 200_000,
    time_limit: TimeLimit = None,
    jobs: Jobs = 1,
    dask: Dask = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    plot: Plot = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Find the penalties of least cross-validation error among all from a low one on, not on a grid, proved.

    Exit code 0: no other penalty is as good. Exit code 4: gaps in the path of some fold may hold a better one.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--plot": plot})
    job = Job.read(screen, Source(file=file, features=features, target=target, bias=bias, reading=reading), "1", parts)
    with screen.working("loading the solvers") as report:
        from reluexact.kinds.cross_validation.find import cross_validate
        from reluexact.model.problem import Problem

        with clock.running(), workers(jobs, dask) as shared:
            chosen = partial(cross_validate, folds=folds, digits=digits, limit=limit, map=shared)
            found = chosen(Problem(job.data, 1), low, progress=report)
    screen.show(cross_validation_json(found), cross_validation_pairs(found, job.name))
    screen.write_plot(found, plot)
    if found.status is not Status.PROVED:
        raise typer.Exit(4)
