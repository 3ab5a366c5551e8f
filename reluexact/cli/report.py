"""``reluexact report``: one page about a problem, which needs nothing but a browser."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.numbers.rational import to_penalty
from reluexact.numbers.seconds import to_seconds
from reluexact.terminal.files import check_files
from reluexact.terminal.options import (
    Bias,
    Features,
    File,
    JsonOutput,
    Penalty,
    Quiet,
    Source,
    Target,
    Verbose,
    typed_options,
)
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.problem import data_line, known_problem
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen
from reluexact.terminal.wording import spelled

if TYPE_CHECKING:
    from reluexact.reports.claim import Report

Page = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="The page, an .html file; it is whole or unchanged. Required.")
]
Low = Annotated[str | None, typer.Option(metavar="B", help="The lowest penalty of the path. [default: half of --penalty]")]
Seconds = Annotated[
    str,
    typer.Option("--time-limit", metavar="SECONDS", help="For each question; one that takes longer is UNDECIDED on the page."),
]
Nodes = Annotated[int, typer.Option(min=1, help="Stop when a branch tree has more nodes than this.")]
NoCertificates = Annotated[
    bool, typer.Option("--no-certificates", metavar=" ", help="The page does not carry the certificates, only their digests.")
]


@with_reading
def command(
    file: File,
    penalty: Penalty = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    low: Low = None,
    limit: Nodes = 200_000,
    time_limit: Seconds = "60",
    no_certificates: NoCertificates = False,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    out: Page = None,
    parts: Parts = SHORT_FORM,
) -> None:
    """Write one page (.html) about a problem: value, function, optimal set, path, stationary points, certificates.

    The page needs no network and no other file. Exit code 0: the optimum is PROVED. Exit code 4: it is UNDECIDED. The page is
    written in both cases, and says of each section whether it is proved, and why where it is not.
    """
    screen = Screen(as_json=as_json, quiet=quiet, verbose=verbose, source=file)
    if out is None:
        raise InputError("--out is missing; name the page to write, for example --out report.html")
    check_files(file, written={"--out": out})
    lowest = None if low is None else to_penalty(low, where="--low")
    seconds = to_seconds(time_limit, where="--time-limit")
    source = Source(file=file, features=features, target=target, bias=bias, reading=reading)
    problem = parts.problem(screen, source, penalty)
    typed = typed_options(features, target, parts.weights, bias=bias)
    options = " ".join(filter(None, [typed, *(part for part in parts.given if not part.startswith("--weights"))]))
    with screen.working("loading the solvers", lambda _: f"{known_problem(problem)}; no page is written") as progress:
        from reluexact.reports.answers import Asking
        from reluexact.reports.make import made

        asking = Asking(seconds=seconds, limit=limit, low=lowest, progress=progress, wording=spelled)
        page = made(problem, asking, name=source.name, options=options, embed=not no_certificates)
    page.save(out.resolve())
    screen.show(_json(page), [("data", f"{page.name}: {data_line(problem.data)}"), *_pairs(page)])
    screen.remark(f"written: {out} ({out.stat().st_size:,} bytes)")
    if page.status is not Status.PROVED:
        raise typer.Exit(4)


def _pairs(page: Report) -> list[tuple[str, str]]:
    """Return one line for each section, then what is undecided, and the digests."""
    pairs = [("status", page.status.name)]
    pairs += [("section", f"{title}: {status.name}" if status is not None else title) for _, title, status in page.sections]
    pairs += [("undecided", f"{title}: {reason}") for title, reason in page.undecided]
    return pairs + [(kind, f"sha256 {sha256(content).hexdigest()}") for kind, content in page.certificates]


def _json(page: Report) -> dict[str, object]:
    """Return the same as a JSON object."""
    return {
        "kind": "report",
        "status": page.status.name,
        "name": page.name,
        "sections": [
            {"id": place, "title": title, "status": None if status is None else status.name}
            for place, title, status in page.sections
        ],
        "undecided": [{"title": title, "reason": reason} for title, reason in page.undecided],
        "certificates": [
            {"kind": kind, "bytes": len(content), "sha256": sha256(content).hexdigest()} for kind, content in page.certificates
        ],
    }
