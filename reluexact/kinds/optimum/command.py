"""``reluexact solve``: the certified optimum, or with ``--bound`` certified bounds of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError, LimitReached
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.evidence.status import Status
from reluexact.kinds.bound.views import bound_json, bound_pairs
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.views import known_optimum, neuron_grid, optimum_json, optimum_pairs, weights_of
from reluexact.kinds.stopped import working
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress, Stage
from reluexact.terminal.files import check_files, check_view
from reluexact.terminal.job import Job
from reluexact.terminal.options import (
    Bias,
    Engine,
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
)
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import known_problem
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen
from reluexact.terminal.workers import Dask, Jobs, workers

if TYPE_CHECKING:
    from reluexact.kinds.optimum.problem_claim import ProblemOptimum
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.network import Network
    from reluexact.model.problem import Problem

AnyBound = BoundProof | ProblemBound
DEFAULT_GAP = Fraction(1, 10**12)
PROBLEM_GAP = Fraction(1, 10**7)
"""That of problems that are not today's short form: their losses may have kinks, where floats reach fewer digits."""
DEFAULT_DIGITS = 30


Digits = Annotated[int | None, typer.Option(min=1, max=MAX_DIGITS, help="Decimals to prove. [default: 30]")]
Proposer = Annotated[Engine, typer.Option(help="The float solver that proposes; it proves nothing.")]
Nodes = Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")]
OnlyBounds = Annotated[bool, typer.Option("--bound", metavar=" ", help="Prove bounds of the value only; cheaper.")]
Gap = Annotated[
    str | None,
    typer.Option(metavar="G", help="The relative gap that --bound aims at. [default: 10^-12; 10^-7 with other parts or losses]"),
]


@with_reading
def command(
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    digits: Digits = None,
    engine: Proposer = Engine.CLARABEL,
    limit: Nodes = 200_000,
    bound: OnlyBounds = False,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    jobs: Jobs = 1,
    dask: Dask = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    network_out: NetworkOut = None,
    plot: Plot = None,
    view: View = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Find and prove the global optimum over networks of every width; --out writes its certificate.

    Exit code 0: PROVED. Exit code 4: UNDECIDED, with the reason and the best bounds (--out then writes the certificate of these).
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--network-out": network_out, "--plot": plot})
    check_view(plot, view)
    asked = _asked_gap(bound=bound, gap=gap, digits=digits, plot=plot)
    draw = partial(screen.write_plot, place=plot, view=view)
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    problem = _served(parts.problem(screen, source, penalty), bound=bound)
    job = Job(screen=screen, data=problem.data, penalty=problem.penalty, name=source.name)
    job.known.append(known_problem(problem))
    if bound:
        goal = asked or (DEFAULT_GAP if problem.is_plain else PROBLEM_GAP)
        proved, network = _solve_bound(job, problem, goal, partial(_bounded, jobs, dask, engine=engine.value, limit=limit), clock)
    else:
        search = partial(_searched, jobs, dask, digits=digits or DEFAULT_DIGITS, engine=engine.value, limit=limit)
        proved, network = _solve_optimum(job, problem, search, draw, clock)
    screen.write_network(network, network_out)
    if not proved:
        raise typer.Exit(4)


def _served(problem: Problem, *, bound: bool) -> Problem:
    """Return the problem; raise InputError for a loss of which bounds alone are proved."""
    if problem.loss.name == "logistic" and not bound:
        raise InputError("--loss logistic: no optimum is proved for it, only bounds; add --bound")
    return problem


def _asked_gap(*, bound: bool, gap: str | None, digits: int | None, plot: Path | None) -> Fraction | None:
    """Return the gap that --gap names; raise InputError for options that have no meaning together."""
    if gap is not None and not bound:
        raise InputError("--gap: only --bound aims at a gap; add --bound or leave --gap out")
    if digits is not None and bound:
        raise InputError("--digits: with --bound the accuracy is that of --gap; leave --digits out")
    if plot is not None and bound:
        raise InputError("--plot: with --bound no optimum is proved that could be drawn; leave one of them out")
    return None if gap is None else _gap(gap)


def _searched(
    jobs: int, dask: str | None, problem: Problem, report: Progress, *, digits: int, engine: str, limit: int
) -> Optimum | ProblemOptimum:
    from reluexact.kinds.optimum.find import solve

    with workers(jobs, dask) as shared:
        return solve(problem, digits=digits, engine=engine, limit=limit, map=shared, progress=report)


def _bounded(
    jobs: int, dask: str | None, problem: Problem, goal: Fraction, report: Progress, *, engine: str, limit: int
) -> AnyBound:
    from reluexact.kinds.bound.find import prove_bound

    with workers(jobs, dask) as shared:
        return prove_bound(problem, gap=goal, engine=engine, limit=limit, map=shared, progress=report)


def _solve_optimum(
    job: Job,
    problem: Problem,
    search: Callable[[Problem, Progress], Optimum | ProblemOptimum],
    draw: Callable[..., None],
    clock: Clock,
) -> tuple[bool, Network | BiasedNetwork]:
    screen = job.screen
    with working(job) as report:
        from reluexact.kinds.files import for_file

        with clock.running():
            optimum = search(problem, report)
        job.known.append(known_optimum(optimum))
        job.proved.append(optimum)
        report(Stage("writing the certificate"))
        stored = for_file(optimum) if screen.out is not None else None
    if isinstance(optimum, Optimum):
        document, pairs, grid = optimum_json(optimum), optimum_pairs(optimum, job.name), neuron_grid(optimum)
    else:
        from reluexact.kinds.optimum.problem_views import problem_neuron_grid, problem_optimum_json, problem_optimum_pairs

        grid = problem_neuron_grid(optimum)
        document, pairs = problem_optimum_json(optimum), problem_optimum_pairs(optimum, job.name)
    screen.show(document, pairs, [grid, weights_of(optimum)] if optimum.neurons else [], stored=stored)
    draw(optimum)
    return optimum.status is Status.PROVED, optimum.network


def _solve_bound(
    job: Job, problem: Problem, goal: Fraction, search: Callable[[Problem, Fraction, Progress], AnyBound], clock: Clock
) -> tuple[bool, Network | BiasedNetwork]:
    screen = job.screen
    with working(job) as report:
        from reluexact.kinds.files import for_file

        reason = ""
        try:
            with clock.running():
                proof = search(problem, goal, report)
        except LimitReached as stop:
            if not isinstance(stop.bounds, BoundProof | ProblemBound):
                raise
            proof, reason = stop.bounds, stop.message
        job.proved.append(proof)
        report(Stage("writing the certificate"))
        stored = for_file(proof) if screen.out is not None else None
    screen.show(bound_json(proof, goal, reason), bound_pairs(proof, goal, job.name, reason), stored=stored)
    return proof.gap <= goal, proof.network


def _gap(text: str) -> Fraction:
    from reluexact.numbers.rational import to_fraction

    gap = to_fraction(text, where="--gap")
    if gap <= 0:
        raise InputError(f"--gap: {text!r} is not positive; give a relative gap such as 1/1000000")
    return gap
