"""The examples run as they stand and say what is true."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_every_example_has_a_test():
    assert [path.name for path in sorted((ROOT / "examples").glob("*.py"))] == ["01_motorcycle.py"]


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


def test_the_data_of_the_examples_are_complete():
    rows = {path.name: len(path.read_text().splitlines()) - 1 for path in sorted((ROOT / "examples" / "data").glob("*.csv"))}
    assert rows == {"anscombe1.csv": 11, "anscombe2.csv": 11, "iris.csv": 150, "motorcycle.csv": 133}
