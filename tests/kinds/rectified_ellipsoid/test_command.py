"""``reluexact ellipsoid`` and the pictures."""

from __future__ import annotations

import json

import pytest
from matplotlib.figure import Figure
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app
from reluexact.errors import InputError

THREE = rx.Dataset([[1, 0, 0], [0, 1, 0], [0, 1, 1]], [1, 1, -1])


def run(*arguments):
    return CliRunner().invoke(app, ["ellipsoid", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "three.csv"
    place.write_text("a,b,y\n1,0,1\n1,1,-1/2\n0,1,2\n")
    return place


def test_the_screen_and_all_files(file, tmp_path):
    out, drawn, two = tmp_path / "support.json", tmp_path / "set.svg", tmp_path / "two.csv"
    answer = run(file, "--out", out)
    assert answer.exit_code == 0
    assert "support    1.581138830084189665999446772216\n" in answer.stdout
    assert "neurons    2 unit vectors reach it, no other one\n" in answer.stdout
    two.write_text("a,y\n1,1\n-1,2\n")
    assert run(two, "--plot", drawn).exit_code == 0
    assert drawn.read_bytes().startswith(b"<?xml")
    assert rx.check(out).verified


def test_one_unit_vector_reaches_it(tmp_path):
    place = tmp_path / "one.csv"
    place.write_text("a,y\n1,1\n")
    assert "neurons    1 unit vector reaches it, no other one\n" in run(place).stdout


def test_json(file):
    document = json.loads(run(file, "--json").stdout)
    assert (document["kind"], document["status"], document["square"]) == ("support", "PROVED", "5/2")
    assert [neuron["gate"] for neuron in document["neurons"]] == ["-++", "+++"]
    assert document["reach"][1]["high"] == "0"


def test_the_picture_of_three_rows_has_three_dimensions():
    ellipsoid = rx.rectified_ellipsoid(THREE)
    assert [ellipsoid.plot(view=view).get_zlabel() for view in ("set", "polar")] == ["output in row 2", "theta of row 2"]
    mine = Figure()
    assert rx.plot(ellipsoid, ax=mine.add_subplot(projection="3d")) is mine
    with pytest.raises(InputError, match="axes of 3 dimensions are needed"):
        rx.plot(rx.rectified_ellipsoid(THREE), ax=mine.add_subplot())


def test_targets_without_a_dual_point_and_too_many_rows():
    axes = rx.rectified_ellipsoid(rx.Dataset([[0, 0], [0, 1]], [0, 0])).plot()
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["{(Xu)+ : |u| <= 1}", "hull with its negative"]
    with pytest.raises(InputError, match="of 4 rows has 4 dimensions"):
        rx.rectified_ellipsoid(rx.Dataset([[1], [2], [3], [4]], [0] * 4)).plot()
