"""``reluexact interpolate``: on the screen, as JSON, as a certificate, as a picture."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, ["interpolate", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "dots.csv"
    place.write_text("t,y\n-1,1\n0,0\n1,2\n3,1\n")
    return place


def test_the_screen_and_all_files(file, tmp_path):
    out, drawn, network = tmp_path / "dots.json", tmp_path / "dots.svg", tmp_path / "network.json"
    answer = run(file, "--bias", "--out", out, "--plot", drawn, "--network-out", network)
    assert answer.exit_code == 0
    assert "status     PROVED, for networks of every width\n" in answer.stdout
    assert "cost       6.535533905932737622004221810524\n" in answer.stdout
    assert "dimension  0 (unique)\n" in answer.stdout
    assert "fewest     3 neurons (m*)\n" in answer.stdout
    assert "network    3 neurons, rational weights; it has this fit exactly\n" in answer.stdout
    assert drawn.read_bytes().startswith(b"<?xml")
    assert rx.check(out).verified
    data = rx.Dataset.read(file, bias=True)
    assert rx.load(out) == rx.interpolate(data)
    assert rx.Network.read(network).predict(data.X) == data.y


def test_json(file):
    document = json.loads(run(file, "--bias", "--json").stdout)
    assert (document["kind"], document["status"], document["interpolates"]) == ("interpolation", "PROVED", True)
    assert (document["dimension"], document["min_width"], document["max_vertex_width"]) == (0, 3, 3)
    assert document["fit"] == ["1", "0", "2", "1"]
    assert [neuron["sign"] for neuron in document["neurons"]] == [1, 1, -1]


def test_least_squares(tmp_path):
    place = tmp_path / "equal.csv"
    place.write_text("x,y\n1,1\n1,2\n")
    answer = run(place)
    assert "fit        that of least squares, loss 0.25; no network meets the targets (2 rows missed)\n" in answer.stdout
    assert "cost       1.5 (exactly)\n" in answer.stdout


def test_an_open_case(file, tmp_path):
    out = tmp_path / "bounds.json"
    answer = run(file, "--bias", "--limit", 1, "--out", out)
    assert answer.exit_code == 4
    assert "status   UNDECIDED: the branch tree has more than 1 nodes; raise --limit to go on\n" in answer.stdout
    assert ">= least cost" in answer.stdout
    assert "rational weights; it has this fit exactly" in answer.stdout
    assert rx.check(out).verified


def test_vertices_that_are_too_many(tmp_path):
    place = tmp_path / "toy.csv"
    place.write_text("a,b,c,d,y\n2,0,0,0,1\n-1,1,1,1,1\n")
    assert "vertices   UNDECIDED: the polytope has more than 1 bases" in run(place, "--bases", 1).stdout
