"""``reluexact check``: re-check a certificate with the stand-alone checker."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.checker import check_document
from reluexact.cli.options import Bias, Features, JsonOutput, Penalty, Quiet, Source, Target
from reluexact.cli.screen import Screen
from reluexact.errors import InputError
from reluexact.exact.rational import format_fraction

if TYPE_CHECKING:
    from reluexact.training.dataset import Dataset


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The certificate.", show_default=False)],
    statement: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The data it has to be about (.csv, .json, .npz); other certificates are REJECTED."),
    ] = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    penalty: Penalty = None,
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
    text = _read(file)
    with screen.working("checking"):
        report = check_document(text, wanted)
    verdict = "VERIFIED" if report.verified else f"REJECTED: {report.path}: {report.reason}"
    screen.show(asdict(report), (), lines=(*report.lines, verdict))
    if not report.verified:
        raise typer.Exit(3)


def _problem_text(data: Dataset, penalty: Fraction) -> str:
    """Write a problem as the checker reads it."""
    rows = [[format_fraction(value) for value in row] for row in data.X]
    targets = [format_fraction(value) for value in data.y]
    return json.dumps({"X": rows, "y": targets, "penalty": format_fraction(penalty)})


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); give the path of a certificate") from None
