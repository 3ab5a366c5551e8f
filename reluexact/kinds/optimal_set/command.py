"""``reluexact set``: all optimal networks, as a table, as a certificate, and as a paper."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError, LimitReached, Message
from reluexact.evidence.status import Status
from reluexact.kinds.networks import network_of
from reluexact.kinds.optimal_set.solved import solved_set
from reluexact.kinds.optimal_set.views import neuron_grid, set_json, set_pairs, vertex_grids
from reluexact.kinds.stopped import working
from reluexact.numbers.rational import to_penalty
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress, Stage
from reluexact.terminal.files import check_files, check_view
from reluexact.terminal.job import Job
from reluexact.terminal.options import (
    Bias,
    Features,
    File,
    JsonOutput,
    NetworkOut,
    Out,
    Penalty,
    Plot,
    Quiet,
    Source,
    Target,
    TimeLimit,
    Verbose,
    View,
    typed_options,
)
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import known_data
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Grid, Screen
from reluexact.terminal.wording import spelled

if TYPE_CHECKING:
    from reluexact.kinds.connectivity.staircase import Staircase
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.kinds.solution_path.claim import SolutionPath

Limit = Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes, or the polytope more bases, than this.")]
Latex = Annotated[
    Path | None, typer.Option("--latex", metavar="FILE", help="Write a LaTeX document about the set, as a paper has it.")
]
Followed = Annotated[
    str | None,
    typer.Option("--path", metavar="LOW", help="With --latex: a section on the optimum for every penalty from LOW on, proved."),
]


@with_reading
def command(
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    limit: Limit = 200_000,
    latex: Latex = None,
    path: Followed = None,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    network_out: NetworkOut = None,
    plot: Plot = None,
    view: View = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Describe all optimal networks: neurons, dimension, vertices, fewest neurons; --out writes the certificate.

    Exit code 0: PROVED. Exit code 4: UNDECIDED, with the reason and what is proved (the files are written all the same).
    """
    low = _lowest(path, latex)
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--latex": latex, "--out": out, "--network-out": network_out, "--plot": plot})
    check_view(plot, view)
    job = Job.read(screen, Source(file=file, features=features, target=target, bias=bias, reading=reading), penalty, parts)
    job.known.append(known_data(job.data))
    with working(job) as report:
        from reluexact.kinds.optimal_set.paper.document import Paper

        optimum, best = solved_set(job, report, clock, limit=limit, bases=limit)
        stairs = _widths(best, job, report, clock)
        followed = _path(low, job, report, clock, limit)
        report(Stage("writing"))
        stored = _stored(optimum, best) if out is not None else None
        typed = typed_options(features, target, parts.weights, bias=bias)
        paper = Paper(name=job.name, optimum=optimum, best=best, options=typed, staircase=stairs, path=followed)
        text = None if latex is None else paper.latex()
    screen.write_document(text, latex)
    screen.show(set_json(optimum, best), set_pairs(optimum, best, stairs, job.name), _grids(best), stored=stored)
    _write(screen, optimum if best is None else best, network_out)
    screen.write_plot(optimum if best is None else best, plot, view)
    _leave(best)


def _leave(best: OptimalSet | None) -> None:
    """End with exit code 4 where the set is not proved."""
    if best is None or best.status is not Status.PROVED:
        raise typer.Exit(4)


def _grids(best: OptimalSet | None) -> tuple[Grid, ...]:
    """Return the tables of neurons and vertices; none of the zero network."""
    return (neuron_grid(best), *vertex_grids(best)) if best is not None and best.neurons else ()


def _write(screen: Screen, found: Optimum | OptimalSet, network_out: Path | None) -> None:
    """Write the network."""
    if network_out is not None:
        screen.write_network(network_of(found, ""), network_out)


def _widths(best: OptimalSet | None, job: Job, report: Progress, clock: Clock) -> Staircase | None:
    """Return how the set looks for every width, when it is proved, and there is time for it."""
    from reluexact.kinds.connectivity.find import staircase

    if best is None or best.status is not Status.PROVED:
        return None
    report(Stage("widths"))
    try:
        with clock.running():
            return staircase(best)
    except LimitReached as stop:
        job.screen.remark(spelled(Message("widths: ", stop.message)))
        return None


def _lowest(path: str | None, latex: Path | None) -> Fraction | None:
    """Return the penalty of ``--path``."""
    if path is not None and latex is None:
        raise InputError("--path: it adds a section to the document of --latex; give --latex FILE, too, or use reluexact path")
    return None if path is None else to_penalty(path, where="--path")


def _path(low: Fraction | None, job: Job, report: Progress, clock: Clock, limit: int) -> SolutionPath | None:
    """Return the path down to a penalty, or to where time and limit end it; None where nothing is asked for or proved."""
    from reluexact.kinds.solution_path.find import solution_path

    if low is None:
        return None
    report(Stage("path"))
    try:
        with clock.running():
            return solution_path(job.data, low, limit=limit, progress=report)
    except LimitReached as stop:
        job.screen.remark(spelled(Message("--path: ", stop.message)))
        return None


def _stored(optimum: Optimum, best: OptimalSet | None) -> bytes | InputError:
    """Return the certificate of the set, else that of the optimum or of its bounds."""
    from reluexact.kinds.files import for_file

    return for_file(best if best is not None and best.status is Status.PROVED else optimum)
