"""``reluexact judge``: how far is a network that any program trained from the global optimum, with proof."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.judgement.views import judgement_json, judgement_pairs
from reluexact.kinds.networks import read_whole
from reluexact.numbers.seconds import Clock
from reluexact.terminal.files import check_files
from reluexact.terminal.job import Job
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Penalty, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import known_problem
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen

if TYPE_CHECKING:
    from reluexact.kinds.judgement.claim import Judgement

Given = Annotated[
    Path,
    typer.Argument(
        metavar="NETWORK",
        help="The network: .json, .csv or .npz (keys or columns as --network-out writes them), or a certificate.",
        show_default=False,
    ),
]
Limit = Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")]
MaxGap = Annotated[
    str | None,
    typer.Option(
        "--max-gap", metavar="G", help="For tests: exit code 1 when the excess is more than this share of the objective."
    ),
]


@with_reading
def command(
    network: Given,
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    max_gap: MaxGap = None,
    limit: Limit = 200_000,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Prove how far a network that any program trained is from the global optimum; --max-gap for tests, --out: the certificate.

    Exit code 0: the bounds are proved, and the excess is at most --max-gap of the objective, if that is asked. Exit code 1: it is
    more, PROVED. Exit code 4: the bounds do not decide it, or a limit ended the work.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out}, read={"NETWORK": network})
    most = None if max_gap is None else _gap(max_gap)
    given = read_whole(network)
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    problem = parts.problem(screen, source, penalty)
    job = Job(screen=screen, data=problem.data, penalty=problem.penalty, name=source.name)
    job.known.append(known_problem(problem))
    with job.working() as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.judgement.find import judge

        with clock.running():
            found = judge(given, problem, limit=limit, progress=report)
        stored = for_file(found) if out is not None else None
    screen.show(judgement_json(found, most), judgement_pairs(found, job.name, network.name, most), stored=stored)
    code = _exit_code(found, most)
    if code:
        raise typer.Exit(code)


def _exit_code(found: Judgement, most: Fraction | None) -> int:
    if most is None:
        return 4 if found.reason else 0
    return {Status.PROVED: 0, Status.REFUTED: 1, Status.UNDECIDED: 4}[found.within(most)]


def _gap(text: str) -> Fraction:
    from reluexact.numbers.rational import to_fraction

    gap = to_fraction(text, where="--max-gap")
    if gap < 0:
        raise InputError(f"--max-gap: {text!r} is negative; give a share of the objective such as 1/1000, or 0 for an optimum")
    return gap
