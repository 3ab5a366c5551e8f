"""``reluexact ellipsoid``: the support function of the rectified ellipsoid, and how far it reaches along the coordinates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reluexact.kinds.rectified_ellipsoid.views import support_grids, support_json, support_pairs
from reluexact.numbers.real import MAX_DIGITS
from reluexact.numbers.seconds import Clock
from reluexact.terminal.files import check_files, check_view
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Quiet, Source, Target, TimeLimit, Verbose, View
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen

PLOT = "Draw the set, its hull and the polar set (two or three rows); a .png, .svg or .pdf file."


@with_reading
def command(
    file: File,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    digits: Annotated[int, typer.Option(min=1, max=MAX_DIGITS, help="Decimals to prove.")] = 30,
    limit: Annotated[int, typer.Option(min=1, help="Stop when the branch tree has more nodes than this.")] = 200_000,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help=PLOT)] = None,
    view: View = None,
) -> None:
    """Find how far the outputs of one neuron reach in a direction, and which neurons do, proved; --out: the certificate.

    The outputs of neurons with weights of length 1 in all rows are the rectified ellipsoid; the direction is that of the targets.
    The second table has how far it reaches along each coordinate: outputs in this row alone.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--plot": plot})
    check_view(plot, view)
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    data = source.read(screen)
    with screen.working("the support function") as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.rectified_ellipsoid.find import coordinate_neuron, rectified_ellipsoid, support_function

        with clock.running():
            found = support_function(data, data.y, limit=limit, progress=report)
            reaches = [coordinate_neuron(data, row) for row in range(data.n)]
        stored = for_file(found) if out is not None else None
    pairs = support_pairs(found, source.name, digits)
    screen.show(support_json(found, reaches, digits), pairs, support_grids(found, reaches), stored=stored)
    screen.write_plot(rectified_ellipsoid(data), plot, view)
