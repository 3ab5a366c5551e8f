"""``reluexact theorem``: the optimum in closed form, where a theorem gives it."""

from __future__ import annotations

from typing import Annotated

import typer

from reluexact.kinds.theorem.views import theorem_grids, theorem_json, theorem_pairs
from reluexact.numbers.real import MAX_DIGITS
from reluexact.terminal.job import Job
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Penalty, Quiet, Source, Target, Verbose
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen


@with_reading
def command(
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    digits: Annotated[int, typer.Option(min=1, max=MAX_DIGITS, help="Decimals to prove.")] = 30,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Give the optimum in closed form by a theorem (rank one, orthogonal, spike-free), or say which condition fails.

    Exit code 0: a theorem applies. Exit code 4: none does; solve proves the optimum of any data.
    """
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    job = Job.read(screen, Source(file=file, features=features, target=target, bias=bias, reading=reading), penalty, parts)
    with job.working():
        from reluexact.kinds.theorem.find import theorem

        found = theorem(job.data, job.penalty)
    screen.show(theorem_json(found, digits), theorem_pairs(found, job.name, digits), theorem_grids(found))
    if not found.applies:
        raise typer.Exit(4)
