"""SciPy: HiGHS for linear programs, Lawson and Hanson's method for non-negative least squares.

Both run in one thread without random numbers. An interrupt (Ctrl-C) reaches Python when a call returns; the programs here take
milliseconds.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reluexact.budget import check
from reluexact.propose.engines.packages import needed
from reluexact.propose.engines.program import (
    LeastSquares,
    LeastSquaresAnswer,
    LinearAnswer,
    LinearProgram,
    require_finite,
)


class Highs:
    """Linear programs; ``method`` is SciPy's word: ``highs`` lets HiGHS choose, ``highs-ds`` is its dual simplex method.

    accuracy: by how much limits and marginals may be wrong, for HiGHS; its own choice where it is None.
    """

    def __init__(self, method: str = "highs", accuracy: float | None = None) -> None:
        """Load the solver; raises MissingDependency."""
        with needed("scipy"):
            from scipy.optimize import linprog
        self._solve: Any = linprog
        self.name = method
        names = ("primal_feasibility_tolerance", "dual_feasibility_tolerance")
        self._options = {} if accuracy is None else dict.fromkeys(names, accuracy)

    def solve(self, program: LinearProgram) -> LinearAnswer | None:
        """Solve; None for an infeasible or unbounded program, and where HiGHS fails."""
        check()
        given = [array for array in (program.equations, program.right) if array is not None]
        require_finite("a linear program", program.cost, program.rows, program.limits, *given)
        answer = self._solve(
            program.cost,
            A_ub=program.rows,
            b_ub=program.limits,
            A_eq=program.equations,
            b_eq=program.right,
            bounds=program.bounds,
            method=self.name,
            options=self._options,
        )
        if answer.x is None:
            return None
        return LinearAnswer(point=answer.x, marginals=answer.ineqlin.marginals)


class NonNegative:
    """Non-negative least squares."""

    name = "scipy"

    def __init__(self) -> None:
        """Load the solver; raises MissingDependency."""
        with needed("scipy"):
            from scipy.optimize import nnls
        self._solve: Any = nnls

    def solve(self, program: LeastSquares) -> LeastSquaresAnswer | None:
        """Solve; None when the method does not end."""
        check()
        try:
            point, error = self._solve(program.matrix, program.target)
        except ValueError:
            require_finite("a least-squares problem", program.matrix, program.target)
            raise
        except RuntimeError:  # too many iterations
            return None
        return LeastSquaresAnswer(np.asarray(point), float(error))
