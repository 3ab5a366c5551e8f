"""benchmarks/compare.py: a run of the smallest sizes, and its page as a function of the figures alone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from paths import ROOT

BENCHMARKS = ROOT / "benchmarks"
PEERS = ("reluexact", "LP enumerator", "SCIP", "cvxpy + Clarabel")


def compare(*options, **environment):
    command = [sys.executable, str(BENCHMARKS / "compare.py"), *options]
    found = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": found} | environment, check=False
    )


@pytest.mark.slow
def test_the_smallest_sizes_give_a_page_whose_answers_agree():
    run = compare("--quick", "--peers", *PEERS)
    assert run.returncode == 0, run.stderr
    assert all(f"- {name}: " in run.stdout for name in PEERS)
    assert "wrong" not in run.stdout
    assert "error" not in run.stdout
    assert "| 2, 1 | 2 | proved | " in run.stdout
    assert "| 5, 2 | 10 | 10 | 10 |" in run.stdout


@pytest.mark.slow
def test_who_takes_too_long_is_asked_no_more():
    run = compare("--sections", "enumeration", "--peers", "LP enumerator", "--seconds", "0.2")
    rows = [line for line in run.stdout.splitlines() if "> 0.2" in line]
    assert len(rows) == 1
    states = ["done" in line for line in run.stderr.splitlines()]
    assert states == [True] * (len(states) - 1) + [False]
