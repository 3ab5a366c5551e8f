"""``reluexact minimal``: the fewest neurons, on the screen, as JSON and as a certificate."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, ["minimal", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def toy(tmp_path):
    file = tmp_path / "toy.csv"
    file.write_text("a,b,c,d,y\n2,0,0,0,1\n-1,1,1,1,1\n")
    return file


def test_the_toy_needs_one_neuron(toy, tmp_path):
    certificate = tmp_path / "minimal.json"
    result = run(toy, "--penalty", "1/10", "--out", certificate)
    assert result.exit_code == 0
    assert "fewest   1 neuron; no optimal network has fewer (all vertices are known)" in result.stdout
    assert "used     1 of 3 optimal directions" in result.stdout
    assert rx.check(certificate).verified
    assert json.loads(certificate.read_text())["statement"]["kind"] == "minimum-network"


def test_json(toy):
    document = json.loads(run(toy, "--penalty", "1/10", "--json").stdout)
    assert (document["kind"], document["status"], document["how"]) == ("minimum-network", "PROVED", "vertices")
    assert (document["lower_width"], document["upper_width"], document["support"]) == (1, 1, [0])
    assert document["amounts"][0]["low"] == "19/20"


def test_the_zero_network_has_no_neuron(toy):
    result = run(toy, "--penalty", 50)
    assert result.exit_code == 0
    assert "fewest   0 neurons" in result.stdout


def test_an_undecided_optimum_is_exit_code_4(tmp_path, monkeypatch):
    monkeypatch.setattr("reluexact.search.proof.find_relations", lambda *_: iter(()))  # a tie then stays undecided
    file = tmp_path / "hard.csv"
    file.write_text("a,b,y\n-1,1,-1\n0,1,0\n0,1,-1\n1,-1,1\n0,0,-1\n0,-1,0\n1,0,-1\n-1,-1,1\n0,-1,0\n")
    certificate = tmp_path / "bound.json"
    result = run(file, "--penalty", "1", "--out", certificate)
    assert result.exit_code == 4
    assert "status" in result.stdout
    assert rx.check(certificate).verified


def test_bad_input_is_one_line(tmp_path):
    result = run(tmp_path / "nothing.csv", "--penalty", 1)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
