"""``reluexact solve``: the certified optimum, or with ``--bound`` certified bounds of it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.bound.views import bound_json, bound_pairs
from reluexact.kinds.optimum.views import known_optimum, neuron_grid, optimum_json, optimum_pairs
from reluexact.numbers.real import MAX_DIGITS
from reluexact.progress import Stage
from reluexact.terminal.job import Job
from reluexact.terminal.options import Bias, Engine, Features, File, JsonOutput, Out, Penalty, Quiet, Source, Target
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import known_problem
from reluexact.terminal.screen import Screen

if TYPE_CHECKING:
    from reluexact.model.problem import Problem

DEFAULT_GAP = Fraction(1, 10**12)
PROBLEM_GAP = Fraction(1, 10**7)
"""That of problems that are not today's short form: their losses may have kinks, where floats reach fewer digits."""
DEFAULT_DIGITS = 30


def command(
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    digits: Annotated[int | None, typer.Option(min=1, max=MAX_DIGITS, help="Decimals to prove. [default: 30]")] = None,
    engine: Annotated[Engine, typer.Option(help="The float solver that proposes; it proves nothing.")] = Engine.CLARABEL,
    limit: Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")] = 200_000,
    bound: Annotated[bool, typer.Option("--bound", metavar=" ", help="Prove bounds of the value only; cheaper.")] = False,
    gap: Annotated[
        str | None,
        typer.Option(
            metavar="G", help="The relative gap that --bound aims at. [default: 10^-12; 10^-7 with other parts or losses]"
        ),
    ] = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    out: Out = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Find and prove the global optimum over networks of every width; --out writes its certificate.

    Exit code 0: PROVED. Exit code 4: UNDECIDED, with the reason and the best bounds (--out then writes the certificate of these).
    """
    screen = Screen(as_json=as_json, quiet=quiet, out=out, source=file)
    asked = _checked(gap, digits, bound=bound)
    problem = parts.problem(Source(file=file, features=features, target=target, bias=bias), penalty)
    job = Job(screen=screen, data=problem.data, penalty=problem.penalty, name=file.name)
    job.known.append(known_problem(problem))
    if bound:
        goal = asked or (DEFAULT_GAP if problem.is_plain else PROBLEM_GAP)
        proved = _solve_bound(job, problem, goal, engine.value, limit)
    else:
        proved = _solve_optimum(job, problem, digits or DEFAULT_DIGITS, engine.value, limit)
    if not proved:
        raise typer.Exit(4)


def _checked(gap: str | None, digits: int | None, *, bound: bool) -> Fraction | None:
    """Return the gap that was asked for; InputError for options that do not go together."""
    if gap is not None and not bound:
        raise InputError("--gap: only --bound aims at a gap; add --bound or leave --gap out")
    if digits is not None and bound:
        raise InputError("--digits: with --bound the accuracy is that of --gap; leave --digits out")
    return None if gap is None else _gap(gap)


def _solve_optimum(job: Job, problem: Problem, digits: int, engine: str, limit: int) -> bool:
    screen = job.screen
    with job.working() as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.optimum.find import solve

        optimum = solve(problem, digits=digits, engine=engine, limit=limit, progress=report)
        job.known.append(known_optimum(optimum))
        report(Stage("writing the certificate"))
        stored = for_file(optimum) if screen.out is not None else None
    grids = [neuron_grid(optimum)] if optimum.neurons else []
    screen.show(optimum_json(optimum), optimum_pairs(optimum, job.name), grids, stored=stored)
    return optimum.status is Status.PROVED


def _solve_bound(job: Job, problem: Problem, goal: Fraction, engine: str, limit: int) -> bool:
    screen = job.screen
    with job.working() as report:
        from reluexact.kinds.bound.find import prove_bound
        from reluexact.kinds.files import for_file

        proof = prove_bound(problem, gap=goal, engine=engine, limit=limit, progress=report)
        report(Stage("writing the certificate"))
        stored = for_file(proof) if screen.out is not None else None
    screen.show(bound_json(proof, goal), bound_pairs(proof, goal, job.name), stored=stored)
    return proof.gap <= goal


def _gap(text: str) -> Fraction:
    from reluexact.numbers.rational import to_fraction

    gap = to_fraction(text, where="--gap")
    if gap <= 0:
        raise InputError(f"--gap: {text!r} is not positive; give a relative gap such as 1/1000000")
    return gap
