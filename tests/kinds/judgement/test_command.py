"""``reluexact judge``, as it is called."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app


@pytest.fixture
def files(tmp_path):
    (tmp_path / "data.csv").write_text("x,y\n1,1\n2,2\n")
    (tmp_path / "best.json").write_text('{"hidden": [["1/2"]], "output": ["1/2"]}')
    (tmp_path / "near.json").write_text('{"hidden": [[0.51]], "output": [0.49]}')
    (tmp_path / "biased.json").write_text('{"hidden": [[1]], "hidden_bias": [-1], "output": [1], "output_bias": 1}')
    return tmp_path


def judge(folder, network, *arguments, penalty="15/4"):
    call = ["judge", folder / network, folder / "data.csv", "--penalty", penalty, *arguments]
    return CliRunner().invoke(app, [str(argument) for argument in call], catch_exceptions=False)


def lines_of(result):
    return dict(line.split(maxsplit=1) for line in result.stdout.splitlines() if line.strip())


def test_an_optimum(files):
    result = judge(files, "best.json", "--max-gap", 0)
    lines = lines_of(result)
    assert result.exit_code == 0
    assert lines["objective"] == "2.34375 (exactly)"
    assert lines["excess"] == "0: the network is a global optimum, PROVED"
    assert lines["verdict"] == "PROVED: the excess is at most 0 of the objective"


@pytest.mark.parametrize(("gap", "code", "word"), [("1/1000", 0, "PROVED"), ("1/10000", 1, "REFUTED")])
def test_exit_codes_for_continuous_integration(files, gap, code, word):
    result = judge(files, "near.json", "--max-gap", gap, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["status"], document["max_gap"]) == (code, word, gap)
    assert document["objective"] == "93780001/40000000"
    assert document["is_optimal"] is False


def test_undecided_has_its_own_exit_code(files):
    gap = json.loads(judge(files, "near.json", "--json").stdout)["relative"]
    middle = (rx.Dataset([[gap["low"]]], [gap["high"]]).X[0][0] + rx.Dataset([[1]], [gap["high"]]).y[0]) / 2
    result = judge(files, "near.json", "--max-gap", middle)
    assert gap["low"] != gap["high"]
    assert result.exit_code == 4
    assert "UNDECIDED" in lines_of(result)["verdict"]


def test_the_certificate_is_about_the_data(files):
    result = judge(files, "biased.json", "--hidden-bias", "free", "--output-bias", "free", "--out", files / "out.json")
    assert result.exit_code == 0, result.stderr
    report = rx.check(files / "out.json")
    assert report.verified
    found = rx.load(files / "out.json")
    assert found.objective == rx.Problem(found.data, "15/4", "squared", "free", "free").objective(found.network)
    assert lines_of(result)["problem"] == "output bias free, hidden bias free"


def test_a_certificate_of_ours_has_a_network(files):
    call = [
        "solve",
        files / "data.csv",
        "--penalty",
        1,
        "--hidden-bias",
        "free",
        "--output-bias",
        "free",
        "--out",
        files / "o.json",
    ]
    assert CliRunner().invoke(app, [str(argument) for argument in call]).exit_code == 0
    result = judge(files, "o.json", "--hidden-bias", "free", "--output-bias", "free", "--max-gap", "1e-20", penalty=1)
    assert result.exit_code == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("network", "arguments", "words"),
    [
        ("biased.json", (), "output bias, which this problem has not"),
        ("best.json", ("--max-gap", "-1"), "--max-gap: '-1' is negative"),
        ("data.csv", (), "data.csv"),
    ],
)
def test_errors_name_the_place(files, network, arguments, words):
    result = judge(files, network, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
