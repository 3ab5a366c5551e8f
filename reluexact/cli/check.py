"""``reluexact check``: re-check a certificate with the stand-alone checker."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.checker import Report, check_document
from reluexact.checker.extended import asked_problem
from reluexact.errors import InputError
from reluexact.numbers.rational import format_fraction
from reluexact.progress import Progress
from reluexact.terminal.options import Bias, Features, JsonOutput, Penalty, Quiet, Source, Target, read_certificate
from reluexact.terminal.parts import SHORT_FORM, Parts
from reluexact.terminal.reading import Reading, with_reading
from reluexact.terminal.screen import Screen, check_place

if TYPE_CHECKING:
    from reluexact.model.problem import Problem


class Kernel(StrEnum):
    """What checks the certificate."""

    PYTHON = "python"
    COQ = "coq"
    COQ_FAST = "coq-fast"


Certificate = Annotated[Path | None, typer.Argument(metavar="FILE", help="The certificate.", show_default=False)]
Statement = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The data it has to be about (.csv, .json, .npz); other certificates are REJECTED."),
]
Checks = Annotated[
    Kernel, typer.Option(help="Who checks: the stand-alone checker, or Coq, which then proves a theorem (kind bound).")
]
WriteChecker = Annotated[
    Path | None,
    typer.Option(metavar="FILE.pyz", help="Write the stand-alone checker as one file; no certificate is needed then."),
]


@with_reading
def command(
    file: Certificate = None,
    statement: Statement = None,
    features: Features = None,
    target: Target = None,
    bias: Bias = False,
    reading: Reading | None = None,
    penalty: Penalty = None,
    kernel: Checks = Kernel.PYTHON,
    write_checker: WriteChecker = None,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
    parts: Parts = SHORT_FORM,
) -> None:
    """Check a certificate exactly, with the standard library only: VERIFIED (exit 0) or REJECTED (exit 3).

    --features, --target, --bias, --penalty and the parts of the problem say how to read the file of --statement. The same check,
    without this program:
    python -I -S reluexact/checker FILE, or python -I -S checker.pyz FILE after --write-checker checker.pyz
    """
    screen = Screen(as_json=as_json, quiet=quiet)
    if write_checker is not None:
        _write_checker(write_checker, file, screen)
        if file is None:
            return
    if file is None:
        raise InputError("FILE is missing; give the path of a certificate")
    source = Source(file=statement or file, features=features, target=target, bias=bias, reading=reading)
    others = source != Source(file=file, reading=Reading()) or parts != SHORT_FORM
    text = read_certificate(file)
    stated = _penalty_of_none(text) if statement is not None and penalty is None else penalty
    given = problem = _wanted(screen, None if statement is None else source, stated, parts, others)
    if problem is not None and problem.weights is not None:
        problem = _in_form_of(text, problem, screen)
    wanted = None if problem is None else _problem_text(problem)
    with screen.working("checking") as progress:
        python = kernel is Kernel.PYTHON
        report = check_document(text, wanted) if python else _check_with_coq(file, text, wanted, progress, kernel)
    report = _explained(report, text, problem, given)
    verdict = "VERIFIED" if report.verified else f"REJECTED: {report.path}: {report.reason}"
    screen.show(asdict(report), (), lines=(*report.lines, verdict))
    if not report.verified:
        raise typer.Exit(3)


def _write_checker(place: Path, file: Path | None, screen: Screen) -> None:
    from reluexact.certificates.checker_archive import checker_archive
    from reluexact.certificates.files import write_bytes

    check_place(place, "--write-checker", file)
    content = checker_archive()
    write_bytes(content, place)
    if file is None:
        facts = {"checker": str(place), "sha256": sha256(content).hexdigest()}
        screen.show(facts, tuple(facts.items()))
    screen.remark(f"written: {place} ({len(content):,} bytes); python3 -I -S {place} FILE checks a certificate")


def _check_with_coq(file: Path, text: bytes, wanted: str | None, progress: Progress, kernel: Kernel) -> Report:
    from reluexact.certificates.coq.file import kind_of
    from reluexact.certificates.coq.kernel import check_with_coq

    kind = kind_of(text)
    if kind not in ("", "bound"):
        raise InputError(
            f"{file}: the kind {kind} has no checker in Coq; certify bounds of the same problem, for example with "
            "reluexact solve DATA --penalty B --bound --gap 1/1000000000 --out bound.json, or write a theorem with reluexact coq"
        )
    problem = None if wanted is None else asked_problem(wanted)
    return check_with_coq(text, problem, progress, fast=kernel is Kernel.COQ_FAST)


def _explained(report: Report, text: bytes, problem: Problem | None, given: Problem | None) -> Report:
    """Say more of a refusal: in what the problem differs, as it is given or as scaled copies of rows, or what the file is."""
    from reluexact.cli.differences import difference
    from reluexact.cli.mistakes import kind_of_file

    if report.verified:
        return report
    if problem is not None and given is not None and report.path == "statement.problem":
        more = difference(text, given, problem)
    else:
        more = kind_of_file(text) if report.path == "document" else ""
    return replace(report, reason=f"{report.reason}: {more}") if more else report


def _wanted(screen: Screen, source: Source | None, penalty: str | None, parts: Parts, others: bool) -> Problem | None:
    """Return the problem that the certificate has to be about; None for any."""
    if source is not None:
        return parts.problem(screen, source, penalty)
    if others or penalty is not None:
        options = "the options that say how to read data, and those of the parts of the problem,"
        raise InputError(f"{options} are about the file of --statement; give it, too")
    return None


def _penalty_of_none(text: bytes) -> str | None:
    """Return the penalty that a certificate has where its question has none: a path is about all, an interpolation about 0."""
    from reluexact.checker.document import Rejected, read_document

    try:
        statement = read_document(text).table()["statement"].table()
        about_none = statement["kind"].text() in ("path", "interpolation", "support", "spike-free")
        return statement["problem"].table()["penalty"].text() if about_none else None
    except (KeyError, Rejected):
        return None  # the checker says what is wrong


def _in_form_of(text: bytes, problem: Problem, screen: Screen) -> Problem:
    """Return a problem with row weights as a certificate has it: version 1 is about scaled copies of rows."""
    from reluexact.cli.mistakes import version_of
    from reluexact.kinds.carries import parts_of
    from reluexact.model.row_weights import without_weights

    if version_of(text) != 1 or parts_of(problem) != ("weights",):
        return problem
    plain = without_weights(problem)
    screen.heed([] if plain.data.copies is None else [plain.data.copies.remark()])
    return plain


def _problem_text(problem: Problem) -> str:
    """Write a problem as the checker reads it."""
    data, penalty = problem.data, problem.penalty
    if not problem.is_plain:
        from reluexact.certificates.problems import problem_entry

        return json.dumps(problem_entry(problem))
    rows = [[format_fraction(value) for value in row] for row in data.X]
    targets = [format_fraction(value) for value in data.y]
    return json.dumps({"X": rows, "y": targets, "penalty": format_fraction(penalty)})
