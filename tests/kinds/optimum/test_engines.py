"""The proof does not depend on who proposed: two engines, hash seeds, thread counts, digits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fractions import Fraction

import pytest
from paths import DATA, ROOT, TESTS
from solving import proved, verified

from reluexact.errors import InputError
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.certificate import to_document
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset

GOLDEN = json.loads((TESTS / "golden" / "optima.json").read_text(encoding="utf-8"))
MOTORCYCLE = DATA / "motorcycle.csv"
INSTANCES = {
    **{f"golden-{k}": (GOLDEN[k]["Z"], GOLDEN[k]["y"], GOLDEN[k]["penalty"]) for k in (0, 1, 2, 3)},
    "toy": ([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], 1),
    "hat": ([[-1, 1], [0, 1], [1, 1]], [0, 1, 0], "1/10"),
    "five points": ([[x, 1] for x in (-2, -1, 0, 1, 2)], [1, -1, 1, 1, -1], "1/1000"),
    "a breakpoint": ([[1, 0], [0, 1]], [3, -1], 1),
    "nothing": ([[1, 2], [2, 1]], [1, -1], 100),
}


def claims(optimum):
    document = to_document(optimum)
    return {key: document[key] for key in ("statement", "evidence")}


@pytest.mark.parametrize("name", INSTANCES)
def test_scip_leads_to_the_same_proof(name):
    X, y, penalty = INSTANCES[name]
    first, second = (proved(X, y, penalty, engine=engine) for engine in ("clarabel", "scip"))
    assert claims(first) == claims(second)
    assert first == second  # produced_by, which differs, does not count
    assert dict(first.produced_by)["engine"] == "clarabel"
    assert dict(second.produced_by)["engine"] == "scip"


@pytest.mark.slow
@pytest.mark.parametrize("k", [4, 7])
def test_scip_leads_to_the_same_proof_of_larger_instances(k):
    record = GOLDEN[k]
    first, second = (proved(record["Z"], record["y"], record["penalty"], engine=engine) for engine in ("clarabel", "scip"))
    assert claims(first) == claims(second)


@pytest.mark.slow
def test_scip_leads_to_the_same_proof_of_the_motorcycle_data():
    data = Dataset.read(MOTORCYCLE, target="accel", features=["times"], bias=True)
    first, second = (verified(solve(data, 200, engine=engine)) for engine in ("clarabel", "scip"))
    assert first.status is second.status is Status.PROVED
    assert claims(first)["statement"] == claims(second)["statement"]


SCRIPT = """
import sys
from reluexact.kinds.optimum.find import solve
from reluexact.model.dataset import Dataset
X = [[6, -5, -7], [-4, -2, 6], [-1, -8, -3], [2, 6, 4], [9, -6, 7], [1, 1, 1], [2, 2, 2]]
solve(Dataset(X, [-5, 3, 8, 9, 7, 1, 0]), "41/7").save(sys.argv[1])
solve(Dataset.read(sys.argv[3], target="accel", features=["times"], bias=True), 200).save(sys.argv[2])
"""


def test_same_input_same_bytes(tmp_path):
    """Certificates agree byte for byte over hash seeds and thread counts, on a small instance and on real data."""
    found = []
    for seed, threads in (("0", "1"), ("4242", "2")):
        files = [tmp_path / f"{name}-{seed}.json" for name in ("small", "motorcycle")]
        settings = {"PYTHONHASHSEED": seed}
        settings |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), threads)
        root = str(ROOT)
        path = os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])
        command = [sys.executable, "-c", SCRIPT, *map(str, files), str(MOTORCYCLE)]
        subprocess.run(command, check=True, env={**os.environ, **settings, "PYTHONPATH": path})
        found.append([file.read_bytes() for file in files])
    assert found[0] == found[1]
    assert all(b'"kind":"optimum"' in content for content in found[0])


@pytest.mark.parametrize("digits", [1, 12, 60, 200])
def test_digits_asked_for_are_proved_at_once(digits):
    optimum = proved(*INSTANCES["golden-2"], digits=digits)
    goal = Fraction(1, 10**digits)
    assert optimum.digits == digits
    assert optimum.value.high - optimum.value.low <= goal
    assert optimum.upper - optimum.lower <= 2 * goal


def test_two_solutions_of_the_same_problem_meet():
    coarse, fine = (proved(*INSTANCES["golden-3"], digits=digits) for digits in (5, 50))
    assert coarse.value.low <= fine.value.high
    assert fine.value.low <= coarse.value.high
    assert coarse.value.decimal(45) == fine.value.decimal(45)


@pytest.mark.parametrize("digits", [0, -1, True, 1.5, "30", 10**9])
def test_digits_must_be_a_positive_integer(digits):
    with pytest.raises(InputError, match="digits"):
        solve(Dataset([[1]], [1]), 1, digits=digits)


@pytest.mark.parametrize("penalty", [0, -1, "0", "-1/2", "x", None, float("nan"), float("inf"), True])
def test_the_penalty_must_be_positive_and_exact(penalty):
    with pytest.raises(InputError):
        solve(Dataset([[1]], [1]), penalty)


def test_unknown_engine():
    with pytest.raises(InputError, match="engine"):
        solve(Dataset([[1]], [1]), 1, engine="gurobi")


def test_progress_is_reported():
    lines = []
    solve(Dataset([[1], [2]], [1, 2]), 1, progress=lines.append)
    assert lines
    assert all(isinstance(line, str) and line for line in lines)


def test_a_limit_that_is_too_small_is_undecided_with_verified_bounds():
    """One node of a branch tree is not enough: the answer says why, and both bounds still hold."""
    X, y, penalty = INSTANCES["golden-3"]
    optimum = solve(Dataset(X, y), penalty, limit=1)
    assert optimum.status is Status.UNDECIDED
    assert "limit=" in optimum.reason
    assert optimum.neurons == ()
    assert optimum.lower <= Fraction(GOLDEN[3]["value"]) <= optimum.upper
    assert verified(optimum).value == optimum.value
