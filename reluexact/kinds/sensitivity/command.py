"""``reluexact sensitivity``: how the optimum moves with penalty, targets and data."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.views import known_optimum, optimum_json, optimum_pairs
from reluexact.kinds.sensitivity.views import sensitivity_grids, sensitivity_json, sensitivity_pairs
from reluexact.kinds.stopped import working
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import Clock
from reluexact.terminal.files import check_files
from reluexact.terminal.job import Job
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Penalty, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import known_data
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen


class Interval(StrEnum):
    """For which numbers intervals are proved."""

    NONE = "none"
    PENALTY = "penalty"
    ALL = "all"


Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Draw the leverages of the rows: a .png, .svg or .pdf file.")
]
Digits = Annotated[int, typer.Option(min=1, max=MAX_DIGITS, help="Decimals to prove.")]
Entries = Annotated[
    bool, typer.Option("--entries", metavar=" ", help="With --json: also how fit and neurons move with every entry of X.")
]
Intervals = Annotated[
    Interval, typer.Option(help="Prove on which intervals of the penalty, or of the targets, too, the structure stays.")
]


@with_reading
def command(
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    digits: Digits = 30,
    entries: Entries = False,
    intervals: Intervals = Interval.NONE,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    plot: Plot = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Prove how the optimum moves with the penalty, the targets and the data: derivatives, leverage, degrees of freedom.

    Exit code 0: PROVED. Exit code 4: the optimum is UNDECIDED, with the reason and the best bounds.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--plot": plot})
    job = Job.read(screen, Source(file=file, features=features, target=target, bias=bias, reading=reading), penalty, parts)
    job.known.append(known_data(job.data))
    with working(job) as report:
        from reluexact.kinds.optimum.find import solve
        from reluexact.kinds.sensitivity.find import sensitivity

        with clock.running():
            optimum = solve(job.data, job.penalty, digits=digits, progress=report)
        job.known.append(known_optimum(optimum))
        proved = optimum.status is Status.PROVED
        with clock.running():
            ask = partial(sensitivity, digits=digits, entries=entries, intervals=intervals.value, progress=report)
            found = ask(optimum) if proved else None
    if found is None:
        screen.show(optimum_json(optimum), optimum_pairs(optimum, job.name))
        raise typer.Exit(4)
    screen.show(sensitivity_json(found), sensitivity_pairs(found, job.name, digits), sensitivity_grids(found))
    screen.write_plot(found, plot)
