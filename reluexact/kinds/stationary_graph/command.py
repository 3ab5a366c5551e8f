"""``reluexact graph``: the optima of all sub-sampled programs and the steps between them, with proof."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError, Message
from reluexact.evidence.status import Status
from reluexact.kinds.networks import read_network
from reluexact.numbers.counts import count_text
from reluexact.numbers.rational import format_fraction
from reluexact.numbers.seconds import Clock
from reluexact.terminal.files import check_files
from reluexact.terminal.job import Job
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Penalty, Quiet, Source, Target, TimeLimit, Verbose
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import data_json, data_pairs
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Grid, Pairs, Screen
from reluexact.terminal.text import limit_json, plural, proved, real_json
from reluexact.terminal.workers import Dask, Jobs, workers

if TYPE_CHECKING:
    from reluexact.kinds.stationary_graph.claim import MinimalNetwork, StationaryGraph, StationaryNode
    from reluexact.model.dataset import Dataset

PLACES = 12
ROWS = 30
"""Lines of the table; the JSON output has all nodes."""

Start = Annotated[
    Path | None,
    typer.Option("--network", metavar="FILE", help="Start at the cells of this network (or certificate), not at the empty set."),
]
Only = Annotated[
    Path | None, typer.Option("--only", metavar="FILE", help="Use the cells of this network (.json) only, instead of all.")
]
Steepest = Annotated[
    bool,
    typer.Option("--steepest", metavar=" ", help="Follow one step from each node: the column that exceeds the penalty most."),
]
Kept = Annotated[
    Path | None,
    typer.Option("--state", metavar="FILE", help="Remember every proved node here; run again to go on after a stop."),
]
Plot = Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Draw the graph by value: a .png, .svg or .pdf file.")]

GraphMl = Annotated[Path | None, typer.Option("--graphml", metavar="FILE", help="Write the graph as GraphML.")]
Limit = Annotated[int, typer.Option(min=1, help="Stop at more nodes than this, or at 100 times as many steps.")]


@with_reading
def command(
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    network: Start = None,
    only: Only = None,
    steepest: Steepest = False,
    limit: Limit = 10_000,
    state: Kept = None,
    plot: Plot = None,
    graphml: GraphMl = None,
    time_limit: TimeLimit = None,
    jobs: Jobs = 1,
    dask: Dask = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Out = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Map the stationary points: the optima of all sub-sampled programs, proved; --out writes the certificate.

    Exit code 0: all that was asked for is there. Exit code 4: stopped by --limit, or a program has no proof; the rest holds.
    """
    clock = Clock(time_limit, where="--time-limit")
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, out=out, source=file)
    _check_files(file, out, plot, graphml, state, network, only)
    job = Job.read(screen, Source(file=file, features=features, target=target, bias=bias, reading=reading), penalty, parts)
    start, columns = (None if one is None else read_network(one) for one in (network, only))
    with screen.working("loading the solvers", partial(_known, state=state)) as report:
        from reluexact.kinds.files import for_file
        from reluexact.kinds.stationary_graph.find import stationary_graph

        walk = partial(stationary_graph, columns=columns, start=start, steepest=steepest, limit=limit, state=state)
        with clock.running(), workers(jobs, dask) as shared:
            found = walk(job.data, job.penalty, map=shared, progress=report)
        stored = for_file(found) if out is not None else None
    _show(found, job, screen, stored)
    _write(found, plot, graphml, screen)
    if found.status is not Status.PROVED:
        raise typer.Exit(4)


def _check_files(file: Path, *others: Path | None) -> None:
    """Refuse files of options that cannot be written or read; ``others`` in the order of the options below."""
    options = ("--out", "--plot", "--graphml", "--state", "--network", "--only")
    named = dict(zip(options, others, strict=True))
    read = {option: named.pop(option) for option in ("--network", "--only")}
    check_files(file, written=named, read=read)


def _known(proved: str, state: Path | None) -> str:
    """Say what an interrupted run leaves."""
    kept = "" if state is None else f"; {state} keeps them, run the command again to go on"
    return f"{proved or '0 nodes and 0 steps proved'}{kept}"


def _write(found: StationaryGraph, plot: Path | None, graphml: Path | None, screen: Screen) -> None:
    """Write GraphML and picture."""
    if graphml is not None:
        found.save_graphml(graphml)
        screen.remark(f"written: {graphml}")
    screen.write_plot(found, plot)


