"""The checker as a program without site-packages."""

from __future__ import annotations

import json

import pytest
from checker.stored import GOOD, TESTS, run

from reluexact.checker import check_document, main


def test_program_prints_the_statement_and_the_verdict():
    answer = run(TESTS / "good" / "optimum-pair.json")
    lines = answer.stdout.splitlines()
    assert (answer.returncode, lines[-1], answer.stderr) == (0, "VERIFIED", "")
    assert lines[0] == "problem: 4 rows, 1 columns, penalty 5.5"
    assert lines[1].startswith("claim (optimum): p* lies in [70.80684267241379")
    assert "all 2 optimal neurons: 0 of sign +, 2 of sign -, 1 pair of" in lines[2]


def test_program_rejects_with_exit_code_3():
    answer = run(TESTS / "bad" / "o8-neuron-missing.json")
    assert answer.returncode == 3
    assert answer.stdout.splitlines()[-1] == "REJECTED: evidence.positive[2]: O8: the leaf's bound is not below the penalty"


def test_wrong_usage_and_unreadable_files_are_exit_code_2(tmp_path):
    assert run().returncode == 2
    assert run(tmp_path / "nothing.json").returncode == 2
    problem = tmp_path / "problem.json"
    problem.write_text('{"X": [[1.5]], "y": [1], "penalty": 1}', encoding="utf-8")
    answer = run(TESTS / "good" / "bound-plane.json", "--statement", problem)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "1.5" in answer.stderr


def test_main_as_a_function(capsys):
    assert main([str(TESTS / "good" / "optimum-zero.json"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["verified"] is True
    assert report["kind"] == "optimum"
    assert main([str(TESTS / "bad" / "b2-lower-too-high.json")]) == 3
    assert capsys.readouterr().out.endswith("REJECTED: statement.claim.lower: B2: above the dual value of the residual\n")
    assert main([str(TESTS)]) == 2


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
    code = main([str(TESTS / "good" / "optimum-two-points.json"), "--statement", str(path)])
    assert code == (0 if verified else 3)
    assert ("another problem" in capsys.readouterr().out) is not verified


@pytest.mark.parametrize(
    "text", ['{"X": [], "y": []}', '{"X": 1, "y": [], "penalty": 1}', '{"X": [["1e3"]], "y": [1], "penalty": 1}', "["]
)
def test_malformed_problem_files(text):
    with pytest.raises(ValueError, match=":"):
        check_document(GOOD["bound-plane"], statement=text)
