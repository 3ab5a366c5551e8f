"""``reluexact set``: all optimal networks, as a table, as a certificate, and as a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.views import neuron_grid, set_json, set_pairs, vertex_grids
from reluexact.kinds.optimum.views import known_data, known_optimum, known_set
from reluexact.terminal.options import Bias, Features, File, JsonOutput, Out, Penalty, Quiet, Source, Target
from reluexact.terminal.screen import Report, Screen, check_place

if TYPE_CHECKING:
    from fractions import Fraction

    from reluexact.kinds.connectivity.staircase import Staircase
    from reluexact.kinds.optimal_set.claim import OptimalSet
    from reluexact.kinds.optimum.claim import Optimum
    from reluexact.model.dataset import Dataset


def optimal_set(
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    limit: Annotated[
        int, typer.Option(min=1, help="Stop when a branch tree has more nodes, or the polytope more bases, than this.")
    ] = 200_000,
    latex: Annotated[
        Path | None, typer.Option("--latex", metavar="FILE", help="Write a LaTeX document about the set, as a paper has it.")
    ] = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    out: Out = None,
) -> None:
    """Describe all optimal networks: neurons, dimension, vertices, fewest neurons; --out writes the certificate.

    Exit code 0: PROVED. Exit code 4: UNDECIDED, with the reason and what is proved (the files are written all the same).
    """
    screen = Screen(as_json=as_json, quiet=quiet, out=out, source=file)
    if latex is not None:
        check_place(latex, "--latex", file)
        if out is not None and latex.resolve() == out.resolve():
            raise InputError("--latex and --out name the same file; name two")
    data, weight = Source(file=file, features=features, target=target, bias=bias).read_with_penalty(penalty)
    known = [known_data(data)]
    with screen.working("loading the solvers", lambda: known[-1]) as report:
        optimum, best, stairs = _find(data, weight, limit, report, known)
        report("writing")
        stored = _stored(optimum, best) if out is not None else None
        if latex is not None:
            options = _options(features, target, bias=bias)
            _write_paper(optimum, best, stairs, place=latex, name=file.name, options=options)
    if latex is not None:
        screen.remark(f"written: {latex} ({latex.stat().st_size:,} bytes)")
    screen.show(
        set_json(optimum, best),
        set_pairs(optimum, best, stairs, file.name),
        () if best is None else (neuron_grid(best), *vertex_grids(best)) if best.neurons else (),
        stored=stored,
    )
    if best is None or best.status is not Status.PROVED:
        raise typer.Exit(4)


def _find(
    data: Dataset, penalty: Fraction, limit: int, report: Report, known: list[str]
) -> tuple[Optimum, OptimalSet | None, Staircase | None]:
    """Return the optimum, and its set and widths when it is proved; ``known`` grows with what is found."""
    from reluexact.kinds.connectivity.find import staircase
    from reluexact.kinds.optimal_set.find import optimal_set as find_set
    from reluexact.kinds.optimum.find import solve

    optimum = solve(data, penalty, limit=limit, progress=report)
    known.append(known_optimum(optimum))
    if optimum.status is not Status.PROVED:
        return optimum, None, None
    report("vertices")
    best = find_set(optimum, limit=limit)
    known.append(known_set(best))
    if best.status is not Status.PROVED:
        return optimum, best, None
    report("widths")
    return optimum, best, staircase(best)


def _options(features: str | None, target: str | None, *, bias: bool) -> str:
    """Return the options that say how the data were read, as they are typed in a shell."""
    from shlex import quote

    parts = ["--features " + quote(features)] if features is not None else []
    parts += ["--target " + quote(target)] if target is not None else []
    return " ".join([*parts, *(["--bias"] if bias else [])])


def _write_paper(
    optimum: Optimum, best: OptimalSet | None, stairs: Staircase | None, *, place: Path, name: str, options: str
) -> None:
    from reluexact.certificates.files import write_text
    from reluexact.kinds.optimal_set.paper import Paper

    paper = Paper(name=name, optimum=optimum, best=best, options=options, staircase=stairs)
    write_text(paper.latex(), place.resolve())


def _stored(optimum: Optimum, best: OptimalSet | None) -> bytes | InputError:
    """Return the certificate of the set, else that of the optimum or of its bounds."""
    from reluexact.kinds.files import for_file

    return for_file(best if best is not None and best.status is Status.PROVED else optimum)
