"""``reluexact max-penalty``: from which penalty on the zero network is optimal."""

from __future__ import annotations

from typing import Annotated

import typer

from reluexact.numbers.real import MAX_DIGITS
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Quiet, Source, Target
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.screen import Screen
from reluexact.terminal.text import exact, plural, proved, real_json


def command(
    file: File,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    digits: Annotated[int, typer.Option(min=1, max=MAX_DIGITS, help="Decimals to prove.")] = 30,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    out: Out = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Find the least penalty at which the zero network is optimal, proved."""
    screen = Screen(as_json=as_json, quiet=quiet, out=out, source=file)
    problem = parts.problem(Source(file=file, features=features, target=target, bias=bias), "1")
    data = problem.data
    with screen.working("greatest penalty") as report:
        from reluexact.kinds.max_penalty.find import max_penalty

        value = max_penalty(problem, progress=report)
        value = value if value.radical is None else value.refined(digits + 2)
    document = {"status": "PROVED", "max_penalty": real_json(value, digits)}
    short = exact(value.low) if value.is_rational else None
    pairs = (
        ("data", f"{file.name}: {plural(data.n, 'row')}; features {', '.join(data.names)}; target {data.target_name}"),
        ("status", "PROVED"),
        ("max penalty", f"{short} (exactly)" if short else proved(value, digits)),
    )
    screen.show(document, pairs)
