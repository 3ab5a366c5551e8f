"""The optimal value of a piece as a formula in the penalty."""

from __future__ import annotations

from reluexact.kinds.solution_path.claim import Piece, SolutionPath
from reluexact.model.misplaced import misplaced
from reluexact.numbers.real import Real
from reluexact.prove.path.closed_value import closed_value
from reluexact.prove.path.segment import check_structure

Quadratic = tuple[Real, Real, Real]


def value_formula(path: SolutionPath, penalty: object) -> Quadratic | None:
    """Return c_0, c_1, c_2, so that the optimal value is ``c_0 + c_1 b + c_2 b^2`` on the piece that holds a penalty, exactly.

    The numbers are rational or sums of square roots. None where the residual is not known as an affine function of the penalty:
    where a neuron turns as the penalty changes. Raises InputError for a penalty that is in no piece.

    >>> from reluexact import Dataset, solution_path
    >>> path = solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2")
    >>> value_formula(path, 2), value_formula(path, "3/4")      # 3 b - b^2 / 2, and 1/2 more for the second neuron
    ((1/2, 3, -1/2), (0, 4, -1))
    """
    if not isinstance(path, SolutionPath):
        raise misplaced("path", path, "the answer of solution_path", "pass rx.solution_path(data, low)")
    return formula_of(path, path.piece(penalty))


def formula_of(path: SolutionPath, piece: Piece) -> Quadratic | None:
    """Return the same for a piece."""
    found = closed_value(check_structure(path.data, path.evidence.segments[piece.segments[0]]))
    return None if found is None else (Real.of_radical(found[0]), Real.of_radical(found[1]), Real.of_radical(found[2]))
