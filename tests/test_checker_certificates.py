"""The checker on good and bad certificates, as a library and as a program without site-packages."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import make_certificates
import make_false_certificates
import pytest
from paths import TESTS

from reluexact import checker

HERE = TESTS
CHECKER = Path(checker.__file__)
GOOD = sorted((HERE / "good").glob("*.json"))
EXPECTED = json.loads((HERE / "bad" / "expected.json").read_text(encoding="utf-8"))


def run(*arguments):
    command = [sys.executable, "-I", "-S", str(CHECKER), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_certificates_are_verified(path):
    report = checker.check_document(path.read_bytes())
    assert report.verified, (report.path, report.reason)
    assert path.stem.startswith(f"{report.kind}-")
    assert len(report.digest) == 64
    assert report.digest in report.lines[-1]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_bad_certificates_are_rejected_at_their_place(name):
    report = checker.check_document((HERE / "bad" / f"{name}.json").read_bytes())
    assert not report.verified
    assert report.path == EXPECTED[name]["path"]
    assert report.reason.startswith(EXPECTED[name]["reason"])


def test_every_obligation_has_a_false_certificate():
    stored = {path.stem for path in (HERE / "bad").glob("*.json")} - {"expected"}
    assert stored == set(EXPECTED) == set(make_false_certificates.MAKERS)
    obligations = {entry["reason"].split(":")[0].split(" ")[0] for entry in EXPECTED.values()}
    assert obligations >= {"B1", "B2", "B3", "O1", "O2", "O3", "O4", "O5", "O6", "O7a", "O7b", "O8", "O9"}
    assert obligations >= {"S1", "S2", "S3", "S4", "S5", "S6", "M1", "M2", "W1", "W2", "W3", "W4"}
    assert obligations >= {"K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8"}
    assert obligations >= {"D1", "D2", "D3", "D4", "D5", "D6"}
    assert obligations >= {"C", "G1", "G3", "G4", "G5", "G6"}  # G2 consists of O1 to O7a and C


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("optimum-two-points", Fraction(9, 10)),
        ("optimum-identity", Fraction(3, 8)),
        ("optimum-three-directions", Fraction(39, 400)),
        ("optimum-two-signs", Fraction(9, 2)),
        ("optimum-pair", Fraction("70.80684267241379")),
        ("optimum-plane", Fraction("34.2706271514020157392051210223")),
    ],
)
def test_verified_values_are_the_known_ones(name, value):
    document = json.loads((HERE / "good" / f"{name}.json").read_text(encoding="utf-8"))
    low, high = (Fraction(document["statement"]["claim"]["value"][end]) for end in ("low", "high"))
    assert low - Fraction(1, 10**13) < value < high + Fraction(1, 10**13)
    assert high - low < Fraction(1, 10**20)


@pytest.mark.parametrize("name", ["optimum-pair", "bound-parallel"])
def test_the_maker_gives_what_is_stored(name):
    report = checker.check_document(json.dumps(make_certificates.GOOD[name]()))
    assert report.verified


def test_exact_boxes_are_accepted_where_the_numbers_are_known():
    document = make_false_certificates.good("optimum-two-points")
    claim = document["statement"]["claim"]
    claim["value"] = {"low": "9/10", "high": "9/10"}
    claim["residual"] = [{"low": "1/5", "high": "1/5"}, {"low": "2/5", "high": "2/5"}]
    claim["neurons"][0]["direction"] = [{"low": "1", "high": "1"}]
    assert checker.check_document(json.dumps(document)).verified


def test_program_prints_the_statement_and_the_verdict():
    answer = run(HERE / "good" / "optimum-pair.json")
    lines = answer.stdout.splitlines()
    assert (answer.returncode, lines[-1], answer.stderr) == (0, "VERIFIED", "")
    assert lines[0] == "problem: 4 rows, 1 columns, penalty 5.5"
    assert lines[1].startswith("claim (optimum): p* lies in [70.80684267241379")
    assert "all 2 optimal neurons: 0 of sign +, 2 of sign -, 1 pair of" in lines[2]


def test_program_rejects_with_exit_code_3():
    answer = run(HERE / "bad" / "o8-neuron-missing.json")
    assert answer.returncode == 3
    assert answer.stdout.splitlines()[-1] == "REJECTED: evidence.positive[2]: O8: the leaf's bound is not below the penalty"


def test_wrong_usage_and_unreadable_files_are_exit_code_2(tmp_path):
    assert run().returncode == 2
    assert run(tmp_path / "nothing.json").returncode == 2
    problem = tmp_path / "problem.json"
    problem.write_text('{"X": [[1.5]], "y": [1], "penalty": 1}', encoding="utf-8")
    answer = run(GOOD[0], "--statement", problem)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "1.5" in answer.stderr


def test_the_file_runs_as_a_program(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["checker.py", str(HERE / "good" / "bound-two-points.json")])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(CHECKER), run_name="__main__")
    assert end.value.code == 0
    assert capsys.readouterr().out.endswith("VERIFIED\n")


def test_main_as_a_function(capsys):
    assert checker.main([str(HERE / "good" / "optimum-zero.json"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["verified"] is True
    assert report["kind"] == "optimum"
    assert checker.main([str(HERE / "bad" / "b2-lower-too-high.json")]) == 3
    assert capsys.readouterr().out.endswith("REJECTED: statement.claim.lower: B2: above the dual value of the residual\n")
    assert checker.main([str(HERE)]) == 2


@pytest.mark.parametrize(
    ("problem", "verified"),
    [
        ({"X": [[1], [2]], "y": [1, 2], "penalty": 1}, True),
        ({"X": [["1.0"], ["4/2"]], "y": ["001", "2"], "penalty": "1.00"}, True),
        ({"X": [["1"], ["2"]], "y": ["1", "2"], "penalty": "1.000000001"}, False),
        ({"X": [["1"], ["2"]], "y": ["1", "-2"], "penalty": "1"}, False),
        ({"X": [["2"], ["1"]], "y": ["2", "1"], "penalty": "1"}, False),
    ],
)
def test_statement_option_refuses_other_problems(tmp_path, problem, verified, capsys):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(problem), encoding="utf-8")
    code = checker.main([str(HERE / "good" / "optimum-two-points.json"), "--statement", str(path)])
    assert code == (0 if verified else 3)
    assert ("another problem" in capsys.readouterr().out) is not verified


@pytest.mark.parametrize(
    "text", ['{"X": [], "y": []}', '{"X": 1, "y": [], "penalty": 1}', '{"X": [["1e3"]], "y": [1], "penalty": 1}', "["]
)
def test_malformed_problem_files(text):
    with pytest.raises(ValueError, match=":"):
        checker.check_document(GOOD[0].read_bytes(), statement=text)


def test_walls_decided_by_tightening():
    """Where n_2 = n_0 + n_1, the wall 2 is `on` inside the cone of the first two and `off` opposite to it."""
    document = make_false_certificates.MAKERS["b1-tightened-to-zero"]()
    low = {"tighten": 2, "side": "lo", "rho": {"0": "1", "1": "1"}}
    high = {**low, "side": "hi"}
    leaf, one_sided = {"rho": {}, "slope": {}}, {"rho": {"0": "1"}, "slope": {"2": "1"}}
    document["statement"]["problem"]["penalty"] = "2"
    document["evidence"]["positive"] = [{"split": 0}, {"split": 1}, low, leaf, leaf, {"split": 1}, leaf, high, leaf]
    assert checker.check_document(json.dumps(document)).verified
    document["evidence"]["positive"][-1] = one_sided
    assert checker.check_document(json.dumps(document)).path == "evidence.positive[8].slope.2"
