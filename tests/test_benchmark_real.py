"""benchmarks/real.py: real data sets at several penalties, as a run that can be continued."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from paths import ROOT

HAT = "x,y\n1,1\n2,2\n3,1\n"


def real(folder, *options):
    found = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, str(ROOT / "benchmarks" / "real.py"), str(folder), "--results", str(folder / "r.jsonl"), *options]
    run = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": found}, check=True)
    return run.stdout.splitlines()


@pytest.mark.slow
def test_each_solve_is_a_line_that_is_kept(tmp_path):
    (tmp_path / "hat.csv").write_text(HAT)
    shown = real(tmp_path, "--fractions", "2,10", "--standardise")
    assert [line.split()[:2] for line in shown[:2]] == [["hat", "1/2"], ["hat", "1/10"]]
    assert shown[-2].split()[:5] == ["all", "2", "2", "100.0%", shown[-2].split()[4]]
    kept = (tmp_path / "r.jsonl").read_text()
    greatest, half, tenth = map(json.loads, kept.splitlines())
    assert float(half["penalty"]) == pytest.approx(greatest["greatest"] / 2, rel=0.05)
    assert tenth["status"] == "PROVED"
    assert real(tmp_path, "--fractions", "2,10", "--standardise") == shown
    assert (tmp_path / "r.jsonl").read_text() == kept


def test_the_summary_counts_what_is_not_proved(tmp_path):
    (tmp_path / "hat.csv").write_text(HAT)
    known = {"name": "hat", "standardised": False, "note": "", "penalty": "1", "memory": 1}
    lines = [
        known | {"fraction": "greatest", "greatest": 2.0, "seconds": 0.5},
        known | {"fraction": "2", "status": "PROVED", "seconds": 3.0, "neurons": 1},
        known | {"fraction": "10", "status": "TIMEOUT", "seconds": 60.0},
    ]
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    *_, every, title, missing = real(tmp_path, "--fractions", "2,10")
    assert every.split() == ["all", "2", "1", "50.0%", "3.00", "3.00"]
    assert title == "not PROVED:"
    assert missing.split() == ["hat", "1/10", "1", "TIMEOUT", "60.00"]
