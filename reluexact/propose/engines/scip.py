"""SCIP through PySCIPOpt: an independent second engine, slower and less accurate.

Cones are written ``sqrt(sum x^2) <= t``; SCIP 10.0.2 corrupts its heap on ``sum x^2 <= t^2``.
"""

from __future__ import annotations

from threading import Thread
from typing import Any

import numpy as np

from reluexact.errors import MissingDependency
from reluexact.propose import loss
from reluexact.propose.engines.program import Program, Solution


class Scip:
    """Variables (w, t, r, value): ``|w_k| <= t_k`` and ``|r|^2 <= 2 value``."""

    name = "scip"

    def __init__(self, accuracy: float = 1e-4, tolerance: float = 1e-7) -> None:
        """Load the solver; raises MissingDependency."""
        try:
            import pyscipopt
        except ImportError as error:
            raise MissingDependency("pyscipopt", "pip install pyscipopt") from error
        self._library: Any = pyscipopt
        self.accuracy = accuracy
        self._tolerance = tolerance

    def solve(self, program: Program) -> Solution | None:
        """Solve; None when SCIP finds no point."""
        small, basis = program.reduced()
        model, weights, residual = self._model(small)
        run(model)
        status = str(model.getStatus())
        if not model.getNSols():
            return None
        best = model.getBestSol()
        point = np.array([[best[entry] for entry in block] for block in weights])
        gap = np.array([best[entry] for entry in residual])
        if basis is not None:
            gap = program.target + basis @ (gap - small.target)
        return Solution(weights=point, residual=gap, status=status)

    def _model(self, program: Program) -> tuple[Any, list[list[Any]], list[Any]]:
        total = self._library.quicksum
        model = self._library.Model("restricted")
        model.hideOutput()
        model.setParam("misc/catchctrlc", False)  # its own handler writes to stdout; see run
        model.setHeuristics(self._library.SCIP_PARAMSETTING.OFF)
        for name in ("numerics/feastol", "numerics/dualfeastol", "limits/gap"):
            model.setParam(name, self._tolerance)
        blocks, d = len(program.features), program.features[0].shape[1]
        weights = [[model.addVar(lb=None) for _ in range(d)] for _ in range(blocks)]
        norms = [model.addVar(lb=0.0) for _ in range(blocks)]
        residual = [model.addVar(lb=None) for _ in program.target]
        square = model.addVar(lb=0.0)
        rows = np.hstack(program.features)
        flat = [entry for block in weights for entry in block]
        for row, left, value in zip(rows, residual, program.target, strict=True):
            used = [float(a) * x for a, x in zip(row, flat, strict=True) if a]
            model.addCons(total(used) + left == float(value))
        for block, norm, cone in zip(weights, norms, program.cones, strict=True):
            model.addCons(self._length(block) <= norm)
            for wall in cone:
                model.addCons(total(float(a) * x for a, x in zip(wall, block, strict=True)) >= 0.0)
        sides, length = loss.cone(residual, square)
        model.addCons(self._length(sides) <= length)
        model.setObjective(square + program.penalty * total(norms))
        return model, weights, residual

    def _length(self, terms: list[Any]) -> Any:
        return self._library.sqrt(self._library.quicksum(term * term for term in terms))


def run(model: Any) -> None:
    """Solve in a thread, so that an interrupt (Ctrl-C) reaches Python at once and stops the solver."""
    worker = Thread(target=model.optimizeNogil, daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(timeout=0.2)
    except KeyboardInterrupt:
        model.interruptSolve()
        raise
