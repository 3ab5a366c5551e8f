"""``reluexact width``: one width and the curve, on the screen, as JSON, as certificates and as a picture."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, ["width", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("a,b,y\n1,0,2\n0,1,2\n1,1,-1\n")
    return path


def test_one_width(file, tmp_path):
    certificate = tmp_path / "one.json"
    result = run(file, "--penalty", "1/2", "--width", 1, "--out", certificate)
    assert result.exit_code == 0
    assert "status   PROVED, for networks of at most 1 neuron\n" in result.stdout
    assert "value    3.66421356237309504880\n" in result.stdout
    assert "global   no: wider networks are better" in result.stdout
    assert rx.check(certificate).verified
    assert json.loads(certificate.read_text())["statement"]["kind"] == "width-optimum"


def test_the_global_optimum(file):
    assert "global   yes: no network of any width is better" in run(file, "--penalty", "1/2", "--width", 2).stdout


def test_json(file):
    document = json.loads(run(file, "--penalty", "1/2", "--width", 1, "--json").stdout)
    assert (document["kind"], document["status"], document["width"]) == ("width-optimum", "PROVED", 1)
    assert (document["is_global"], document["exact"]) == (False, True)
    assert document["value"]["decimal"] == "3.66421356237309504880"
    network = rx.Network.from_lists(document["network"])
    data = rx.Dataset.read(file)
    assert str(network.objective(data, "1/2")) == document["upper"]


def test_the_curve(file, tmp_path):
    picture = tmp_path / "curve.svg"
    result = run(file, "--penalty", "1/2", "--curve", "--plot", picture, "--out", tmp_path / "curve.json")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["global", "from", "2", "neurons", "(m*)", "on"] in lines
    assert [line[:2] for line in lines if line[-1:] == ["global"] or line[4:5] == ["PROVED"]] == [
        ["0", "4.5"],
        ["1", "3.664213562373"],
        ["2", "2.828427124746"],
    ]
    assert "<svg" in picture.read_text(encoding="utf-8")
    for width in range(3):
        assert rx.check(tmp_path / f"curve-{width}.json").verified
    document = json.loads(run(file, "--penalty", "1/2", "--curve", "--most", 1, "--json").stdout)
    assert (document["kind"], document["fewest"], document["falls"], len(document["optima"])) == ("width-curve", None, True, 2)


def test_the_limit_is_exit_code_4_with_a_certificate(file, tmp_path):
    certificate = tmp_path / "bounds.json"
    result = run(file, "--penalty", "1/2", "--width", 1, "--limit", 1, "--out", certificate)
    assert result.exit_code == 4
    assert "UNDECIDED, for networks of at most 1 neuron: the search" in result.stdout
    assert rx.check(certificate).verified


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "--width K"),
        (("--width", 1, "--curve"), "--width K"),
        (("--width", 1, "--most", 2), "--curve"),
        (("--width", 1, "--plot", "x.png"), "--curve"),
        (("--curve", "--plot", "x.txt"), ".png"),
        (("--curve", "--plot", "no/such/folder/x.png"), "folder"),
    ],
)
def test_wrong_usage_is_one_line(file, options, message):
    result = run(file, "--penalty", 1, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
