"""``reluexact check``: re-check a certificate with the stand-alone checker."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.checker import Report, check_document, read_problem
from reluexact.errors import InputError
from reluexact.numbers.rational import format_fraction
from reluexact.progress import Progress
from reluexact.terminal.options import Bias, Features, JsonOutput, Penalty, Quiet, Source, Target, read_certificate
from reluexact.terminal.screen import Screen

if TYPE_CHECKING:
    from reluexact.model.dataset import Dataset


class Kernel(StrEnum):
    """What checks the certificate."""

    PYTHON = "python"
    COQ = "coq"
    COQ_FAST = "coq-fast"


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The certificate.", show_default=False)],
    statement: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The data it has to be about (.csv, .json, .npz); other certificates are REJECTED."),
    ] = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    penalty: Penalty = None,
    kernel: Annotated[
        Kernel, typer.Option(help="Who checks: the stand-alone checker, or Coq, which then proves a theorem (kind bound).")
    ] = Kernel.PYTHON,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
) -> None:
    """Check a certificate exactly, with the standard library only: VERIFIED (exit 0) or REJECTED (exit 3).

    --features, --target, --bias and --penalty say how to read the file of --statement. The same check, without this program:
    python -I -S reluexact/checker.py FILE
    """
    screen = Screen(as_json=as_json, quiet=quiet)
    wanted = None
    if statement is not None:
        source = Source(file=statement, features=features, target=target, bias=bias)
        data, weight = source.read_with_penalty(penalty)
        wanted = _problem_text(data, weight)
    elif features is not None or target is not None or bias or penalty is not None:
        raise InputError("--features, --target, --bias and --penalty say how to read the file of --statement; give it, too")
    text = read_certificate(file)
    with screen.working("checking") as progress:
        python = kernel is Kernel.PYTHON
        report = check_document(text, wanted) if python else _check_with_coq(file, text, wanted, progress, kernel)
    verdict = "VERIFIED" if report.verified else f"REJECTED: {report.path}: {report.reason}"
    screen.show(asdict(report), (), lines=(*report.lines, verdict))
    if not report.verified:
        raise typer.Exit(3)


def _check_with_coq(file: Path, text: bytes, wanted: str | None, progress: Progress, kernel: Kernel) -> Report:
    from reluexact.certificates.coq.file import kind_of
    from reluexact.certificates.coq.kernel import check_with_coq

    kind = kind_of(text)
    if kind not in ("", "bound"):
        raise InputError(
            f"{file}: the kind {kind} has no checker in Coq; certify bounds of the same problem, for example with "
            "reluexact solve DATA --penalty B --bound --gap 1/1000000000 --out bound.json, or write a theorem with reluexact coq"
        )
    problem = None if wanted is None else read_problem(wanted)
    return check_with_coq(text, problem, progress, fast=kernel is Kernel.COQ_FAST)


def _problem_text(data: Dataset, penalty: Fraction) -> str:
    """Write a problem as the checker reads it."""
    rows = [[format_fraction(value) for value in row] for row in data.X]
    targets = [format_fraction(value) for value in data.y]
    return json.dumps({"X": rows, "y": targets, "penalty": format_fraction(penalty)})
