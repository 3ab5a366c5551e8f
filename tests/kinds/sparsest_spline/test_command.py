"""``reluexact minimal`` with a free hidden bias: the fewest kinks, on the screen, as JSON, as a certificate and as a picture."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from fractions import Fraction

import pytest
from paths import ROOT
from typer.testing import CliRunner

import reluexact as rx
from reluexact.cli.app import app

FREE = ("--hidden-bias", "free", "--output-bias", "free")
GUARD = 300


def run(*arguments):
    return CliRunner().invoke(app, ["minimal", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "steep.csv"
    place.write_text("t,y,o\n0,0,1\n1,1,1\n2,3,1\n")
    return place


COLUMNS = ("--features", "t", "--target", "y", "--penalty", "7/32")


def test_the_screen_and_the_certificate(file, tmp_path):
    out, drawn = tmp_path / "kinks.json", tmp_path / "kinks.svg"
    answer = run(file, *COLUMNS, *FREE, "--out", out, "--plot", drawn)
    assert answer.exit_code == 0
    assert "status   PROVED, for networks of every width\n" in answer.stdout
    assert "value    0.3896484375 (exactly)\n" in answer.stdout
    assert "fewest   1 kink between 0 and 2; no optimal network has a function with fewer there\n" in answer.stdout
    assert answer.stdout.splitlines()[-1].split() == ["0", "1", "0.22", "1", "0.34375", "+"]
    assert drawn.read_bytes().startswith(b"<?xml")
    assert rx.check(out).verified
    problem = rx.Problem(rx.Dataset([[0], [1], [2]], [0, 1, 3]), "7/32", hidden_bias="free", output_bias="free")
    assert rx.load(out) == rx.sparsest_spline(rx.solve(problem))


def test_json(file):
    document = json.loads(run(file, *COLUMNS, *FREE, "--skip", "penalised", "--weights", "o", "--json").stdout)
    assert (document["kind"], document["status"], document["fewest"]) == ("sparsest-spline", "PROVED", 1)
    assert (document["unique"], document["dimension"]) == (False, 1)
    assert (document["neurons_at_least"], document["neurons_at_most"]) == (1, 2)
    assert document["kinks"] == [{"at": "1", "change": "11/32", "low": "11/18", "high": "1"}]
    assert (document["skip"], document["skip_coefficient"], document["slope"]) == ("penalised", "1", "39/32")


def test_explain(file):
    text = run(file, *COLUMNS, *FREE, "--explain").stdout
    assert "from, to  the range in which it lies" in text


def test_no_kinks_no_table(file):
    text = run(file, "--features", "t", "--target", "y", "--penalty", 50, *FREE).stdout
    assert "fewest   0 kinks" in text
    assert "kink   at" not in text


def test_networks_are_not_written(file, tmp_path):
    answer = run(file, *COLUMNS, *FREE, "--network-out", tmp_path / "n.json")
    assert answer.exit_code == 2
    assert "--network-out" in answer.stderr


def test_a_smallest_network_is_drawn_where_kinks_are_not_counted(file, tmp_path):
    answer = run(file, *COLUMNS, "--plot", tmp_path / "n.svg")
    assert answer.exit_code == 0
    assert (tmp_path / "n.svg").read_bytes().startswith(b"<?xml")


def test_a_time_limit_ends_with_bounds(file, tmp_path):
    out = tmp_path / "bounds.json"
    answer = run(file, *COLUMNS, *FREE, "--time-limit", "1e-6", "--out", out, "--json")
    assert answer.exit_code == 4
    document = json.loads(answer.stdout)
    assert (document["kind"], document["status"]) == ("sparsest-spline", "UNDECIDED")
    assert "kinks" not in document
    assert rx.load(out).lower >= 0


def test_ctrl_c_after_the_proof_writes_the_optimum(file, tmp_path):
    out = tmp_path / "optimum.json"
    script = "import os, signal\nimport reluexact.kinds.sparsest_spline.find as module\n"
    script += "def stuck(*_):\n    os.kill(os.getpid(), signal.SIGINT)\n    signal.pause()\nmodule.sparsest_spline = stuck\n"
    line = [sys.executable, "-c", script + "from reluexact.cli import main; main()", "minimal", str(file), *COLUMNS, *FREE]
    done = subprocess.run(
        [*line, "--out", str(out), "--json"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=GUARD
    )
    assert done.returncode == 128 + signal.SIGINT
    assert "interrupted after" in done.stderr
    document = json.loads(done.stdout)
    assert (document["kind"], document["status"], document["reason"]) == ("optimum", "PROVED", "interrupted")
    assert rx.load(out).value == Fraction(399, 1024)
