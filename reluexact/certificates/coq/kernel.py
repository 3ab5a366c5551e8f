"""Let Coq check a certificate: build the theory once, then the theorem about the certificate's data.

The sources of the theory are in ``proofs/theories`` of a checkout and in ``reluexact/proofs/theories`` of an installed package.
What Coq builds of them goes into the user's cache, in a folder whose name depends on the sources and on the version of Coq.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from reluexact import checker
from reluexact.certificates.coq.file import BoundCertificate
from reluexact.certificates.coq.training import TrainingCertificate, read_theorem
from reluexact.checker.extended import Extended
from reluexact.checker.problem import Problem
from reluexact.checker.quantities import interval_text
from reluexact.errors import Argument, CertificateError, Cure, InputError, Message, MissingDependency, ReluExactError
from reluexact.numbers.rational import format_fraction
from reluexact.progress import Progress, Stage

if sys.platform != "win32":
    import resource

THEORY = (
    *("Spec", "Basics", "Duality", "Trie", "Numbers", "Tree", "Certificate"),
    *("Training", "Piecewise", "Pivots", "TrainingCertificate", "Payload", "BigNumbers", "BigCertificate"),
)
"""The files that a certificate's theorem needs, each after those it needs itself."""

REAL_NUMBERS = (
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
)
"""The axioms behind the real numbers of Coq's standard library."""

MACHINE_INTEGERS = (
    *(f"PrimInt63.{name}" for name in ("int", "add", "sub", "mul", "div", "land", "lor", "lsl", "lsr", "eqb", "leb")),
    "PArray.array",
    "PArray.get",
)
"""Operations of Coq's kernel that read the packed evidence. Coq lists them as axioms, but nothing is assumed about them."""

_CARRIES = ("addc", "addcarryc", "subc", "subcarryc", "compare")
_SPECIFIED = ("add", "sub", "mulc", "lsl", "lsr", "lor", "ltb", "leb", *(f"{name}_def" for name in _CARRIES))
MACHINE_ARITHMETIC = (
    *(f"PrimInt63.{name}" for name in ("mulc", "ltb", *_CARRIES)),
    *(f"Uint63.{name}_spec" for name in _SPECIFIED),
    *(f"Uint63.{name}" for name in ("of_to_Z", "eqb_refl", "eqb_correct")),
)
"""What the standard library assumes about the kernel's integers; only the fast arithmetic rests on it."""

ALLOWED = frozenset((*REAL_NUMBERS, *MACHINE_INTEGERS))
ALLOWED_FAST = ALLOWED | frozenset(MACHINE_ARITHMETIC)

OLDEST = (8, 16)
CURE = "apt-get install coq (Debian, Ubuntu), brew install coq (macOS) or opam install coq"
_REFUSED = 'has type "true = true" while it is expected to have type'
_ENTRY = re.compile(r"^([A-Za-z_][\w.']*)\s*:", re.MULTILINE)


MOST_MEMORY = 8 << 30
"""Bytes that Coq may use (not limited on Windows)."""
MOST_SECONDS = 3600
"""Seconds of processor time that Coq may use for one file (not limited on Windows)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coq:
    """A Coq compiler, and the folder in which it has built the theory."""

    program: str
    theory: Path

    def run(self, file: Path) -> subprocess.CompletedProcess[str]:
        """Compile one file in its folder."""
        return _run(self.program, "-q", "-Q", str(self.theory), "ReluExact", file.name, folder=file.parent)


def find_coq() -> tuple[str, str]:
    """Return the program ``coqc`` and its version; raises MissingDependency without a Coq of 8.16 or later."""
    program = shutil.which("coqc")
    if program is None:
        raise MissingDependency("Coq (the program coqc)", CURE)
    version = _run(program, "--print-version", folder=Path.cwd()).stdout.strip()
    numbers = re.match(r"(\d+)\.(\d+)", version)
    if numbers is None or tuple(map(int, numbers.groups())) < OLDEST:
        raise MissingDependency("Coq 8.16 or later", f"{CURE}; {program} is version {version or 'unknown'}")
    return program, version


def sources() -> Path:
    """Return the folder of the theory's sources."""
    package = Path(__file__).parents[2]
    for folder in (package / "proofs" / "theories", package.parent / "proofs" / "theories"):
        if (folder / "Spec.v").is_file():
            return folder
    raise MissingDependency("the Coq theory of reluexact", "a complete installation; pip install --force-reinstall reluexact")


