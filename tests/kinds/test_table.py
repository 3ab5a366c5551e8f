"""What a new kind costs: its own folder, its file of the checker and a line in each of two tables; then everything knows it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from paths import ROOT

PACKAGE = ROOT / "reluexact"

FILES = {
    "kinds/parity/__init__.py": '"""Is the number of rows even?"""\n',
    "kinds/parity/claim.py": '''
        """Whether the number of rows is even."""

        from dataclasses import dataclass
        from fractions import Fraction

        from reluexact.model.dataset import Dataset


        @dataclass(frozen=True)
        class Parity:
            """even: what is claimed of the rows of the data."""

            data: Dataset
            penalty: Fraction
            even: bool
        ''',
    "kinds/parity/find.py": '''
        """Counts the rows."""

        from reluexact.kinds.parity.claim import Parity
        from reluexact.numbers.rational import to_penalty


        def parity(data, penalty):
            """Return whether the number of rows is even."""
            return Parity(data, to_penalty(penalty, where="penalty"), data.n % 2 == 0)
        ''',
    "kinds/parity/certificate.py": '''
        """Parities to certificates and back."""

        from reluexact.certificates.document import make_document
        from reluexact.kinds.parity.claim import Parity
        from reluexact.model.dataset import Dataset
        from reluexact.numbers.rational import parse_fraction

        CLAIM = Parity


        def to_document(claim):
            """Return the certificate."""
            return make_document("parity", claim, {"even": "yes" if claim.even else "no"}, {}, {"program": "a test"})


        def from_document(document):
            """Return the claim."""
            problem, claim = document["statement"]["problem"], document["statement"]["claim"]
            data = Dataset(X=problem["X"], y=problem["y"])
            return Parity(data, parse_fraction(problem["penalty"]), claim["even"] == "yes")
        ''',
    "kinds/parity/latex.py": '''
        """LaTeX of a parity."""


        def latex(claim, digits):
            """Write the congruence."""
            return rf"n\\equiv {0 if claim.even else 1}\\pmod 2"
        ''',
    "kinds/parity/command.py": '''
        """``reluexact parity``."""

        import typer

        from reluexact.terminal.options import File, JsonOutput, Source
        from reluexact.terminal.screen import Screen


        def command(file: File, as_json: JsonOutput = False) -> None:
            """Count the rows modulo 2."""
            from reluexact.kinds.parity.find import parity

            screen = Screen(as_json=as_json, quiet=True, source=file)
            even = parity(Source(file=file).read(screen), 1).even
            screen.show({"even": even}, (("even", "yes" if even else "no"),))
        ''',
    "checker/kinds/parity.py": '''
        """Kind `parity`: P1, the number of rows is even, or is not."""

        from __future__ import annotations

        from ..document import Item
        from ..problem import Problem


        def check_parity(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
            """Check P1."""
            (even,) = claim.fields("even")
            evidence.fields()
            if even.text() != ("no" if len(problem.X) % 2 else "yes"):
                raise even.reject("P1: not the parity of the number of rows")
            lines.append(f"claim (parity): an even number of rows: {even.text()}")
        ''',
}
LINES = {  # after which line of which table
    "kinds/table.py": [("KINDS = (", '    Kind("parity", certificate="parity", command="parity", help="Count rows."),')],
    "checker/kinds/table.py": [
        ("from .stationary import check_stationary", "from .parity import check_parity"),
        ("CHECKS: dict[str, Check] = {", '    "parity": check_parity,'),
    ],
}


def contents(folder):
    """Return what every file of a package says."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8", errors="surrogateescape") for path in files}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Copy the package to a folder of its own, and add the kind."""
    folder = tmp_path_factory.mktemp("house")
    package = folder / "reluexact"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in FILES.items():
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text(dedent(text).lstrip(), encoding="utf-8")
    for name, additions in LINES.items():
        text = (package / name).read_text(encoding="utf-8")
        for after, line in additions:
            assert text.count(f"{after}\n") == 1
            text = text.replace(f"{after}\n", f"{after}\n{line}\n")
        (package / name).write_text(text, encoding="utf-8")
    (folder / "data.csv").write_text("x,y\n1,2\n2,3\n5,1\n", encoding="utf-8")
    return folder


def run(place, *arguments):
    """Run the Python of the tests beside the copy, which it then imports."""
    return subprocess.run([sys.executable, *arguments], cwd=place, capture_output=True, text=True, check=False)


def session(place, code):
    """Run lines that know ``rx`` and a claim about three rows."""
    start = f"import reluexact as rx; from reluexact.kinds.parity.find import parity; assert {str(place)!r} in rx.__file__\n"
    answer = run(place, "-c", f"{start}claim = parity(rx.Dataset(X=[[1], [2], [5]], y=[2, 3, 1]), 1)\n{code}")
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_a_kind_costs_its_folder_its_check_and_two_tables(place):
    before, after = contents(PACKAGE), contents(place / "reluexact")
    changed = {name for name in before if before[name] != after[name]}
    assert after.keys() - before.keys() == set(FILES)
    assert changed == set(LINES)
    assert {name: len(after[name].splitlines()) - len(before[name].splitlines()) for name in changed} == {
        "kinds/table.py": 1,
        "checker/kinds/table.py": 2,  # the import and the entry
    }
    assert {Path(name).parent.as_posix() for name in FILES} == {"kinds/parity", "checker/kinds"}


def test_it_has_latex(place):
    assert session(place, "print(rx.latex(claim))") == "n\\equiv 1\\pmod 2\n"


def test_it_is_a_command(place):
    assert "Count rows." in run(place, "-m", "reluexact", "--help").stdout
    answer = run(place, "-m", "reluexact", "parity", "data.csv", "--json")
    assert (answer.returncode, json.loads(answer.stdout)) == (0, {"even": False, "remarks": []}), answer.stderr


def document(**claim):
    problem = {"X": [["1"], ["2"], ["5"]], "y": ["2", "3", "1"], "penalty": "1"}
    statement = {"kind": "parity", "problem": problem, "claim": claim}
    return {"format": "reluexact-certificate", "version": 1, "statement": statement, "evidence": {}, "produced_by": {}}


@pytest.mark.parametrize("command", [("-I", "-S", "-B", "reluexact/checker"), ("-m", "reluexact", "check")])
def test_its_certificates_are_checked(place, command):
    for even, code, words in (("no", 0, "an even number of rows: no"), ("yes", 3, "P1: not the parity")):
        (place / "parity.json").write_text(json.dumps(document(even=even)), encoding="utf-8")
        answer = run(place, *command, "parity.json")
        assert answer.returncode == code, answer.stderr
        assert words in answer.stdout


def test_without_its_line_in_the_table_nobody_knows_it(place, tmp_path):
    shutil.copytree(place, tmp_path / "house")
    for name in LINES:
        shutil.copy(PACKAGE / name, tmp_path / "house" / "reluexact" / name)
    (tmp_path / "house" / "parity.json").write_text(json.dumps(document(even="no")), encoding="utf-8")
    assert "unknown kind of claim" in run(tmp_path / "house", "-I", "-S", "reluexact/checker", "parity.json").stdout
    assert run(tmp_path / "house", "-m", "reluexact", "parity", "data.csv").returncode == 2


def test_it_is_saved_and_read_back(place):
    code = "rx.save(claim, 'saved.json'); again = rx.load('saved.json'); print(type(again).__name__, again == claim)"
    assert session(place, code) == "Parity True\n"
    assert json.loads((place / "saved.json").read_text(encoding="utf-8"))["statement"]["claim"] == {"even": "no"}


def test_what_its_check_refuses_is_neither_saved_nor_read(place):
    (place / "false.json").write_text(json.dumps(document(even="yes")), encoding="utf-8")
    code = """
from dataclasses import replace
for work in (lambda: rx.save(replace(claim, even=True), "never.json"), lambda: rx.load("false.json")):
    try:
        work()
    except rx.InputError as error:
        print("P1" in str(error))
"""
    assert session(place, code) == "True\nTrue\n"
    assert not (place / "never.json").exists()
