"""The optimum of a training problem: this project with and without proof, and what else searches for it."""

from __future__ import annotations

import json
import runpy
import sys
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from full_program import FullSolution, full_program
from peers.full_models import ScipModel, z3_conditions
from peers.instances import Training, decimals
from peers.task import Task

import reluexact as rx
from reluexact.propose.candidates import Candidate, propose

TRAINERS = Path(__file__).parents[1] / "bank" / "trainers"
BELOW = Fraction(1, 10)


def ours(n: int, d: int) -> Task:
    problem = Training.of(n, d)

    def score(optimum: rx.Optimum) -> dict[str, Any]:
        bounds = {"lower": decimals(optimum.lower, up=False), "upper": decimals(optimum.upper)}
        proved = optimum.status is rx.Status.PROVED
        return bounds | {
            "proved": proved,
            "scale": rx.activation_patterns(problem.data.X, limit=10**8).count,
            "objective": bounds["upper"],
        }

    return Task(lambda: rx.solve(problem.data, problem.penalty), score)


def ours_without_proof(n: int, d: int) -> Task:
    problem = Training.of(n, d)

    def score(found: Candidate) -> dict[str, Any]:
        vectors = np.array([[float(entry) for entry in weights] for weights in found.weights])
        return {"objective": decimals(problem.objective_of_blocks([column.sign for column in found.columns], vectors))}

    return Task(lambda: propose(problem.data, problem.penalty), score)


def clarabel(n: int, d: int) -> Task:
    problem = Training.of(n, d)
    full_program(Training.of(4, 2).data, 1.0)  # what cvxpy imports on use is not measured

    def score(found: FullSolution) -> dict[str, Any]:
        return {"objective": decimals(problem.objective_of_blocks(found.signs, found.vectors)), "claim": found.value}

    return Task(lambda: full_program(problem.data, float(problem.penalty)), score)


def scip(n: int, d: int) -> Task:
    import pyscipopt

    problem = Training.of(n, d)

    def score(model: ScipModel) -> dict[str, Any]:
        signs, vectors = model.blocks()
        facts = {"objective": decimals(problem.objective_of_blocks(signs, vectors)), "claim": model.value, "bound": model.bound}
        return facts | {"proved": model.is_optimal}

    return Task(lambda: ScipModel.solved(pyscipopt, problem), score)


def z3_solver(n: int, d: int) -> Task:
    """Ask whether the full program has a point below the proved minimum, which is found before the time starts."""
    import z3

    problem = Training.of(n, d)
    bound = (1 - BELOW) * rx.solve(problem.data, problem.penalty).upper

    def work() -> str:
        solver = z3.SolverFor("QF_NRA")
        solver.add(z3_conditions(z3, problem, bound))
        return str(solver.check())

    return Task(work, lambda said: {"refuted": said == "unsat", "said": said})


def pyscnn(n: int, d: int) -> Task:
    import scnn.optimize  # noqa: F401

    return _trainer("pyscnn", Training.of(n, d))


def adam(n: int, d: int) -> Task:
    import torch  # noqa: F401

    return _trainer("adam", Training.of(n, d))


def _trainer(name: str, problem: Training) -> Task:
    """Run a trainer of the bank in this process, with files as ``reluexact bank score`` gives and reads them."""
    folder = TemporaryDirectory()
    given, made = Path(folder.name) / "problem.json", Path(folder.name) / "network.json"
    facts = {"X": [[str(entry) for entry in row] for row in problem.data.X], "y": [str(value) for value in problem.data.y]}
    facts |= {"penalty": str(problem.penalty), "weights": ["1"] * problem.data.n, "loss": "squared"}
    given.write_text(json.dumps(facts | dict.fromkeys(("hidden_bias", "output_bias", "skip"), "none")))
    sys.path.insert(0, str(TRAINERS))
    sys.argv = [name, str(given), str(made)]

    def score(_: object) -> dict[str, Any]:
        network = json.loads(made.read_text())
        folder.cleanup()
        return {"objective": decimals(problem.objective(network["hidden"], network["output"]))}

    return Task(lambda: runpy.run_path(str(TRAINERS / f"{name}.py")), score)
