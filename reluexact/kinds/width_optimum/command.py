"""``reluexact width``: the best network of a given width, or loss against width, with proof."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.budget import Interrupted, spending
from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.stopped import working
from reluexact.kinds.width_optimum.views import curve_grid, curve_json, curve_pairs, width_grid, width_json, width_pairs
from reluexact.numbers.seconds import Clock
from reluexact.terminal.files import check_files
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
    Quiet,
    Source,
    Target,
    TimeLimit,
    Verbose,
)
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import known_data
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reluexact.kinds.width_optimum.claim import WidthOptimum

DEFAULT_DIGITS = 20
DEFAULT_LIMIT = 20_000

Width = Annotated[int | None, typer.Option("--width", metavar="K", min=0, help="The number of neurons that are allowed.")]
Curve = Annotated[
    bool, typer.Option("--curve", metavar=" ", help="All widths from 0 to the first one that reaches the global optimum.")
]
Most = Annotated[int | None, typer.Option(metavar="K", min=0, help="The last width of --curve.")]
Digits = Annotated[int, typer.Option(min=1, max=300, help="The proved bounds are at most 10^-DIGITS apart.")]
Limit = Annotated[int, typer.Option(min=1, help="Stop when the search for one width looks at more assignments than this.")]
Proposer = Annotated[Engine, typer.Option(help="scip: also propose networks by a mixed-integer program. It proves nothing.")]
Plot = Annotated[Path | None, typer.Option(metavar="FILE", help="Draw --curve as a .png, .svg or .pdf file.")]


@with_reading
def command(
    file: File,
    penalty: Penalty = None,
    neurons: Width = None,
    curve: Curve = False,
    most: Most = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    digits: Digits = DEFAULT_DIGITS,
    engine: Proposer = Engine.CLARABEL,
    limit: Limit = DEFAULT_LIMIT,
    plot: Plot = None,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    network_out: NetworkOut = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Find the best network of at most K neurons and prove it, or with --curve those of all widths; --out writes certificates.

    With --curve and --out NAME.json there is one certificate for each width: NAME-0.json, NAME-1.json, ... Exit code 0: PROVED.
    Exit code 4: UNDECIDED, with proved bounds (--out writes their certificate).
    """
    if (neurons is None) is not curve:
        raise InputError("give either --width K, for one width, or --curve, for all")
    if not curve and (most is not None or plot is not None):
        raise InputError("--most and --plot belong to --curve; add --curve or leave them out")
    if curve and network_out is not None:
        raise InputError("--network-out writes the network of one width; give --width K in place of --curve")
    check_files(file, written={"--out": out, "--plot": plot, "--network-out": network_out})
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    job = Job.read(screen, Source(file=file, features=features, target=target, bias=bias, reading=reading), penalty, parts)
    job.known.append(known_data(job.data))
    options: dict[str, object] = {"digits": digits, "engine": engine.value, "limit": limit}
    if neurons is None:
        proved = _curve(job, plot, {**options, "most": most}, clock)
    else:
        proved = _one(job, neurons, network_out, options, clock)
    if not proved:
        raise typer.Exit(4)


def _one(job: Job, neurons: int, place: Path | None, options: dict[str, object], clock: Clock) -> bool:
    screen = job.screen
    with working(job) as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.width_optimum.find import solve_width

        with clock.running():
            found = solve_width(job.data, job.penalty, neurons, progress=report, **options)  # type: ignore[arg-type]
        stored = for_file(found) if screen.out is not None else None
    grids = [width_grid(found)] if found.neurons else []
    screen.show(width_json(found), width_pairs(found, job.name), grids, stored=stored)
    screen.write_network(found.network, place)
    return found.status is Status.PROVED


def _curve(job: Job, plot: Path | None, options: dict[str, object], clock: Clock) -> bool:
    screen = job.screen
    known: list[WidthOptimum] = []

    def keep(optimum: WidthOptimum) -> None:
        known.append(optimum)
        job.known.append(_known(known))

    with working(job) as report:
        from reluexact.kinds.width_optimum.find import width_curve

        try:
            with clock.running():
                found = width_curve(job.data, job.penalty, progress=report, found=keep, **options)  # type: ignore[arg-type]
        except Interrupted as stop:
            keep(stop.bounds)  # type: ignore[arg-type]  # the width that was stopped
            with spending(anew=True):
                _leave(screen, known)
            raise KeyboardInterrupt from None
    _write_all(screen, found.optima, plot)
    screen.write_plot(found, plot)
    replace(screen, out=None).show(curve_json(found), curve_pairs(found, job.name), [curve_grid(found)])
    return found.status is Status.PROVED


def _leave(screen: Screen, known: list[WidthOptimum]) -> None:
    """Write what an interrupt leaves of a curve."""
    from reluexact.kinds.width_optimum.claim import WidthCurve

    _write_all(screen, known, None)
    left = {**curve_json(WidthCurve(optima=tuple(known), fewest=None)), "reason": "interrupted"}
    replace(screen, out=None).leave(left if screen.as_json else {}, None)


def _known(known: list[WidthOptimum]) -> str:
    """Say what is known of the curve, for an interrupt."""
    from reluexact.terminal.text import rounded

    texts = (f"{one.width}: {rounded(one.lower, 12, floor)} to {rounded(one.upper, 12, ceil)}" for one in known)
    return f"known so far, for each width: {'; '.join(texts)}"


def _write_all(screen: Screen, optima: Sequence[WidthOptimum], plot: Path | None) -> None:
    """Write one certificate for each width."""
    if screen.out is None:
        return
    from reluexact.kinds.files import save

    for one in optima:
        place = screen.out.with_name(f"{screen.out.stem}-{one.width}{screen.out.suffix}")
        check_files(screen.source or place.with_suffix(""), written={"--plot": plot, "--out": place})
        save(one, place.resolve())
        screen.remark(f"written: {place} ({place.stat().st_size:,} bytes)")
