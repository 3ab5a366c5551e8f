"""``reluexact spike-free``: whether neurons that see all rows are enough, and what they reach."""

from __future__ import annotations

from typing import Annotated

import typer

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.seconds import Clock
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.problem import PLACES, data_json, data_line
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen
from reluexact.terminal.text import proved, real_json

PENALTY = "Solve the training problem with neurons that see all rows only, at this penalty: an upper bound of the optimal value."


@with_reading
def command(
    file: File,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    penalty: Annotated[str | None, typer.Option("--penalty", "-b", metavar="B", help=PENALTY)] = None,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
) -> None:
    """Decide whether neurons that see all rows are enough for these features, proved; --out writes the certificate.

    PROVED: the outputs of any neuron are those of a linear map that is not longer. REFUTED: with a direction for which they are
    not. Both are answers: the exit code is 0.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    data = source.read(screen)
    with screen.working("the Gram matrix") as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.spike_free.find import all_ones, is_spike_free

        with clock.running():
            found = is_spike_free(data)
            best, missing = None, ""
            if penalty is not None:
                try:
                    best = all_ones(data, penalty, progress=report)
                except InputError as error:
                    if found.status is Status.PROVED or "penalty" in str(error):
                        raise
                    missing = "no neuron sees all rows"
        stored = for_file(found) if out is not None else None
    pairs = [("data", f"{source.name}: {data_line(data)}"), ("status", f"{found.status.name}: {found.reason}")]
    if found.direction:
        pairs.append(("direction", f"({', '.join(map(format_fraction, found.direction))})"))
    if best is not None:
        words = {"PROVED": "the optimal value", "REFUTED": "above the optimal value"}.get(best.optimal.name, "an upper bound")
        pairs.append(("all ones", f"{proved(best.value, PLACES)}, {words}"))
    elif missing:
        pairs.append(("all ones", missing))
    document = {
        "data": data_json(data),
        "kind": "spike-free",
        "status": found.status.name,
        "reason": found.reason,
        "direction": [format_fraction(entry) for entry in found.direction],
        "all_ones": None if best is None else {"value": real_json(best.value, PLACES), "optimal": best.optimal.name},
    }
    screen.show(document, pairs, stored=stored)
