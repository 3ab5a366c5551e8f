"""``reluexact cross-validate``."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from reluexact.cli.app import app


@pytest.fixture
def line(tmp_path):
    place = tmp_path / "line.csv"
    place.write_text("x,y\n1,1\n2,3\n3,3\n4,3\n")
    return str(place)


def run(*words):
    return CliRunner().invoke(app, ["cross-validate", *words])


def test_the_best_penalty_is_shown_and_drawn(line, tmp_path):
    result = run(line, "--low", "1/10", "--folds", "2", "--plot", str(tmp_path / "cv.svg"))
    assert result.exit_code == 0
    assert "penalties     all from 0.1 on" in result.stdout
    assert "PROVED: every penalty of least error" in result.stdout
    assert (tmp_path / "cv.svg").exists()


def test_the_json_object(line):
    document = json.loads(run(line, "--low", "1/10", "--folds", "2", "--json").stdout)
    assert document["folds"] == [0, 1, 0, 1]
    ((low, high),) = document["best"]
    assert 0 < Fraction(high) - Fraction(low) < Fraction(1, 1000)


def test_a_best_penalty_at_the_low_end_is_told(line):
    result = run(line, "--low", "2", "--folds", "2")
    assert "lower ones, which are not looked at, may be better" in result.stdout


def test_too_many_folds(line):
    result = run(line, "--low", "1", "--folds", "9")
    assert result.exit_code == 2
    assert "9 does not lie between 2 and 4, the number of rows; give a smaller --folds" in result.stderr


def test_fewer_rows_than_five_are_left_out_one_by_one(tmp_path):
    file = tmp_path / "three.csv"
    file.write_text("x,y\n1,1\n2,2\n4,3\n")
    result = CliRunner().invoke(app, ["cross-validate", str(file), "--low", "1/2"])
    assert result.exit_code == 0
    assert "3, one for each row (leave-one-out)" in result.stdout
    file.write_text("x,y\n1,1\n")
    alone = CliRunner().invoke(app, ["cross-validate", str(file), "--low", "1/2"])
    assert alone.exit_code == 2
    assert "needs 2 rows" in alone.stderr
