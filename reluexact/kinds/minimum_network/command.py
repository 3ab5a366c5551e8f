"""``reluexact minimal``: an optimal network of fewest neurons, with proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.carries import parts_of
from reluexact.kinds.minimum_network.views import minimum_grid, minimum_json, minimum_pairs, minimum_weights
from reluexact.kinds.networks import network_of
from reluexact.kinds.optimal_set.solved import solved_set
from reluexact.kinds.sparsest_spline.views import show_spline
from reluexact.kinds.stopped import working
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress, Stage
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
from reluexact.terminal.problem import known_data, known_problem
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen

if TYPE_CHECKING:
    from reluexact.kinds.minimum_network.claim import MinimumNetwork
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.model.problem import Problem

FEW_BASES = 2_000
"""Bases of the polytope up to which all vertices are listed; beyond it a direct search for few neurons is quicker."""
PLOT = "Draw the network, with a free hidden bias the function of fewest kinks: a .png, .svg or .pdf file."


@with_reading
def command(
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    limit: Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")] = 200_000,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    network_out: NetworkOut = None,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help=PLOT)] = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Find an optimal network of fewest neurons and prove that none has fewer; --out writes the certificate.

    With --hidden-bias free and --output-bias free, one feature: an optimal function of fewest kinks and the range of each kink.
    Exit code 0: PROVED. Exit code 4: UNDECIDED, with interval and reason (--out then writes what is proved of the optimum).
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--network-out": network_out, "--plot": plot})
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    problem = _served(parts.problem(screen, source, penalty), network_out)
    if problem.free_bias:
        _spline(screen, problem, source.name, clock, limit=limit, plot=plot)
        return
    job = Job.of(screen, problem, source.name)
    job.known.append(known_data(job.data))
    with working(job) as report:
        optimum, best = solved_set(job, report, clock, limit=limit, bases=FEW_BASES)
        found = _smallest(best, report, clock)
        report(Stage("writing the certificate"))
        stored = _stored(optimum, found) if out is not None else None
    grids = () if found is None or not found.support else (minimum_grid(optimum, found), minimum_weights(optimum, found))
    screen.show(minimum_json(optimum, found), minimum_pairs(optimum, found, job.name), grids, stored=stored)
    screen.write_plot(found or optimum, plot)
    if network_out is not None:
        screen.write_network(network_of(found or optimum, job.name), network_out)
    if found is None or found.status is not Status.PROVED:
        raise typer.Exit(4)


def _served(problem: Problem, network_out: Path | None) -> Problem:
    """Return the problem; raise InputError for one that is not served, and for an option that does not serve it."""
    if set(parts_of(problem)) - {"weights"}:
        from reluexact.kinds.sparsest_spline.find import require_spline

        require_spline(problem)
        if network_out:
            raise InputError("--network-out: functions of fewest kinks are not written as networks; --json and --out have them")
        return problem
    return problem


def _spline(screen: Screen, problem: Problem, name: str, clock: Clock, *, limit: int, plot: Path | None) -> None:
    """Show a function of fewest kinks."""
    job = Job(screen=screen, data=problem.data, penalty=problem.penalty, name=name)
    job.known.append(known_problem(problem))
    if not show_spline(job, problem, clock, limit=limit, plot=plot):
        raise typer.Exit(4)


def _smallest(best: OptimalSet | None, report: Progress, clock: Clock) -> MinimumNetwork | None:
    """Return the smallest optimal network; None when the optimum is not proved."""
    from reluexact.kinds.minimum_network.find import minimum_network

    if best is None:
        return None
    report(Stage("fewest neurons"))
    with clock.running():
        return minimum_network(best, progress=report)


def _stored(optimum: Optimum, found: MinimumNetwork | None) -> bytes | InputError:
    """Return the certificate of the smallest network, else that of the optimum or of its bounds."""
    from reluexact.kinds.files import for_file

    return for_file(found if found is not None and found.status is Status.PROVED else optimum)
