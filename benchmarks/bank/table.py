"""Score the trainers beside this file on a part of the bank, and write the table of ``RESULTS.md``.

    PYTHONPATH=. python benchmarks/bank/table.py [--python pyscnn=PYTHON]

Needs torch, scikit-learn, cvxpy and pyscnn; ``--python NAME=PATH`` runs a trainer in another environment. Excesses are exact;
times vary with the machine. A trainer whose packages are missing ends the run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import reluexact as rx
from reluexact.kinds.bank.trial import SCORED, TIMEOUT, run
from reluexact.kinds.bank.views import minimum, outward

HERE = Path(__file__).parent
TRAINERS = {
    "adam": "Adam",
    "sgd": "SGD",
    "sklearn_lbfgs": "L-BFGS",
    "pyscnn": "pyscnn",
    "convex": "cvxpy + Clarabel",
    "scip": "SCIP",
}
NAMES = (
    "toy-1-10",
    "five-points",
    "xor",
    "planted-default",
    "planted-rows-10-shape-corner",
    "planted-near-1e-9",
    "random-1",
    "real-bod-10",
    "real-anscombe1-free-squared",
    "planted-loss-absolute",
)
SECONDS = 60


def cell(trial):
    """Return what stands in the table: relative excess and neurons, or why there is none."""
    if trial.status == SCORED:
        return f"{outward(trial.high / trial.instance.low, up=True)} ({trial.width})"
    if trial.status == TIMEOUT:
        return f"> {SECONDS} s"
    if "not for this problem" in trial.note:
        return ""
    raise SystemExit(f"{trial.instance.name}: {trial.status}: {trial.note}")


def lines(columns):
    """Yield the table: one row for each instance, the last one with the mean times."""
    yield f"| instance | minimum | m* | {' | '.join(TRAINERS[name] for name in columns)} |"
    yield f"| --- | --- | --- |{' --- |' * len(columns)}"
    for number, name in enumerate(NAMES):
        instance = rx.bank_instance(name)
        fewest = "" if instance.fewest is None else str(instance.fewest)
        cells = " | ".join(cell(trials[number]) for trials in columns.values())
        yield f"| `{name}` | {minimum(instance)} | {fewest} | {cells} |"
    times = [[trial.seconds for trial in trials if "not for" not in trial.note] for trials in columns.values()]
    yield f"| mean seconds | | | {' | '.join(f'{sum(taken) / len(taken):.1f}' for taken in times)} |"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--python", action="append", default=[], metavar="NAME=PATH")
    pythons = dict(entry.split("=", 1) for entry in options.parse_args().python)
    columns = {}
    for name in TRAINERS:
        command = f"{pythons.get(name, sys.executable)} {HERE / 'trainers' / name}.py"
        columns[name] = [run(command, rx.bank_instance(instance), SECONDS) for instance in NAMES]
        print(name, *(f"{trial.status} {trial.note}"[:60] for trial in columns[name]), sep="\n  ", flush=True)
    head, _, _ = (HERE / "RESULTS.md").read_text().partition("| instance |")
    (HERE / "RESULTS.md").write_text(head + "\n".join(lines(columns)) + "\n")


if __name__ == "__main__":
    main()
