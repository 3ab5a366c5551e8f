"""The examples run as they stand and say what is true."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from latex_tools import compile_latex
from paths import ROOT


def test_every_example_has_a_test():
    assert [path.name for path in sorted((ROOT / "examples").glob("*.py"))] == [
        "01_motorcycle.py",
        "02_all_optimal_networks.py",
        "03_clarke_counterexample.py",
        "04_stationary_points.py",
        "05_the_way_down.py",
        "06_loss_against_width.py",
        "07_as_people_train_it.py",
    ]


def test_examples_are_short():
    lines = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "examples").glob("*.py")}
    assert [name for name, count in lines.items() if count >= 60] == []


@pytest.mark.slow
def test_motorcycle(tmp_path):
    script = ROOT / "examples" / "01_motorcycle.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLCONFIGDIR": str(tmp_path / "matplotlib")}
    run = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "status  PROVED"
    assert lines[1] == "value   49671.3088640816535514898497358"
    kinks = [line for line in lines if line.startswith("  ")]
    # the paired kinks at measured times are exact; 17.8 ms was measured twice
    assert [line.split()[0] for line in kinks if "measured" in line] == ["13.6", "17.8", "20.2", "22.0", "28.6", "40.4"]
    assert [line.strip() for line in kinks if "measured" not in line] == ["20.86656643", "30.58040317"]
    picture = tmp_path / "motorcycle.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert int.from_bytes(picture.read_bytes()[16:20], "big") == 1200


@pytest.mark.slow
def test_all_optimal_networks(tmp_path):
    script = ROOT / "examples" / "02_all_optimal_networks.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[:2] == ["status     PROVED", "dimension  1"]
    assert [line for line in lines if line.startswith("vertex")] == [
        "vertex     0: 315.705725427, 1: 17.4236982066, 2: 240.130744756, 3: 53.7560503107, 5: 34.9564573616",
        "vertex     0: 134.182346064, 1: 198.947077570, 2: 112.295444603, 4: 53.7560503107, 5: 162.791757515",
    ]
    assert lines[4] == "algebra    the total of neurons 3 and 4 is a root of degree 16"
    assert lines[5].startswith(r"direction  s=+1,\quad u=\tfrac{1}{\sqrt{10429}}\,(-5,\,102)")
    pages, widest, warnings = compile_latex((tmp_path / "motorcycle.tex").read_text(encoding="ascii"), tmp_path)
    assert pages <= 9
    assert widest < 20
    assert warnings == []


def test_stationary_points(tmp_path):
    script = ROOT / "examples" / "04_stationary_points.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLCONFIGDIR": str(tmp_path / "matplotlib")}
    run = subprocess.run(
        [sys.executable, str(script), "map.svg"], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[:2] == ["programs    1,048,576, of 20 columns; complete: True", "nodes       62, steps 342"]
    assert lines[3].split(maxsplit=1) == ["9", "local minimum at its width"]
    assert lines[-2].split()[-1] == lines[-1].split()[1].rstrip(",") == "4936.39734682"
    assert (tmp_path / "map.svg").read_text().startswith("<?xml")


@pytest.mark.slow
def test_the_way_down(tmp_path):
    script = ROOT / "examples" / "05_the_way_down.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLCONFIGDIR": str(tmp_path / "matplotlib")}
    run = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "status  PROVED, at most 8 of 8 neurons at a time"
    assert lines[1].startswith("width   95 neurons are enough")  # 94 different times, and one more
    assert lines[2] == "start   728244.270000"
    pieces = [line.split() for line in lines if line.startswith("  ")]
    assert [piece[0] for piece in pieces] == ["balance", "merge", "prune", *["interpolate"] * (len(pieces) - 3)]
    values = [float(piece[-1]) for piece in pieces]
    assert values == sorted(values, reverse=True)
    assert lines[-2] == "end     126417.091385223975941632606667"
    assert lines[-1] == "check   VERIFIED"
    assert (tmp_path / "way-down.png").read_bytes().startswith(b"\x89PNG")


def test_the_data_of_the_examples_are_complete():
    rows = {path.name: len(path.read_text().splitlines()) - 1 for path in sorted((ROOT / "examples" / "data").glob("*.csv"))}
    assert rows == {"anscombe1.csv": 11, "anscombe2.csv": 11, "iris.csv": 150, "motorcycle.csv": 133, "stackloss.csv": 21}


def test_loss_against_width(tmp_path):
    script = ROOT / "examples" / "06_loss_against_width.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "curve   PROVED, m* = 5"
    words = [line.split() for line in lines[1:-1]]
    assert [line[1:3] for line in words] == [
        ["0", "330.088150000000"],
        ["1", "7.18848745603843"],
        ["2", "1.73459840030289"],
        ["3", "1.62757793343484"],
        ["4", "1.58339593496682"],
        ["5", "1.58339560501215"],
    ]
    assert all(float(line[4]) >= float(line[2]) - 1e-6 for line in words)
    assert lines[-1].startswith("check   VERIFIED")


@pytest.mark.slow
def test_as_people_train_it(tmp_path):
    script = ROOT / "examples" / "07_as_people_train_it.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLCONFIGDIR": str(tmp_path / "matplotlib"), "MPLBACKEND": "agg"}
    line = [sys.executable, str(script), str(tmp_path)]
    run = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    found = {line.split()[0]: line.split()[1:] for line in lines if not line.startswith(" ")}
    assert found == {
        "motorcycle": ["PROVED", "47880.5296928907", "checked:", "True"],
        "iris-hinge": ["PROVED", "0.153392997769474", "checked:", "True"],
        "iris-squared_hinge": ["PROVED", "0.147510644828298", "checked:", "True"],
        "stackloss": ["PROVED", "50.2260760426976", "checked:", "True"],
    }
    assert lines[1] == "  7 kinks are the fewest  checked: True"
    assert sum(line.startswith("  a kink at") for line in lines) == 7
    for name in (*found, "motorcycle-kinks"):
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
