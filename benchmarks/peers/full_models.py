"""The full convex program, a block for every sign and activation pattern, as SCIP and z3 take it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from peers.instances import Training

import reluexact as rx


def _patterns(problem: Training) -> np.ndarray:
    """Return whether a row is active in a pattern (patterns x n)."""
    return rx.activation_patterns(problem.data.X).patterns


@dataclass(frozen=True)
class ScipModel:
    """A solved program: the model, and the variables of each block with its sign."""

    model: Any
    vectors: list[tuple[int, list[Any]]]

    @classmethod
    def solved(cls, scip: Any, problem: Training) -> ScipModel:
        """State and solve it: norms and the loss as second-order cones."""
        X, y, penalty = problem.floats
        model, vectors, lengths = scip.Model(), [], []
        model.hideOutput()
        fit = [scip.Expr() for _ in y]
        for sign, active in product((1, -1), _patterns(problem)):
            vector = [model.addVar(lb=None) for _ in range(X.shape[1])]
            length = model.addVar(lb=0.0)
            model.addCons(scip.quicksum(entry * entry for entry in vector) <= length * length)
            for i, row in enumerate(X):
                height = scip.quicksum(float(a) * v for a, v in zip(row, vector, strict=True))
                if row.any():
                    model.addCons(height >= 0 if active[i] else height <= 0)
                if active[i]:
                    fit[i] += sign * height
            vectors.append((sign, vector))
            lengths.append(length)
        errors = [model.addVar(lb=None) for _ in y]
        for error, total, value in zip(errors, fit, y, strict=True):
            model.addCons(error == total - float(value))
        loss = model.addVar(lb=0.0)
        model.addCons(scip.quicksum(error * error for error in errors) <= 2 * loss)
        model.setObjective(loss + penalty * scip.quicksum(lengths))
        model.optimize()
        return cls(model, vectors)

    @property
    def is_optimal(self) -> bool:
        return bool(self.model.getStatus() == "optimal")

    @property
    def value(self) -> float:
        return float(self.model.getObjVal())

    @property
    def bound(self) -> float:
        return float(self.model.getDualbound())

    def blocks(self) -> tuple[list[int], np.ndarray]:
        """Return the signs and the vectors (k x d) of the best point."""
        values = [[self.model.getVal(entry) for entry in vector] for _, vector in self.vectors]
        return [sign for sign, _ in self.vectors], np.array(values)


def z3_conditions(z3: Any, problem: Training, bound: Fraction) -> Iterator[Any]:
    """Yield the conditions of a point of the full program whose objective is at most the bound, in rational numbers."""

    def exact(number: Fraction) -> Any:
        return z3.Q(number.numerator, number.denominator)

    data, fit, lengths = problem.data, [[] for _ in problem.data.y], []
    for index, (sign, active) in enumerate(product((1, -1), _patterns(problem))):
        vector = [z3.Real(f"w{index}_{k}") for k in range(data.d)]
        length = z3.Real(f"t{index}")
        yield z3.And(length >= 0, z3.Sum([entry * entry for entry in vector]) <= length * length)
        for i, row in enumerate(data.X):
            height = z3.Sum([exact(a) * v for a, v in zip(row, vector, strict=True)])
            yield height >= 0 if active[i] else height <= 0
            if active[i]:
                fit[i].append(sign * height)
        lengths.append(length)
    errors = [z3.Sum(total) - exact(value) for total, value in zip(fit, data.y, strict=True)]
    yield z3.Sum([error * error for error in errors]) / 2 + exact(problem.penalty) * z3.Sum(lengths) <= exact(bound)
