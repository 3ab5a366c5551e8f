"""``reluexact max-penalty``: from which penalty on the zero network is optimal."""

from __future__ import annotations

from typing import Annotated

import typer

from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import Clock
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen
from reluexact.terminal.text import exact, plural, proved, real_json


@with_reading
def command(
    file: File,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    digits: Annotated[int, typer.Option(min=1, max=MAX_DIGITS, help="Decimals to prove.")] = 30,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Find the least penalty at which the zero network is optimal, proved."""
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    problem = parts.problem(screen, source, "1")
    data = problem.data
    with screen.working("greatest penalty") as report:
        from reluexact.kinds.max_penalty.find import max_penalty

        with clock.running():
            value = max_penalty(problem, progress=report)
            value = value if value.radical is None else value.refined(digits + 2)
    document = {"status": "PROVED", "max_penalty": real_json(value, digits)}
    short = exact(value.low) if value.is_rational else None
    pairs = (
        ("data", f"{source.name}: {plural(data.n, 'row')}; features {', '.join(data.names)}; target {data.target_name}"),
        ("status", "PROVED"),
        ("max penalty", f"{short} (exactly)" if short else proved(value, digits)),
    )
    screen.show(document, pairs)
