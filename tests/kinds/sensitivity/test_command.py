"""``reluexact sensitivity``: tables, JSON, exit codes."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from reluexact.cli.app import app


@pytest.fixture
def toy(tmp_path):
    place = tmp_path / "toy.csv"
    place.write_text("s,t,y\n-1,1,1\n1,1,1\n")
    return str(place)


def run(*words):
    return CliRunner().invoke(app, ["sensitivity", *words])


def test_the_tables(toy):
    result = run(toy, "--penalty", "1/10")
    assert result.exit_code == 0
    assert "1.95, the sum of the leverages" in result.stdout
    assert "  0   1            0.05      0.975                -0.5" in result.stdout
    assert "d value / d t" in result.stdout


def test_the_json_object(toy, tmp_path):
    out = tmp_path / "s.json"
    result = run(toy, "--penalty", "1/10", "--json", "--entries", "--digits", "5", "--out", str(out))
    document = json.loads(result.stdout)
    assert document["in_targets"][0]["weights"][0][0]["decimal"] == "-0.475"
    assert document["in_X"][0][0]["fit"][0] == {"low": "-19/800", "high": "-19/800", "decimal": "-0.02375"}
    assert json.loads(out.read_text())["leverage"] == document["leverage"]
    short = json.loads(run(toy, "--penalty", "1/10", "--json").stdout)
    assert "fit" not in short["in_X"][0][0]
    assert short["in_X"][0][1]["value"]["decimal"] == "-0.0475"


def test_kinks_are_named(tmp_path):
    place = tmp_path / "two.csv"
    place.write_text("a,b,y\n1,0,3\n0,1,-1\n")
    result = run(str(place), "--penalty", "1")
    assert result.exit_code == 0
    assert "d / d penalty" in result.stdout
    assert "none: neuron 1 is tight" in result.stdout


def test_intervals_on_request(toy):
    result = run(toy, "--penalty", "1/10", "--intervals", "all")
    assert "structure stays" in result.stdout
    assert "structure stays for y in" in result.stdout
    document = json.loads(run(toy, "--penalty", "1/10", "--intervals", "penalty", "--json").stdout)
    assert len(document["in_penalty"]["stays"]) == 2
    assert "stays" not in document["in_targets"][0]
