"""The commands, in the same process: results, files, JSON, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest
from paths import DATA
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import COMMANDS, app, loaded
from reluexact.cli.fact import CHECKED
from reluexact.cli.facts import FACTS
from reluexact.evidence.network import BoundEvidence
from reluexact.kinds.table import KINDS
from reluexact.numbers.real import Real

ANSCOMBE = str(DATA / "anscombe2.csv")
IRIS = [str(DATA / "iris.csv"), "--features", "petal_length,petal_width", "--target", "sepal_length"]
SOLVE = ["solve", ANSCOMBE, "--bias", "--penalty", "1/10"]


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def value_of(output, name):
    """Return the text that stands behind a name in the output for people."""
    return next(line.split(maxsplit=1)[1] for line in output.splitlines() if line.split(maxsplit=1)[:1] == [name])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    file = tmp_path_factory.mktemp("certificates") / "anscombe2.json"
    assert run(*SOLVE, "--out", file).exit_code == 0
    return file


@pytest.fixture
def two_points(tmp_path):
    file = tmp_path / "two.csv"
    file.write_text("x,y\n1,1\n2,2\n")
    return file


def test_solve_prints_the_optimum():
    result = run(*SOLVE)
    assert result.exit_code == 0
    assert value_of(result.stdout, "status").startswith("PROVED")
    assert value_of(result.stdout, "value") == "1.583395605012147104103785082486"
    assert value_of(result.stdout, "penalty") == "0.1"
    assert "x < 7 (a data point)" in result.stdout
    assert "x > 7.64194351" in result.stdout
    assert result.stderr == ""


def test_solve_says_exactly_what_is_rational(two_points):
    result = run("solve", two_points, "--penalty", 1)
    assert value_of(result.stdout, "value") == "0.9 (exactly)"


def test_solve_proves_as_many_digits_as_asked():
    digits = value_of(run(*SOLVE, "--digits", 60).stdout, "value").partition(".")[2]
    assert len(digits) == 60
    assert value_of(run(*SOLVE, "--digits", 3).stdout, "value") == "1.583"


def test_solve_as_json_has_exact_numbers_only():
    document = json.loads(run(*SOLVE, "--json").stdout, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    assert document["status"] == "PROVED"
    low, high = (Fraction(document["value"][end]) for end in ("low", "high"))
    assert 0 <= high - low <= Fraction(1, 10**30)
    network = rx.Network.from_lists(document["network"])
    data = rx.Dataset.read(ANSCOMBE, bias=True)
    assert network.objective(data, document["penalty"]) == Fraction(document["upper"])
    assert Fraction(document["upper"]) >= low
    assert document["data"]["digest"] == data.digest
    assert [neuron["sign"] for neuron in document["neurons"]] == [1, -1, -1, -1, -1]


def test_the_zero_network_is_optimal_from_the_greatest_penalty_on(two_points):
    result = run("solve", two_points, "--penalty", 6)
    assert result.exit_code == 0
    assert value_of(result.stdout, "value") == "2.5 (exactly)"
    assert value_of(result.stdout, "neurons") == "none: the zero network"


SOLVE_ITSELF, PROVE_BOUND = rx.solve, rx.prove_bound
"""Bound, and their modules imported, before any test puts another function in the place of ``solve``."""


def undecided(problem, **options):
    """Return what ``solve`` returns when no proof closes: proved bounds and a reason."""
    data, penalty = problem.data, problem.penalty
    proof = PROVE_BOUND(data, penalty)
    proved = SOLVE_ITSELF(rx.Dataset(X=[[1]], y=[1]), penalty=1)
    evidence = BoundEvidence(residual=proof.residual, positive=proof.positive, negative=proof.negative)
    return replace(
        proved,
        data=data,
        penalty=penalty,
        status=rx.Status.UNDECIDED,
        reason="a tie is open",
        value=Real(low=proof.lower, high=proof.upper),
        residual=(),
        neurons=(),
        network=proof.network,
        lower=proof.lower,
        upper=proof.upper,
        evidence=evidence,
    )


def test_solve_without_a_proof_is_undecided_with_bounds(monkeypatch, tmp_path):
    monkeypatch.setattr("reluexact.kinds.optimum.find.solve", undecided)
    out = tmp_path / "bound.json"
    result = run(*SOLVE, "--out", out)
    assert result.exit_code == 4
    assert value_of(result.stdout, "status").startswith("UNDECIDED: a tie is open")
    lower, upper = (Fraction(value_of(result.stdout, name).split()[0]) for name in ("lower", "upper"))
    assert lower <= Fraction("1.583395605012147104103785082486") <= upper
    assert rx.check(out).verified
    assert json.loads(run(*SOLVE, "--json").stdout)["value"] is None


def test_solve_bound(tmp_path):
    out = tmp_path / "bound.json"
    result = run(*SOLVE, "--bound", "--gap", "1/1000", "--out", out)
    assert result.exit_code == 0
    assert value_of(result.stdout, "status").startswith("PROVED")
    report = rx.check(out)
    assert (report.verified, report.kind) == (True, "bound")


def test_solve_bound_reaches_any_gap(tmp_path):
    out = tmp_path / "bound.json"
    result = run(*SOLVE, "--bound", "--gap", "1e-90", "--json", "--out", out)
    assert result.exit_code == 0
    assert Fraction(json.loads(result.stdout)["gap"]) <= Fraction(1, 10**90)
    assert rx.check(out).verified


def test_the_second_engine_finds_the_same(two_points):
    solve = ["solve", two_points, "--penalty", "1/7", "--engine"]
    assert run(*solve, "scip").stdout == run(*solve, "clarabel").stdout


def test_a_penalty_in_the_file_is_used_and_the_option_overrides_it(tmp_path):
    file = tmp_path / "problem.json"
    file.write_text('{"X": [["1"], ["2"]], "y": [1, 2], "penalty": 1}')
    assert value_of(run("solve", file).stdout, "value") == "0.9 (exactly)"
    assert value_of(run("solve", file, "--penalty", 5).stdout, "value") == "2.5 (exactly)"


def test_check(certificate):
    result = run("check", certificate)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "VERIFIED"
    report = json.loads(run("check", certificate, "--json").stdout)
    assert (report["verified"], report["kind"]) == (True, "optimum")


def test_check_rejects_a_false_certificate_with_path_and_reason(certificate, tmp_path):
    document = json.loads(certificate.read_text())
    document["statement"]["claim"]["value"]["high"] = document["statement"]["claim"]["value"]["low"]
    forged = tmp_path / "forged.json"
    forged.write_text(json.dumps(document))
    result = run("check", forged)
    assert result.exit_code == 3
    assert result.stdout.splitlines()[-1].startswith("REJECTED: statement.claim")
    assert json.loads(run("check", forged, "--json").stdout)["verified"] is False


def test_check_compares_with_the_data(certificate):
    about = ["check", certificate, "--statement", ANSCOMBE]
    assert run(*about, "--bias", "--penalty", "0.1").exit_code == 0
    for other in (["--bias", "--penalty", "0.2"], ["--penalty", "0.1"]):
        result = run(*about, *other)
        assert result.exit_code == 3
        assert "another problem" in result.stdout
    without = run(*about, "--bias")
    assert without.exit_code == 2
    assert "--penalty" in without.stderr
    assert run("check", certificate, "--bias").exit_code == 2


def test_patterns_counts_and_lists():
    result = run("patterns", *IRIS, "--bias", "--json", "--list", 4, "--witness")
    document = json.loads(result.stdout)
    data = rx.Dataset.read(IRIS[0], features=["petal_length", "petal_width"], target="sepal_length", bias=True)
    cells = rx.activation_patterns(data)
    assert (document["count"], document["general_position_count"]) == (cells.count, cells.general_position_count)
    assert document["patterns"] == ["".join("01"[bit] for bit in row) for row in cells.patterns[:4].astype(int)]
    for pattern, point in zip(document["patterns"], document["witnesses"], strict=True):
        values = [sum(x * Fraction(u) for x, u in zip(row, point, strict=True)) for row in data.X]
        assert pattern == "".join("1" if value > 0 else "0" for value in values)


def test_patterns_streams_all_of_them(two_points):
    result = run("patterns", two_points, "--bias", "--stream")
    assert result.stdout == "00\n01\n10\n11\n"
    assert "leave out --json, --out and --witness" in run("patterns", two_points, "--stream", "--json").stderr


def test_patterns_for_people(two_points, tmp_path):
    out = tmp_path / "patterns.json"
    result = run("patterns", two_points, "--bias", "--list", 1, "--out", out)
    assert value_of(result.stdout, "patterns") == "4 (as many as in general position)"
    assert "the first 1 of 4" in result.stdout
    assert json.loads(out.read_text())["count"] == 4
    assert "the first" not in run("patterns", two_points, "--bias", "--list", 0).stdout


def test_a_limit_is_exit_code_4_and_names_the_count_and_the_cure(two_points):
    result = run("patterns", two_points, "--bias", "--limit", 3)
    assert result.exit_code == 4
    assert result.stdout == ""
    assert result.stderr == "error: X has 4 activation patterns, more than --limit 3; raise --limit or leave out rows\n"
    assert run(*SOLVE, "--limit", 1).exit_code == 4


def test_max_penalty(two_points):
    assert value_of(run("max-penalty", two_points).stdout, "max") == "penalty  5 (exactly)"
    document = json.loads(run("max-penalty", ANSCOMBE, "--bias", "--json").stdout)
    low, high = (Fraction(document["max_penalty"][end]) for end in ("low", "high"))
    assert 801 < low <= high < low + Fraction(1, 10**30)


@pytest.mark.slow
def test_selftest():
    result = run("selftest")
    assert result.exit_code == 0, result.stdout
    assert result.stdout.splitlines()[-1] == f"All {len(FACTS)} facts hold: reluexact works on this machine."


def test_selftest_is_about_every_kind():
    assert {kind for fact in FACTS for kind in fact.kinds} == {kind.folder for kind in KINDS}
    certified = {kind for fact in FACTS if CHECKED in fact.expected for kind in fact.kinds}
    assert certified >= {kind.folder for kind in KINDS if kind.certificate is not None}


def test_selftest_finds_what_is_wrong(monkeypatch):
    some = [fact for fact in FACTS if {"patterns", "max_penalty", "pruning"} & set(fact.kinds)]
    monkeypatch.setattr("reluexact.cli.selftest.FACTS", some)
    monkeypatch.setattr("reluexact.kinds.max_penalty.find.max_penalty", lambda data: 1 // 0)
    monkeypatch.setattr("reluexact.max_penalty", lambda data: 1 // 0, raising=False)
    result = run("selftest")
    assert result.exit_code == 1
    assert "found ZeroDivisionError" in result.stdout
    document = json.loads(run("selftest", "--json").stdout)
    assert (document["ok"], len(document["facts"])) == (False, 3)
    assert result.stdout.splitlines()[-1].startswith("1 of 3 facts do not hold")


def test_version_and_help():
    assert run("--version").stdout == f"reluexact {rx.__version__}\n"
    for command in ("patterns", "solve", "check", "max-penalty", "selftest"):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "--json" in result.stdout.replace("\x1b", "") or "-json" in result.stdout


def test_the_check_counts_one_neuron_and_one_vertex_in_the_singular(tmp_path):
    data, place = tmp_path / "data.csv", tmp_path / "set.json"
    data.write_text("x,y\n1,1\n2,2\n")
    assert run("set", data, "--penalty", 1, "--out", place).exit_code == 0
    shown = run("check", place).stdout
    assert "the residual y - fit, and the only optimal neuron: 1 of sign +, 0 of sign -, 0 pairs of opposite" in shown
    assert "a polytope of dimension 0 with 1 vertex\n" in shown


def test_listed_commands_are_the_commands():
    """The list is written without importing the commands; its lines are the first lines of their own help."""
    for name, (_, line) in COMMANDS.items():
        command = loaded(name)
        assert command.name == name
        assert command.help.partition("\n\n")[0] == line


def test_the_list_imports_no_command():
    code = "import sys; from reluexact.cli.app import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = done.stdout.split()
    assert "reluexact.cli.app" in modules
    homes = {f"reluexact.{place.rpartition('.')[0]}" for place, _ in COMMANDS.values()}
    assert not {"numpy", "flint", "scipy", "reluexact.checker", *homes} & set(modules)
