"""``reluexact classify``: what kind of point a network is, with a witness for every answer."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reluexact.certificates.document import sign_text
from reluexact.errors import InputError, Message
from reluexact.kinds.classification.gap import Gap, balance_words, kind_words, rebalanced
from reluexact.kinds.networks import read_network
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.real import Real
from reluexact.numbers.seconds import Clock
from reluexact.progress import Progress, Stage
from reluexact.terminal.files import check_files
from reluexact.terminal.job import Job
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Penalty, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import data_json, data_pairs
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Grid, Screen
from reluexact.terminal.text import exact, magnitude, plural, real_json, rounded

if TYPE_CHECKING:
    from reluexact.kinds.classification.claim import Classification, Properties, Property, Snapped
    from reluexact.model.network import Network

PLACES = 12
_HEADINGS = ("property", "answer", "reason")
_LEGEND = (
    "what the network may be, the strongest first",
    "PROVED: it is; REFUTED: it is not; UNDECIDED",
    "why, in a few words; the witness stands in the certificate and in --json",
)

Given = Annotated[
    Path, typer.Option("--network", metavar="FILE", help='A .json file {"hidden": [[...]], "output": [...]}, read exactly.')
]
Limit = Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes, or a neuron more cells, than this.")]
Snap = Annotated[
    str | None,
    typer.Option(
        "--snap", metavar="TOL", help="Take the exact stationary network next to it; TOL: how near to a wall may be on it."
    ),
]
Balance = Annotated[
    bool, typer.Option("--balance", metavar=" ", help="Balance the network first (|w| = |a|): the same function, exactly.")
]

Plot = Annotated[
    Path | None,
    typer.Option(
        "--plot", metavar="FILE", help="Draw in which directions one more neuron would help: a .png, .svg or .pdf file."
    ),
]


@with_reading
def command(
    file: File,
    network: Given,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    limit: Limit = 200_000,
    snap: Snap = None,
    balance: Balance = False,
    time_limit: TimeLimit = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    plot: Plot = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Decide whether a network is stationary, a local or the global minimum, exactly, and show why; --out writes the certificate.

    A network that floats found is stationary up to rounding only; --snap proves that an exact one is near and decides about that
    (without a certificate: its numbers are algebraic). First come the objective, the proved optimum and the gap between them.

    Exit code 0: every property is proved or refuted. Exit code 4: some are UNDECIDED, with the reason.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    check_files(file, written={"--out": out, "--plot": plot}, read={"--network": network})
    job = Job.read(screen, Source(file=file, features=features, target=target, bias=bias, reading=reading), penalty, parts)
    given = rebalanced(read_network(network)) if balance else read_network(network)
    if snap is not None:
        _snap(job, given, snap, limit, clock, plot)
        return
    with job.working() as report:
        from reluexact.kinds.classification.find import classify

        with clock.running():
            found = classify(given, job.data, job.penalty, limit=limit, progress=report)
            gap = _gap(job, Real.rational(found.objective), found.global_minimum, limit, report)
        stored = _stored(found, report) if out is not None else None
    pairs = [*data_pairs(job.data, job.penalty, job.name), *gap.pairs(), *_pairs(found, gap, network.name)]
    screen.show(_document(found) | gap.document(), pairs, [_grid(found.properties)], lines=("", *_lines(found)), stored=stored)
    screen.write_plot(found, plot)
    if not found.decided:
        raise typer.Exit(4)


def _gap(job: Job, objective: Real, answer: Property, limit: int, report: Progress) -> Gap:
    """Compare with the proved optimum, which is not looked for where the network is known to be one."""
    from reluexact.evidence.status import Status
    from reluexact.kinds.optimum.find import solve

    is_global = answer.status is Status.PROVED
    optimum = None if is_global else solve(job.data, job.penalty, limit=limit, progress=report)
    return Gap.between(objective, optimum)


def _stored(found: Classification, report: Progress) -> bytes | InputError:
    from reluexact.kinds.files import for_file

    report(Stage("the certificate"))
    return for_file(found)


def _snap(job: Job, given: Network, tolerance: str, limit: int, clock: Clock, plot: Path | None) -> None:
    """Show the exact stationary network next to a given one."""
    from reluexact.evidence.status import Status
    from reluexact.numbers.rational import to_fraction

    if plot is not None:
        raise InputError("--plot draws the given network, and --snap answers about another one; leave one of them out")
    if job.screen.out is not None:
        raise InputError("--out writes a certificate, and a network found by --snap has none; use --json for stdout")
    near = to_fraction(tolerance, where="--snap")
    if not 0 < near < 1:
        raise InputError(f"--snap: {tolerance!r} is not between 0 and 1; give a tolerance such as 1/1000")
    with job.working() as report, clock.running():
        from reluexact.kinds.classification.snap import snap

        found = snap(given, job.data, job.penalty, tolerance=near, limit=limit, progress=report)
        gap = None
        if found.value is not None and found.global_minimum is not None:
            gap = _gap(job, found.value, found.global_minimum, limit, report)
    pairs = [*data_pairs(job.data, job.penalty, job.name), *(gap.pairs() if gap else ()), ("kind", found.summary)]
    if found.value is not None and found.moved is not None:
        pairs.append(
            ("network", f"{plural(len(found.neurons), 'neuron')}; no |a| w changed by more than {magnitude(found.moved)}")
        )
    rows = tuple((name, answer.status.name, answer.reason) for name, answer in found.properties)
    grids = [Grid(headings=_HEADINGS, rows=rows, left=_HEADINGS, legend=_LEGEND)] if rows else []
    job.screen.show(_snapped_document(found) | (gap.document() if gap else {}), pairs, grids)
    if found.status is not Status.PROVED or any(answer.status is Status.UNDECIDED for _, answer in found.properties):
        raise typer.Exit(4)


def _snapped_document(found: Snapped) -> dict[str, object]:
    """Return what is known of the exact network."""
    return {
        "kind": "snapped",
        "status": found.status.name,
        "reason": found.reason,
        "summary": found.summary,
        "penalty": format_fraction(found.penalty),
        "objective": None if found.value is None else real_json(found.value, 30),
        "moved": None if found.moved is None else format_fraction(found.moved),
        "network": None if found.network is None else found.network.to_lists(),
        "neurons": [
            {
                "sign": neuron.sign,
                "gate": "".join(found.data.per_row(neuron.pattern)),
                "direction": [real_json(entry, PLACES) for entry in neuron.direction],
                "amount": None if neuron.amount is None else real_json(neuron.amount, PLACES),
            }
            for neuron in found.neurons
        ],
        "properties": {name: {"status": answer.status.name, "reason": answer.reason} for name, answer in found.properties},
    }


def _pairs(found: Classification, gap: Gap, name: str) -> list[tuple[str, str]]:
    zeros = f", {len(found.zero_neurons)} of them zero" if found.zero_neurons else ""
    merged = f"; {plural(found.merged.width, 'neuron')} when merged" if found.merged.width != found.network.width else ""
    size = f"{name}: {plural(found.network.width, 'neuron')}{zeros}{merged}; "
    return [
        ("kind", kind_words(found, gap)),
        ("network", Message(size, balance_words(found.network))),
        ("distance", f"{found.distance!r} (the length of the shortest Clarke subgradient)"),
    ]


def _grid(properties: Properties) -> Grid:
    rows = tuple((name, answer.status.name, answer.reason) for name, answer in properties)
    return Grid(headings=_HEADINGS, rows=rows, left=_HEADINGS, legend=_LEGEND)


def _lines(found: Classification) -> list[str]:
    """Describe the witnesses that a reader wants to see: gates, columns or blocked cells, the way down, the missing neuron."""
    return [*_stationarity_lines(found), *_descent_lines(found), *_violation_lines(found)]


def _stationarity_lines(found: Classification) -> list[str]:
    from reluexact.kinds.classification.claim import Blocked, Gates, SubSampled

    lines = []
    clarke, chosen = found.clarke.witness, found.sub_sampled.witness
    if isinstance(clarke, Gates):
        for j, gates in enumerate(clarke.gates):
            if any(0 < gate < 1 for gate in gates):
                lines.append(f"gates       neuron {j}: {_vector(found.data.per_row(gates))}")
    if isinstance(chosen, SubSampled):
        for column in chosen.columns:
            pattern = "".join(map(str, found.data.per_row(column.pattern)))
            lines.append(f"column      neuron {column.neuron}: pattern {pattern}, sign {sign_text(column.sign)}")
    if isinstance(chosen, Blocked):
        for direction, slope in zip(chosen.directions, chosen.derivatives, strict=True):
            lines.append(f"no cell     neuron {chosen.neuron}: along {_vector(direction)} the derivative is {_number(slope)}")
    return lines


def _descent_lines(found: Classification) -> list[str]:
    from reluexact.kinds.classification.claim import Descent

    way = found.local_minimum.witness
    if not isinstance(way, Descent):
        return []
    lines = []
    for j, (move, change) in enumerate(zip(way.hidden, way.output, strict=True)):
        if any(move) or change:
            lines.append(f"way down    neuron {j}: hidden {_vector(move)}, output {_number(change)}")
    order = f"derivative {_number(way.derivative)}" if way.curvature is None else f"curvature {_number(way.curvature)}"
    return [*lines, f"            {order}; a network on it has the objective {_better(found, way.better)}"]


def _violation_lines(found: Classification) -> list[str]:
    from reluexact.kinds.classification.claim import Violation

    wider = found.global_minimum.witness
    if not isinstance(wider, Violation):
        return []
    first = f"new neuron  sign {sign_text(wider.sign)}, direction {_vector(wider.direction)}"
    return [first, f"            a network with it has the objective {_better(found, wider.better)}"]


def _better(found: Classification, network: Network) -> str:
    return _number(network.objective(found.data, found.penalty))


def _number(value: Fraction) -> str:
    return exact(value) or rounded(value, PLACES)


def _vector(values: tuple[Fraction, ...]) -> str:
    return f"({', '.join(map(_number, values))})"


def _document(found: Classification) -> dict[str, object]:
    """Return everything that is known, exact numbers as text."""
    return {
        "kind": "classification",
        "data": data_json(found.data),
        "penalty": format_fraction(found.penalty),
        "network": found.network.to_lists(),
        "objective": format_fraction(found.objective),
        "residual": [format_fraction(value) for value in found.data.unscaled(found.residual)],
        "summary": found.summary,
        "balanced": found.balanced,
        "merged": found.merged.to_lists(),
        "zero_neurons": list(found.zero_neurons),
        "distance": real_json(found.distance, PLACES),
        **({} if found.data.copies is None else {"witnesses_are_about": "scaled_copies"}),
        "properties": {
            name: {"status": answer.status.name, "reason": answer.reason, "witness": _plain(answer.witness)}
            for name, answer in found.properties
        },
    }


def _plain(value: Any) -> Any:
    """Turn a witness into plain JSON values."""
    from reluexact.evidence.network import BoundEvidence
    from reluexact.model.network import Network

    if isinstance(value, Fraction):
        return format_fraction(value)
    if isinstance(value, Network):
        return value.to_lists()
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, BoundEvidence):
        nodes = [len(value.positive), len(value.negative)]
        return {"kind": "BoundEvidence", "residual": _plain(value.residual), "tree_nodes": nodes}
    if is_dataclass(value):
        return {"kind": type(value).__name__} | {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    return value
