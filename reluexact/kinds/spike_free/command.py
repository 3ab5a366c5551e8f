"""``reluexact spike-free``: whether neurons that see all rows are enough, and what they reach."""

from __future__ import annotations

from typing import Annotated

import typer

from reluexact.kinds.spike_free.views import spike_json, spike_pairs
from reluexact.numbers.seconds import Clock
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen

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
        from reluexact.kinds.spike_free.find import all_ones, is_spike_free, sees_all

        with clock.running():
            found = is_spike_free(data)
            solvable = penalty is not None and sees_all(data)
            best = all_ones(data, penalty, progress=report) if solvable else None
        stored = for_file(found) if out is not None else None
    missing = "no neuron sees all rows" if penalty is not None and not solvable else ""
    screen.show(spike_json(found, best), spike_pairs(found, best, missing, source.name), stored=stored)
