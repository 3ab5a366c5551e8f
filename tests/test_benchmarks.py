"""benchmarks/: compare.py with the smallest sizes, its page as a function of the figures alone; the stages of a proof."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from paths import ROOT

BENCHMARKS = ROOT / "benchmarks"
PEERS = ("reluexact", "LP enumerator", "SCIP", "cvxpy + Clarabel")


def benchmark(name, *options, **environment):
    command = [sys.executable, str(BENCHMARKS / name), *options]
    found = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": found} | environment, check=False
    )


@pytest.mark.slow
def test_the_smallest_sizes_give_a_page_whose_answers_agree():
    run = benchmark("compare.py", "--quick", "--peers", *PEERS)
    assert run.returncode == 0, run.stderr
    assert all(f"- {name}: " in run.stdout for name in PEERS)
    assert "wrong" not in run.stdout
    assert "error" not in run.stdout
    assert "| 2, 1 | 2 | proved | " in run.stdout
    assert "| 5, 2 | 10 | 10 | 10 |" in run.stdout


@pytest.mark.slow
def test_who_takes_too_long_is_asked_no_more():
    run = benchmark("compare.py", "--sections", "enumeration", "--peers", "LP enumerator", "--seconds", "0.2")
    rows = [line for line in run.stdout.splitlines() if "> 0.2" in line]
    assert len(rows) == 1
    states = ["done" in line for line in run.stderr.splitlines()]
    assert states == [True] * (len(states) - 1) + [False]


def test_the_page_is_that_of_its_figures_and_the_plot_has_the_same_bytes(tmp_path):
    plots = []
    for seed in ("0", "1"):
        folder = tmp_path / seed
        folder.mkdir()
        run = benchmark("compare.py", "--redraw", "--out", str(folder), PYTHONHASHSEED=seed)
        assert run.returncode == 0, run.stderr
        assert (folder / "RESULTS.md").read_text() == (BENCHMARKS / "RESULTS.md").read_text()
        plots.append((folder / "growth.svg").read_bytes())
    assert plots[0] == plots[1]


def test_every_figure_of_the_page_is_measured():
    facts = json.loads((BENCHMARKS / "results.json").read_text())
    asked = {(row["section"], row["peer"]) for row in facts["figures"]}
    assert len(asked) == 13
    states = {row["run"]["status"] for row in facts["figures"] if row["peer"] == "reluexact"}
    assert states <= {"done", "time"}
    assert all(row["run"]["seconds"] > 0 for row in facts["figures"] if row["run"]["status"] == "done")


def test_random_integers_of_a_size_are_proved_and_the_time_of_each_stage_is_printed():
    run = benchmark("scale.py", "6,2", "--seeds", "1", "--stages")
    assert run.returncode == 0, run.stderr
    _, line, stages, summary = run.stdout.splitlines()
    assert "PROVED" in line
    assert all(f"{name} " in stages for name in ("pricing", "conic solver", "Krawczyk", "tree", "tree check", "claim"))
    assert summary.startswith("6,2: median")


def test_a_case_that_does_not_exist_is_an_error_that_names_the_cases():
    run = benchmark("scale.py", "sixty")
    assert run.returncode == 2
    assert "neither random, motorcycle, iris nor a size such as 60,4" in run.stderr


@pytest.mark.slow
def test_the_proof_is_timed_beside_the_full_program():
    run = benchmark("full_program.py", "6,2")
    assert run.returncode == 0, run.stderr
    _, line, stages = run.stdout.splitlines()
    *_, value, _, other, _ = line.split()
    assert float(value) == pytest.approx(float(other), rel=1e-6)
    assert "PROVED" in line
    assert "tree check" in stages
