"""SCIP through PySCIPOpt: mixed-integer programs, and an independent second engine of conic ones, slower and less accurate.

Cones are written ``sqrt(sum x^2) <= t``; SCIP 10.0.2 corrupts its heap on ``sum x^2 <= t^2``. It runs in one thread with its
own fixed seeds. It swallows interrupts (Ctrl-C), which :func:`run` does not.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reluexact.propose import loss
from reluexact.propose.engines.beside import beside
from reluexact.propose.engines.packages import needed
from reluexact.propose.engines.program import (
    ConicAnswer,
    ConicProgram,
    Constraint,
    Implication,
    Length,
    Linear,
    MixedIntegerAnswer,
    MixedIntegerProgram,
    Terms,
    require_finite,
)


def _loaded() -> Any:
    """Return the library; raises MissingDependency."""
    with needed("pyscipopt"):
        import pyscipopt
    return pyscipopt


def _quiet_model(library: Any, name: str) -> Any:
    model = library.Model(name)
    model.hideOutput()
    model.setParam("misc/catchctrlc", False)  # its own handler writes to stdout; see run
    model.setParam("lp/threads", 1)
    return model


class Scip:
    """Variables (w, t, r, value): ``|w_k| <= t_k`` and ``|r|^2 <= 2 value``."""

    name = "scip"

    def __init__(self, accuracy: float = 1e-4, tolerance: float = 1e-7) -> None:
        """Load the solver; raises MissingDependency."""
        self._library = _loaded()
        self.accuracy = accuracy
        self._tolerance = tolerance

    def solve(self, program: ConicProgram) -> ConicAnswer | None:
        """Solve; None when SCIP finds no point."""
        require_finite("a conic program", program.target, program.penalty, *program.features, *program.cones)
        small, basis = program.reduced()
        model, weights, residual = self._model(small)
        if not run(model) or not model.getNSols():
            return None
        status = str(model.getStatus())
        best = model.getBestSol()
        point = np.array([[best[entry] for entry in block] for block in weights])
        gap = np.array([best[entry] for entry in residual])
        if basis is not None:
            gap = program.target + basis @ (gap - small.target)
        return ConicAnswer(weights=point, residual=gap, status=status)

    def _model(self, program: ConicProgram) -> tuple[Any, list[list[Any]], list[Any]]:
        total = self._library.quicksum
        model = _quiet_model(self._library, "restricted")
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
            scaled = block if program.metric is None else [float(a) * x for a, x in zip(program.metric, block, strict=True)]
            model.addCons(self._length(scaled) <= norm)
            for hyperplane in cone:
                model.addCons(total(float(a) * x for a, x in zip(hyperplane, block, strict=True)) >= 0.0)
        sides, length = loss.cone(residual, square)
        model.addCons(self._length(sides) <= length)
        model.setObjective(square + program.penalty * total(norms))
        return model, weights, residual

    def _length(self, terms: list[Any]) -> Any:
        return self._library.sqrt(self._library.quicksum(term * term for term in terms))


class ScipMixedInteger:
    """Mixed-integer programs with linear constraints, implications and second-order cones."""

    name = "scip"

    def __init__(self) -> None:
        """Load the solver; raises MissingDependency."""
        self._library = _loaded()

    def solve(self, program: MixedIntegerProgram) -> MixedIntegerAnswer | None:
        """Solve within the limits of the program; None when SCIP itself fails."""
        _require_floats(program)
        model = _quiet_model(self._library, "mixed-integer")
        for parameter, value in (
            ("limits/totalnodes", program.nodes),
            ("limits/time", program.seconds),
            ("numerics/feastol", program.tolerance),
        ):
            if value is not None:
                model.setParam(parameter, value)
        variables = [
            model.addVar(vtype="B") if k in program.binary else model.addVar(lb=low, ub=high)
            for k, (low, high) in enumerate(program.bounds)
        ]
        for constraint in program.constraints:
            self._add(model, variables, constraint)
        model.setObjective(self._sum(variables, program.cost))
        if not run(model):
            return None
        best = model.getBestSol() if model.getNSols() else None
        return MixedIntegerAnswer(
            point=None if best is None else np.array([best[variable] for variable in variables]),
            lower=float(model.getDualbound()),
            upper=float(model.getPrimalbound()),
            status=str(model.getStatus()),
            nodes=int(model.getNTotalNodes()),
        )

    def _sum(self, variables: list[Any], terms: Terms) -> Any:
        return self._library.quicksum(factor * variables[k] for k, factor in terms)

    def _add(self, model: Any, variables: list[Any], constraint: Constraint) -> None:
        match constraint:
            case Linear(terms=terms, low=low, high=high):
                total = self._sum(variables, terms)
                if low is not None and low == high:
                    model.addCons(total == low)
                    return
                if low is not None:
                    model.addCons(total >= low)
                if high is not None:
                    model.addCons(total <= high)
            case Implication(switch=switch, terms=terms, right=right):
                model.addConsIndicator(self._sum(variables, terms) <= right, binvar=variables[switch])
            case Length(parts=parts, bound=bound):
                squares = (moved * moved for moved in (_moved(variables, k, shift) for k, shift in parts))
                model.addCons(self._library.sqrt(self._library.quicksum(squares)) <= _moved(variables, *bound))


def _moved(variables: list[Any], k: int, shift: float) -> Any:
    return variables[k] + shift if shift else variables[k]


def _require_floats(program: MixedIntegerProgram) -> None:
    """Raise InputError for numbers that are not finite, which SCIP takes for its own infinity or worse."""
    numbers = [factor for _, factor in program.cost]
    numbers += [end for bound in program.bounds for end in bound if end is not None]
    for constraint in program.constraints:
        if isinstance(constraint, Length):
            numbers += [shift for _, shift in (*constraint.parts, constraint.bound)]
            continue
        ends = (constraint.low, constraint.high) if isinstance(constraint, Linear) else (constraint.right,)
        numbers += [end for end in ends if end is not None]
        numbers += [factor for _, factor in constraint.terms]
    require_finite("a mixed-integer program", numbers)


def run(model: Any) -> bool:
    """Solve beside Python, so that an interrupt (Ctrl-C) stops the solver; False: it failed."""
    try:
        beside(model.optimizeNogil, model.interruptSolve)
    except Exception:  # whatever PySCIPOpt raises: its answer is a proposal that may be missing
        return False
    return True
