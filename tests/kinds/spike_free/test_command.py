"""``reluexact spike-free``."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, ["spike-free", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def write(tmp_path):
    def written(text):
        place = tmp_path / "data.csv"
        place.write_text(text)
        return place

    return written


def test_proved(write, tmp_path):
    out = tmp_path / "free.json"
    answer = run(write("a,b,y\n1,0,1\n1,1,-2\n"), "--penalty", "1/2", "--out", out)
    assert answer.exit_code == 0
    assert "status    PROVED: independent rows" in answer.stdout
    assert "all ones  1.33210678, the optimal value\n" in answer.stdout
    assert rx.check(out).verified


def test_refuted(write):
    answer = run(write("a,b,y\n-1,1,0\n0,1,1\n1,1,0\n"), "--penalty", "1/10")
    assert answer.exit_code == 0
    assert "status     REFUTED: rows of different directions depend on one another\n" in answer.stdout
    assert "above the optimal value\n" in answer.stdout


def test_json_without_a_neuron_that_sees_all_rows(write):
    document = json.loads(run(write("a,y\n1,1\n-1,1\n"), "--penalty", "1/10", "--json").stdout)
    assert (document["kind"], document["status"], document["all_ones"]) == ("spike-free", "REFUTED", None)
    assert "no neuron sees all rows" in run(write("a,y\n1,1\n-1,1\n"), "--penalty", "1/10").stdout