def _pairs(found: StationaryGraph, job: Job) -> Pairs:
    """Return the lines above the table."""
    from reluexact.kinds.stationary_graph.graphml import counts_by_kind

    done = "PROVED: every node and step" if found.status is Status.PROVED else Message("UNDECIDED: ", found.reason)
    cells = f"{len(found.columns)} columns (sign, cell), {_whose(found)}"
    programs = count_text(found.programs)
    if found.complete:
        covered = f"{programs} sub-sampled programs; the optimum of every one is among the nodes"
    else:
        covered = f"{count_text(found.covered)} of {programs} sub-sampled programs have their optimum among the nodes"
    pairs = [
        *data_pairs(job.data, job.penalty, job.name),
        ("status", done),
        ("columns", cells),
        ("programs", covered),
        ("nodes", f"{len(found.nodes)}, in {plural(len(found.levels), 'level')} of the objective"),
        ("kinds", ", ".join(f"{count} {kind}" for kind, count in counts_by_kind(found).items())),
        ("steps", str(len(found.edges))),
    ]
    if found.complete and found.every:
        widths = "; ".join(f"{width}: {proved(value, 8)}" for width, value in found.values_by_width())
        traps = ", ".join(map(str, found.trap_widths or ())) or "none"
        way = f"from width {found.descent_width} on there is always a way down"
        pairs.append(("traps", f"minimal networks that are local minima at their width, not global: widths {traps}; {way}"))
        pairs.append(("widths", f"least objective of networks with so many neurons: {widths}"))
    if found.nodes:
        best = found.best
        pairs.append(("lowest", f"{proved(best.value, 20)}, {plural(best.width, 'neuron')}: {best.kind}"))
    return pairs


def _whose(found: StationaryGraph) -> str:
    """Say which columns the graph has."""
    if found.every:
        return "all of the data"
    walked = dict(found.produced_by).get("steepest")
    return "those of the network" if walked is None else f"those near the walk; {walked}"


def _shown(found: StationaryGraph) -> list[StationaryNode]:
    """Return the nodes of the table, the lowest first: only minima and stationary ones where not all fit."""
    nodes = list(reversed(found.nodes))
    return nodes if len(nodes) <= ROWS else [node for node in nodes if node.kind != "not stationary"][:ROWS]


def _show(found: StationaryGraph, job: Job, screen: Screen, stored: bytes | InputError | None) -> None:
    """Show the graph; one without a node, stopped before there was one, has no certificate and is UNDECIDED all the same."""
    try:
        screen.show(_json(found), _pairs(found, job), [_grid(found)], lines=_left_out(found), stored=stored)
    except InputError as failure:
        if found.nodes or found.status is Status.PROVED:
            raise
        screen.remark(str(failure))


def _left_out(found: StationaryGraph) -> tuple[str, ...]:
    """Say how many nodes the table leaves out."""
    count = len(found.nodes) - len(_shown(found))
    return ("", f"{plural(count, 'node')} not shown; --json lists all") if count else ()


def _grid(found: StationaryGraph) -> Grid:
    """Return the table of nodes."""
    nodes = _shown(found)
    rows = tuple(
        (
            str(node.index),
            proved(node.value, PLACES),
            str(node.width),
            str(node.dimension),
            str(len(node.violated)),
            count_text(node.covers),
            node.kind,
        )
        for node in nodes
    )
    headings = ("node", "objective", "neurons", "dimension", "violated", "programs", "kind")
    legend = (
        "its number, by objective",
        "the objective of the optimum of a sub-sampled program",
        "the fewest neurons of its networks",
        "the dimension of the set of its networks",
        "columns that exceed the penalty: adding one lowers the objective",
        "sub-sampled programs that have this optimum",
        "what its networks are; see classify",
    )
    return Grid(headings=headings, rows=rows, left=("kind",), legend=legend)


def _json(found: StationaryGraph) -> dict[str, object]:
    """Return everything about the graph."""
    return {
        "kind": "stationary-graph",
        "status": found.status.name,
        "reason": found.reason,
        "limit": limit_json(found.reason),
        **({} if found.data.copies is None else {"data": data_json(found.data)}),
        "penalty": format_fraction(found.penalty),
        "columns": [{"sign": column.sign, "pattern": "".join(found.data.per_row(column.pattern))} for column in found.columns],
        "every": found.every,
        "complete": found.complete,
        "programs": format_fraction(found.programs),
        "nodes": [_node(node, found.data) for node in found.nodes],
        "edges": [{"source": edge.source, "target": edge.target, "column": edge.column} for edge in found.edges],
        "starts": list(found.starts),
        "descent_width": found.descent_width,
        "trap_widths": None if found.trap_widths is None else list(found.trap_widths),
        "levels": [[node.index for node in level] for level in found.levels],
    }


def _node(node: StationaryNode, data: Dataset) -> dict[str, object]:
    return {
        "index": node.index,
        "value": real_json(node.value, 20),
        "kind": node.kind,
        "width": node.width,
        "dimension": node.dimension,
        "covers": format_fraction(node.covers),
        "violated": list(node.violated),
        "local_minimum": node.local_minimum.name,
        "global_minimum": node.global_minimum.name,
        "stationary": node.stationary.name,
        "strict_saddle_with_spare_neuron": node.strict_saddle.name,
        "neurons": [
            {
                "sign": neuron.sign,
                "gate": "".join(data.per_row(neuron.pattern)),
                "direction": [real_json(entry, PLACES) for entry in neuron.direction],
                "columns": [k for k in range(node.size) if node.column_supports.classes[place] >> k & 1],
            }
            for place, neuron in enumerate(node.neurons)
        ],
        "networks": [_network(network) for network in node.networks],
    }


def _network(network: MinimalNetwork) -> dict[str, object]:
    return {
        "support": list(network.support),
        "amounts": [real_json(network.amounts[k], PLACES) for k in network.support],
        "local_minimum": network.local_minimum.name,
        "stationary": network.stationary.name,
    }
