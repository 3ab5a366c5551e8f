"""``reluexact selftest``: a handful of facts, found, proved, saved and re-checked on this machine."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import typer

from reluexact import checker
from reluexact.progress import Stage
from reluexact.terminal.options import JsonOutput, Quiet
from reluexact.terminal.screen import Screen

TWO_POINTS = (((1,), (2,)), (1, 2))
PLANE = (((7, 3), (0, -4), (-4, -9), (-8, -9), (-6, 6)), (3, 8, 0, 2, 9))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sentence and the program that finds out what it says; the two answers have to be the same text."""

    sentence: str
    expected: str
    find: Callable[[Path], str]


def command(as_json: JsonOutput = False, quiet: Quiet = False) -> None:
    """Find, prove, save and re-check a few known facts; takes seconds and needs no files."""
    screen = Screen(as_json=as_json, quiet=quiet)
    results = []
    with tempfile.TemporaryDirectory() as folder, screen.working("selftest") as report:
        for done, fact in enumerate(FACTS):
            report(Stage(fact.sentence, done=done, total=len(FACTS)))
            results.append((fact, _found(fact, Path(folder))))
    wrong = [fact for fact, found in results if found != fact.expected]
    end = f"All {len(results)} facts hold: reluexact works on this machine."
    if wrong:
        end = f"{len(wrong)} of {len(results)} facts do not hold: do not trust this installation; please report the lines above."
    lines = [("ok" if found == fact.expected else "WRONG", _line(fact, found)) for fact, found in results]
    facts = [{"fact": fact.sentence, "expected": fact.expected, "found": found} for fact, found in results]
    screen.show({"ok": not wrong, "facts": facts, "summary": end}, lines, lines=("", end))
    if wrong:
        raise typer.Exit(1)


def _found(fact: Fact, folder: Path) -> str:
    try:
        return fact.find(folder)
    except Exception as error:  # whatever goes wrong is the finding
        return f"{type(error).__name__}: {error}"


def _line(fact: Fact, found: str) -> str:
    return f"{fact.sentence}: {fact.expected}" if found == fact.expected else f"{fact.sentence}: {fact.expected}, found {found}"


def _patterns(_: Path) -> str:
    from reluexact import activation_patterns

    return str(activation_patterns([[1, 0], [1, 1], [1, 2], [2, 4], [0, 0]]).count)


def _two_points(folder: Path) -> str:
    from reluexact import Dataset, solve

    optimum = solve(Dataset(*TWO_POINTS), penalty=1)
    optimum.save(folder / "two-points.json")
    return f"{optimum.value} {optimum.status.name}"


def _plane(folder: Path) -> str:
    from reluexact import Dataset, solve

    optimum = solve(Dataset(*PLANE), penalty=Fraction(307, 39))
    optimum.save(folder / "plane.json")
    return f"{optimum.value.decimal(30)} {optimum.status.name}"


def _bounds(_: Path) -> str:
    from reluexact import Dataset, prove_bound

    proof = prove_bound(Dataset(*PLANE), penalty=Fraction(307, 39), gap=Fraction(1, 10**6))
    return str(proof.gap <= Fraction(1, 10**6) and proof.lower <= proof.upper)


def _greatest_penalty(_: Path) -> str:
    from reluexact import Dataset, max_penalty

    return str(max_penalty(Dataset(*TWO_POINTS)))


def _graph(folder: Path) -> str:
    from reluexact import Dataset, stationary_graph

    graph = stationary_graph(Dataset(X=((1, 0), (0, 1), (1, -1)), y=(1, 2, -1)), penalty=Fraction(1, 2))
    graph.save(folder / "graph.json")
    return f"{len(graph.nodes)} nodes, {graph.covered} of {graph.programs} programs"


def _checked(name: str) -> Callable[[Path], str]:
    def check(folder: Path) -> str:
        return _run_checker(folder / name)

    return check


def _forged(folder: Path) -> str:
    text = (folder / "two-points.json").read_text(encoding="ascii")
    forged = folder / "forged.json"
    forged.write_text(text.replace('"9/10"', '"8/10"').replace('"8/10"', '"4/5"'), encoding="ascii")
    return _run_checker(forged)


def _run_checker(file: Path) -> str:
    """Run the checker as a stranger would: a new process, no packages, only the checker and the file."""
    command = [sys.executable, "-I", "-S", str(Path(checker.__file__).parent), str(file)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    last = run.stdout.splitlines()[-1] if run.stdout else run.stderr
    return f"{last.partition(':')[0]} (exit code {run.returncode})"


FACTS = (
    Fact(sentence="activation patterns of five rows, one zero, two parallel", expected="6", find=_patterns),
    Fact(sentence="optimum of (1, 1), (2, 2) at penalty 1", expected="9/10 PROVED", find=_two_points),
    Fact(sentence="its certificate, in the checker alone", expected="VERIFIED (exit code 0)", find=_checked("two-points.json")),
    Fact(sentence="the same certificate with another value", expected="REJECTED (exit code 3)", find=_forged),
    Fact(
        sentence="optimum of five points in the plane at penalty 307/39",
        expected="34.2706271514020157392051210222 PROVED",
        find=_plane,
    ),
    Fact(sentence="its certificate, in the checker alone", expected="VERIFIED (exit code 0)", find=_checked("plane.json")),
    Fact(sentence="bounds of that optimum within a relative gap of 1/1000000", expected="True", find=_bounds),
    Fact(sentence="greatest useful penalty of the two points", expected="5", find=_greatest_penalty),
    Fact(sentence="optima of all sub-sampled programs of three rows", expected="17 nodes, 4096 of 4096 programs", find=_graph),
    Fact(
        sentence="the certificate of their graph, in the checker alone",
        expected="VERIFIED (exit code 0)",
        find=_checked("graph.json"),
    ),
)
