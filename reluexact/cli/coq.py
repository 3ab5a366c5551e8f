"""``reluexact coq``: turn a certificate into a Coq file that ends in a theorem about its own data."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reluexact.checker import check_document
from reluexact.errors import CertificateError, InputError
from reluexact.numbers.rational import format_fraction
from reluexact.progress import Stage
from reluexact.terminal.options import JsonOutput, Quiet, read_certificate
from reluexact.terminal.screen import Screen
from reluexact.terminal.text import magnitude, rounded

if TYPE_CHECKING:
    from reluexact.certificates.coq.file import BoundCertificate
    from reluexact.certificates.coq.training import TrainingCertificate
    from reluexact.model.problem import Problem

_FOLDER = Path("proofs") / "instances"
_GAP = "1/1000000000000"


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The certificate.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="The Coq file to write. [default: proofs/instances/NAME.v or NAME.v]"),
    ] = None,
    gap: Annotated[
        str | None, typer.Option(metavar="G", help=f"Other kinds: the relative gap to prove bounds with. [default: {_GAP}]")
    ] = None,
    fast: Annotated[
        bool,
        typer.Option(
            "--fast", metavar=" ", help="Let Coq compute in machine integers; the theorem then rests on their specifications."
        ),
    ] = False,
    as_json: JsonOutput = False,
    quiet: Quiet = False,
) -> None:
    """Write a certificate as a Coq theorem: no network of whatever width is better than the given one by more than the gap.

    In a checkout of the repository the file goes to proofs/instances, where `make -C proofs instances` builds it;
    `reluexact check --kernel coq FILE` does everything at once. A certificate of the kind bound is written as it is. For other
    kinds, bounds of the same problem are proved first.
    """
    from reluexact.certificates.coq.file import coq_name, is_coq_name
    from reluexact.certificates.coq.training import read_theorem
    from reluexact.certificates.files import write_text

    goal = _default_place(coq_name(file.stem)) if out is None else out
    if goal.suffix != ".v" or not is_coq_name(goal.stem):
        raise InputError(f"--out {goal}: Coq wants a name of letters, digits and _ with the end .v; try {coq_name(goal.stem)}.v")
    screen = Screen(as_json=as_json, quiet=quiet, out=goal, source=file)
    text, derived = _bound_text(screen, read_certificate(file), gap)
    certificate = read_theorem(text)
    write_text(certificate.source(goal.stem, fast=fast), goal.resolve())
    _show(replace(screen, out=None), goal, certificate, derived)


def _show(screen: Screen, goal: Path, certificate: BoundCertificate | TrainingCertificate, derived: bool) -> None:
    document = {
        "file": str(goal),
        "lower": format_fraction(certificate.lower),
        "upper": format_fraction(certificate.upper),
        "digest": certificate.digest,
        "bounds_proved_anew": derived,
    }
    pairs = [
        ("theorem", f"{goal} ({goal.stat().st_size:,} bytes)"),
        ("lower", f"{rounded(certificate.lower, 30, floor)} <= optimal value"),
        ("upper", f"{rounded(certificate.upper, 30, ceil)} >= optimal value"),
    ]
    if derived:
        pairs.append(("remark", "the certificate is not of the kind bound; these bounds of the same problem were proved anew"))
        reached = (certificate.upper - certificate.lower) / abs(certificate.upper or Fraction(1))
        pairs.append(("gap", f"{magnitude(reached)} (relative)"))
    if goal.parent == _FOLDER:
        pairs.append(("next", "make -C proofs instances"))
    elif not derived:
        pairs.append(("next", "reluexact check --kernel coq CERTIFICATE"))
    screen.show(document, pairs)


def _default_place(name: str) -> Path:
    return (_FOLDER if _FOLDER.is_dir() and (_FOLDER.parent / "theories" / "Spec.v").is_file() else Path()) / f"{name}.v"


def _bound_text(screen: Screen, text: bytes, gap: str | None) -> tuple[bytes, bool]:
    """Return a verified certificate of the kind ``bound`` and whether it had to be proved anew."""
    from reluexact.certificates.coq.file import kind_of

    kind = kind_of(text)
    if kind == "bound" and gap is not None:
        raise InputError("--gap: a certificate of the kind bound has its gap already; leave --gap out")
    with screen.working("checking"):
        report = check_document(text)
    if not report.verified:
        raise CertificateError(f"{screen.source}: {report.path}", report.reason)
    return (text, False) if kind == "bound" else (_proved_anew(screen, text, gap or _GAP), True)


def _proved_anew(screen: Screen, text: bytes, gap: str) -> bytes:
    with screen.working("loading the solvers") as report:
        from reluexact.kinds.bound.find import prove_bound
        from reluexact.kinds.files import certificate
        from reluexact.numbers.rational import to_fraction

        goal = to_fraction(gap, where="--gap")
        if goal <= Fraction(0):
            raise InputError(f"--gap: {gap!r} is not positive; give a relative gap such as 1/1000000")
        problem = _problem(text)
        report(Stage("proving bounds"))
        return certificate(prove_bound(problem, gap=goal, progress=report))


def _problem(text: bytes) -> Problem:
    """Return the problem of a certificate of either version, which the checker has accepted."""
    from reluexact.certificates.problems import read_extended_problem
    from reluexact.model.dataset import Dataset
    from reluexact.model.problem import Problem

    document = json.loads(text)
    entry = document["statement"]["problem"]
    if document["version"] == 2:
        return read_extended_problem(entry, document["produced_by"])
    return Problem(Dataset(entry["X"], entry["y"]), entry["penalty"])
