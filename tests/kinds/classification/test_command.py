"""``reluexact classify`` and the example, as they are called."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from fractions import Fraction

import pytest
from paths import ROOT
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.terminal.text import proved


@pytest.fixture
def files(tmp_path):
    """Return the second counterexample as files."""
    (tmp_path / "data.csv").write_text("a,b,y\n1,-1,1.1\n0,1,0.2\n")
    (tmp_path / "network.json").write_text('{"hidden": [[1, 0]], "output": [1.0]}')
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def classify(folder, *arguments):
    return run("classify", folder / "data.csv", "--penalty", "0.1", "--network", folder / "network.json", *arguments)


def test_the_verdict_is_readable(files):
    result = classify(files)
    assert result.exit_code == 0
    lines = {line.split(maxsplit=1)[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert lines["kind"].endswith("Clarke-stationary, an optimum of no sub-sampled program, not directionally stationary")
    assert lines["objective"].endswith("0.125 (exactly)")
    assert "(1, 0.5)" in lines["gates"]
    assert "hidden (0, -1), output 0" in lines["way"]
    assert result.stdout.count("REFUTED") == 4
    assert result.stderr == ""


def test_json_has_exact_numbers_and_every_witness(files):
    result = classify(files, "--json", "--out", files / "out.json")
    document = json.loads(result.stdout, parse_float=lambda text: pytest.fail(f"a float: {text}"))
    assert run("check", files / "out.json", "--statement", files / "data.csv", "--penalty", "0.1").exit_code == 0
    claim = json.loads((files / "out.json").read_text())["statement"]["claim"]
    assert (claim["network"], claim["objective"]) == (document["network"], document["objective"])
    assert list(claim["properties"].values()) == [answer["status"].lower() for answer in document["properties"].values()]
    answers = document["properties"]
    assert {name: answer["status"] for name, answer in answers.items()} == {
        "global minimum": "REFUTED",
        "local minimum": "REFUTED",
        "directionally stationary": "REFUTED",
        "sub-sampled optimum": "REFUTED",
        "Clarke-stationary": "PROVED",
    }
    assert answers["Clarke-stationary"]["witness"] == {"kind": "Gates", "gates": [["1", "1/2"]], "concave": [[0, 1]], "cells": []}
    better = rx.Network.from_lists(answers["local minimum"]["witness"]["better"])
    assert better.objective(rx.Dataset.read(files / "data.csv"), "0.1") < 0.125


def test_the_network_of_a_solution_is_read(files):
    solved = run("solve", files / "data.csv", "--penalty", "0.1", "--json")
    (files / "network.json").write_text(solved.stdout)
    result = classify(files, "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert document["network"] == json.loads(solved.stdout)["network"]


def test_a_global_minimum_and_a_missing_neuron(files):
    (files / "data.csv").write_text("a,b,y\n1,0,3\n0,1,4\n")
    (files / "network.json").write_text('{"hidden": [["6/5", "8/5"]], "output": [2]}')
    result = run("classify", files / "data.csv", "--penalty", 1, "--network", files / "network.json")
    assert "global minimum, over networks of every width" in result.stdout
    assert "pattern 11, sign +" in result.stdout
    (files / "network.json").write_text('{"hidden": [], "output": []}')
    result = run("classify", files / "data.csv", "--penalty", 1, "--network", files / "network.json")
    assert "local minimum among networks of width 0, not global" in result.stdout
    assert "new neuron  sign +, direction" in result.stdout


def lines_of(result):
    return [line.split(maxsplit=1) for line in result.stdout.split("\n\n")[0].splitlines()]


def test_objective_optimum_and_gap_come_first(files):
    result = classify(files)
    lines = lines_of(result)
    assert [name for name, _ in lines] == ["data", "penalty", "objective", "optimum", "gap", "kind", "network", "distance"]
    best = rx.solve(rx.Dataset.read(files / "data.csv"), "0.1").value
    texts = dict(lines)
    assert texts["objective"] == "0.125 (exactly)"
    assert texts["optimum"] == f"{proved(best, 12)}, PROVED"
    gap = Fraction("0.125") - best.high
    assert abs(Fraction(texts["gap"].split()[0]) - gap) < Fraction(1, 10**12)
    assert texts["gap"].endswith(" of the objective")
    document = json.loads(classify(files, "--json").stdout)
    assert document["optimum"] == {"status": "PROVED", "reason": "", "low": str(best.low), "high": str(best.high)}
    assert Fraction(document["gap"]["low"]) == Fraction("0.125") - best.high
    assert Fraction(document["gap"]["high"]) == Fraction("0.125") - best.low


def test_the_gap_of_a_global_minimum_is_0(files):
    (files / "data.csv").write_text("a,b,y\n1,0,3\n0,1,4\n")
    (files / "network.json").write_text('{"hidden": [["6/5", "8/5"]], "output": [2]}')
    arguments = ("classify", files / "data.csv", "--penalty", 1, "--network", files / "network.json")
    texts = dict(lines_of(run(*arguments)))
    assert (texts["optimum"], texts["gap"]) == ("the same: the network is a global minimum", "0")
    document = json.loads(run(*arguments, "--json").stdout)
    assert (document["optimum"]["low"], document["gap"]) == ("9/2", {"low": "0", "high": "0"})


def test_an_undecided_optimum_gives_bounds_of_the_gap(files):
    motorcycle = (ROOT / "examples/data/motorcycle.csv", "--bias", "--penalty", "1/10")
    result = run("classify", *motorcycle, "--network", files / "network.json", "--time-limit", 2)
    texts = dict(lines_of(result))
    assert "proved bounds; UNDECIDED: stopped by --time-limit 2 (seconds)" in texts["optimum"]
    assert texts["gap"].startswith("at most ")


def test_rounding_is_told_from_imbalance(files):
    def network(text):
        (files / "network.json").write_text(text)
        return dict(lines_of(classify(files)))["network"]

    assert network('{"hidden": [[3, 4]], "output": [5]}').endswith("; balanced")
    assert network('{"hidden": [[2, 0]], "output": [1]}').endswith(
        "; not balanced: |w|^2 and a^2 of a neuron differ by 7.5e-1 of the greater"
    )
    near = network('{"hidden": [[1.0000001, 0.5]], "output": [1.1180340]}')
    assert "not balanced: |w|^2 and a^2 of a neuron differ by " in near
    assert near.endswith(", a matter of rounding; --snap 1/1000000 takes the exact stationary network next to it")
    exact = network('{"hidden": [["1000001/1000000", 0]], "output": ["1000001/1000000"]}')
    assert exact.endswith("; balanced")
    square = network('{"hidden": [["1.00000001", 0]], "output": [1]}')
    assert "; --snap 1/1000000" in square


def test_an_optimum_that_was_rounded_is_told_as_such(files):
    """Its gap is smaller than the digits of the optimum; "not stationary" is true, and of no interest."""
    anscombe = (ROOT / "examples/data/anscombe2.csv", "--bias", "--penalty", "1/10")
    place = files / "rounded.json"
    assert run("solve", *anscombe, "--network-out", place).exit_code == 0
    result = run("classify", *anscombe, "--network", place)
    texts = dict(lines_of(result))
    cure = "a matter of rounding; --snap 1/1000000 takes the exact stationary network next to it"
    assert texts["kind"] == f"not stationary, {cure}"
    data = rx.Dataset.read(anscombe[0], bias=True)
    objective = rx.Network.read(place).objective(data, "1/10")
    gap = objective - rx.solve(data, "1/10").value.refined(200)
    amount, share = re.fullmatch(r"(\S+) above the optimum, (\S+) of the objective", texts["gap"]).groups()
    assert abs(Fraction(amount) - gap.low) <= gap.low / 10**5
    assert gap.low <= Fraction(share) * objective <= gap.low * Fraction("1.1")
    far = dict(lines_of(classify(files)))
    assert "rounding" not in far["kind"]


def test_balancing_keeps_the_function(files):
    (files / "network.json").write_text('{"hidden": [[4, 0]], "output": [1]}')
    before, after = (json.loads(classify(files, *options, "--json").stdout) for options in ((), ("--balance",)))
    assert (before["balanced"], after["balanced"]) == (False, True)
    assert after["network"] == {"hidden": [["2", "0"]], "output": ["2"]}
    assert before["residual"] == after["residual"]
    assert Fraction(after["objective"]) < Fraction(before["objective"])
    (files / "network.json").write_text('{"hidden": [[2, 0]], "output": [1]}')
    result = classify(files, "--balance")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "irrational weights" in result.stderr
    assert "--snap 1/1000000" in result.stderr


def test_snapping_a_network_of_floats(files):
    (files / "data.csv").write_text("a,b,y\n1,1,2\n0,1,-3\n")
    (files / "network.json").write_text('{"hidden": [[1.00000001, 0.00000002]], "output": [0.99999999]}')
    arguments = ("classify", files / "data.csv", "--penalty", 1, "--network", files / "network.json")
    assert "kind       not stationary" in run(*arguments).stdout
    result = run(*arguments, "--snap", "1e-6")
    assert result.exit_code == 0
    assert "local minimum among networks of width 1, not global" in result.stdout
    document = json.loads(run(*arguments, "--snap", "1e-6", "--json").stdout)
    assert document["objective"]["low"] == document["objective"]["high"]
    assert document["neurons"][0]["gate"] == "+0"
    assert document["properties"]["local minimum"]["status"] == "PROVED"
    result = run(*arguments, "--snap", "1e-6", "--out", files / "out.json")
    assert (result.exit_code, (files / "out.json").exists()) == (2, False)
    assert "--out writes a certificate" in result.stderr
    for tolerance in ("2", "x"):
        result = run(*arguments, "--snap", tolerance)
        assert result.exit_code == 2
        assert "--snap" in result.stderr


def test_snapping_to_nothing_is_exit_code_4(files):
    (files / "network.json").write_text('{"hidden": [[0, 0]], "output": [0]}')
    result = classify(files, "--snap", "0.001")
    assert result.exit_code == 4
    assert "undecided: no neuron is left" in result.stdout


def test_undecided_is_exit_code_4(files):
    (files / "data.csv").write_text("a,b,c,y\n1,0,0,1\n0,1,0,1\n1,1,0,-1\n-0.9,-0.9,1,2\n")
    (files / "network.json").write_text('{"hidden": [[0, 0, 1]], "output": [1]}')
    arguments = ("classify", files / "data.csv", "--penalty", 1, "--network", files / "network.json")
    result = run(*arguments, "--limit", 1)
    assert result.exit_code == 4
    assert "UNDECIDED" in result.stdout
    assert run(*arguments, "--limit", 1, "--out", files / "out.json").exit_code == 4
    assert "undecided" in run("check", files / "out.json").stdout
    assert run(*arguments).exit_code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "this is not JSON"),
        ("[1]", "with exactly these two keys"),
        ('{"hidden": [[1, 0]], "output": [1, 2]}', "output has 2 entries"),
        ('{"hidden": [[1, 0, 0]], "output": [1]}', "reads 3 columns"),
        ('{"hidden": [[1, NaN]], "output": [1]}', "NaN"),
        ('{"hidden": [[1, "x"]], "output": [1]}', "is not a number"),
    ],
)
def test_bad_networks_are_one_line(files, text, message):
    (files / "network.json").write_text(text)
    result = classify(files)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_file_is_one_line(files):
    (files / "network.json").unlink()
    result = classify(files)
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def test_the_example(tmp_path):
    script = ROOT / "examples" / "03_clarke_counterexample.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[1] == "objective   1/8"
    assert lines[3] == "gates       1, 1/2"
    assert [line for line in lines if line.startswith("way down")] == [
        "way down    along (0, 1) the derivative is -1/10",
        "way down    along (0, -1) the derivative is -1/10",
    ]
    assert lines[-1].startswith("optimum     0.09028175")
