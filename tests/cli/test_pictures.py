"""``--plot`` and ``--view`` of the commands that have pictures."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from reluexact.cli.app import app

TEXT = "s,t,y\n2,1,-1\n-1,0,-3\n1,-1,1\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text(TEXT)
    network = {"hidden": [["1", "1"], ["0", "1"]], "output": ["1", "-2"]}
    (tmp_path / "network.json").write_text(json.dumps(network))
    return tmp_path


def run(words):
    return CliRunner().invoke(app, words.split(), catch_exceptions=False)


@pytest.mark.parametrize(
    "words",
    [
        "solve data.csv --penalty 1/8 --view arrangement",
        "set data.csv --penalty 1/8 --view fit",
        "minimal data.csv --penalty 1/8",
        "classify data.csv --network network.json --penalty 1/8",
        "judge network.json data.csv --penalty 1/8",
        "sensitivity data.csv --penalty 1/8",
    ],
)
def test_a_picture_is_written(folder, words):
    result = run(f"{words} --plot p.svg")
    assert result.exit_code == 0
    assert "written: p.svg" in result.stderr
    assert (folder / "p.svg").read_bytes().startswith(b"<?xml")


def test_views_differ_and_others_are_refused_with_a_list(folder):
    pictures = []
    for view in ("fit", "arrangement"):
        run(f"solve data.csv --penalty 1/8 --plot p.svg --view {view}")
        pictures.append((folder / "p.svg").read_bytes())
    assert pictures[0] != pictures[1]
    result = run("solve data.csv --penalty 1/8 --plot q.svg --view polytope")
    assert result.exit_code == 2
    assert "view: 'polytope' is no picture of this Optimum; it has fit, arrangement" in result.stderr
    assert not (folder / "q.svg").exists()


def test_what_cannot_be_drawn_says_so(folder):
    result = run("classify data.csv --network network.json --penalty 1/8 --snap 1/1000 --plot p.svg")
    assert result.exit_code == 2
    assert "--plot draws the given network" in result.stderr
    run("solve data.csv --penalty 1/8 --network-out best.json")
    result = run("judge network.json data.csv --penalty 1/8 --brief --plot p.svg")
    assert "no picture: --plot draws the steps" in result.stderr
    assert not (folder / "p.svg").exists()