def build_theory(report: Progress | None = None) -> Coq:
    """Return a Coq with the theory built; the first call takes some seconds, the cache serves the others."""
    program, version = find_coq()
    texts = {name: (sources() / f"{name}.v").read_bytes() for name in THEORY}
    digest = hashlib.sha256(version.encode() + b"".join(texts.values())).hexdigest()[:16]
    goal = _cache() / f"coq-{digest}"
    if (goal / f"{THEORY[-1]}.vo").is_file():
        return Coq(program=program, theory=goal)
    with tempfile.TemporaryDirectory(dir=goal.parent, prefix="coq-building-") as place:
        folder = Path(place) / "theory"
        folder.mkdir()
        for done, (name, text) in enumerate(texts.items()):
            if report is not None:
                report(Stage(f"Coq builds the theory, file {done + 1} of {len(texts)}", done=done, total=len(texts)))
            file = folder / f"{name}.v"
            file.write_bytes(text)
            answer = Coq(program=program, theory=folder).run(file)
            if answer.returncode:
                raise ReluExactError(f"Coq {version} cannot build {name}.v: {_short(answer.stderr)}; install Coq 8.16 ({CURE})")
        try:
            folder.rename(goal)
        except OSError:
            if not (goal / f"{THEORY[-1]}.vo").is_file():  # else another process was faster
                raise
    return Coq(program=program, theory=goal)


def check_with_coq(
    text: bytes, problem: Problem | Extended | None = None, report: Progress | None = None, *, fast: bool = False
) -> checker.Report:
    """Let Coq decide on a certificate of the kind ``bound``; ``problem`` is what it must be about, ``fast`` as in coq_source.

    A false or malformed certificate is a report, not an error. Raises MissingDependency without Coq.
    """
    find_coq()
    try:
        certificate = read_theorem(text)
    except CertificateError as error:
        return checker.Report(False, error.path, error.reason, "bound", "", ())
    lines = _statement(certificate)
    fault = (
        ("statement.problem", "another problem than the one that is asked for")
        if problem not in (None, certificate.problem)
        else None
    )
    if fault is None:
        coq = build_theory(report)
        if report is not None:
            report(Stage("Coq checks the certificate"))
        fault = _fault(coq, certificate, fast)
    if fault is not None:
        return checker.Report(False, *fault, "bound", certificate.digest, lines)
    return checker.Report(True, "", "", "bound", certificate.digest, (*lines, _assumptions_in_words(fast)))


def assumptions(text: str) -> frozenset[str]:
    """Return the names that Coq's ``Print Assumptions`` lists.

    >>> sorted(assumptions("Axioms:" + chr(10) + "PrimInt63.int : Set" + chr(10) + "A.b" + chr(10) + "  : forall P : Prop, P"))
    ['A.b', 'PrimInt63.int']
    """
    return frozenset(_ENTRY.findall(text.replace("Axioms:", "")))


def _fault(coq: Coq, certificate: BoundCertificate | TrainingCertificate, fast: bool) -> tuple[str, str] | None:
    """Compile the certificate's theorem; return the place and the reason when there is none."""
    with tempfile.TemporaryDirectory(prefix="reluexact-") as place:
        file = Path(place) / "certificate.v"
        file.write_text(certificate.source("certificate", fast=fast) + "\nPrint Assumptions optimal.\n", encoding="ascii")
        answer = coq.run(file)
    if answer.returncode:
        if _REFUSED in " ".join(answer.stderr.split()):
            return "evidence", "Coq computes that the checker of the theory refuses this certificate"
        raise ReluExactError(
            Message(f"Coq could not decide: {_short(answer.stderr)}", Cure("check with ", Argument("kernel", "python")))
        )
    extra = assumptions(answer.stdout) - (ALLOWED_FAST if fast else ALLOWED)
    return ("evidence", f"the theorem rests on {', '.join(sorted(extra))}") if extra else None


def _statement(certificate: BoundCertificate | TrainingCertificate) -> tuple[str, ...]:
    problem = certificate.problem.base if isinstance(certificate, TrainingCertificate) else certificate.problem
    return (
        f"problem: {len(problem.X)} rows, {len(problem.X[0])} columns, penalty {format_fraction(problem.penalty)}",
        f"Coq theorem: p* lies in {interval_text(certificate.lower, certificate.upper)}, over networks of every width",
        f"Coq theorem: the given network of {len(certificate.output)} hidden neurons is optimal within upper - lower",
        f"statement sha256 {certificate.digest}",
    )


def _assumptions_in_words(fast: bool) -> str:
    machine = "the specifications of the kernel's machine integers (Uint63)" if fast else "nothing about machine integers"
    return f"assumed: {', '.join(REAL_NUMBERS)}; {machine}"


def _cache() -> Path:
    """Return the folder for what Coq has built."""
    base = os.environ.get("XDG_CACHE_HOME")
    folder = (Path(base).resolve() if base else Path.home() / ".cache") / "reluexact"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be made ({error.strerror}); set XDG_CACHE_HOME to a folder for the built theory"
        ) from None
    if not os.access(folder, os.W_OK):
        raise InputError(f"{folder}: cannot be written to; set XDG_CACHE_HOME to a folder for the built theory")
    return folder


def _run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with limits of memory and time: evidence can name numbers of any size."""
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, preexec_fn=_limit)


def _limit() -> None:
    if sys.platform != "win32":
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY if hard < 0 else min(MOST_MEMORY, hard), hard))
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS if most < 0 else min(MOST_SECONDS, most), most))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 300 else f"{words[:300]}..."
