"""``reluexact descend``: on the screen, as JSON, as a picture and as a certificate."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app


def run(*arguments):
    return CliRunner().invoke(app, ["descend", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def files(tmp_path):
    data, wide, narrow = tmp_path / "clarke.csv", tmp_path / "wide.json", tmp_path / "narrow.json"
    data.write_text("a,b,y\n0,1,2\n1,-1,2\n")
    wide.write_text('{"hidden": [["1", 0], [0, 0]], "output": ["1.0", 0]}')
    narrow.write_text('{"hidden": [["1", 0]], "output": ["1"]}')
    return data, wide, narrow


def test_the_path_its_certificate_and_its_picture(files, tmp_path):
    data, wide, _ = files
    certificate, picture = tmp_path / "way.json", tmp_path / "way.svg"
    result = run(data, "--penalty", 1, "--network", wide, "--out", certificate, "--plot", picture)
    assert result.exit_code == 0
    assert "network  wide.json: width 2, 1 free slot\n" in result.stdout
    assert "status   PROVED: the path ends at the global optimum" in result.stdout
    assert "start    3.5 (exactly)\n" in result.stdout
    assert "end      2.664213562373095048801688724210\n" in result.stdout
    assert "0   interpolate    3.5   2.664213562373    1 to 2       2   convex" in result.stdout
    assert rx.check(certificate).verified
    assert json.loads(certificate.read_text())["statement"]["kind"] == "descent-path"
    assert picture.read_text().startswith("<?xml")


def test_json(files):
    document = json.loads(run(files[0], "--penalty", 1, "--network", files[1], "--json", "--method", "walk").stdout)
    assert (document["status"], document["width"], document["width_needed"], document["fewest"]) == ("PROVED", 2, 2, 2)
    assert [piece["kind"] for piece in document["pieces"]] == ["interpolate", "interpolate"]
    assert document["pieces"][-1]["to"] == document["end"]
    assert document["pieces"][0]["neurons"][1] is None
    assert document["end"]["decimal"] == document["optimum"]["decimal"] == "2.664213562373095048801688724210"


@pytest.mark.parametrize(
    ("options", "limit"), [((), None), (("--limit", 1), {"counted": "nodes of a branch tree", "allowed": 1, "reached": 2})]
)
def test_json_says_which_limit_was_reached(files, options, limit):
    document = json.loads(run(files[0], "--penalty", 1, "--network", files[1], "--json", *options).stdout)
    assert document["status"] == ("PROVED" if limit is None else "UNDECIDED")
    assert document["limit"] == limit


def test_a_width_that_is_too_small_is_exit_code_4_with_the_best_that_was_found(files, tmp_path):
    data, _, narrow = files
    place = tmp_path / "result.json"
    result = run(data, "--penalty", 1, "--network", narrow, "--out", place)
    assert result.exit_code == 4
    assert "status   REFUTED: no network of width 1 is a global optimum: the fewest neurons are 2\n" in result.stdout
    assert "end      3.164213562373095048801688724210\n" in result.stdout
    assert "optimum  2.664213562373095048801688724210\n" in result.stdout
    assert "width    known to be enough: 2\n" in result.stdout
    assert json.loads(place.read_text())["status"] == "REFUTED"


def test_bad_input_is_one_line(files, tmp_path):
    data, wide, _ = files
    for arguments, message in (
        (("--network", tmp_path / "none.json"), "cannot be read"),
        (("--network", wide, "--plot", tmp_path / "way.txt"), "a picture's name ends with"),
        (("--network", wide, "--plot", data), "this is the data file itself"),
    ):
        result = run(data, "--penalty", 1, *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr
        assert result.stderr.count("error: ") == 1
        assert result.stderr.splitlines()[:-1] == ["remark: the target is 2 in all rows"] * ("cannot be read" in message)
