"""What the hidden neurons of a problem see, written as problems without a free bias.

With a free hidden bias c (and a free output bias, so ``sum theta = 0``) the dual asks for ``s theta.(Xw + c)+ <= b |w|`` for all
(w, c). For a fixed w this is piecewise linear in c, 0 for c -> -infinity and constant for c -> infinity, so a positive maximum is
attained, and first where the slope stops being positive: where rows k with ``s theta_k < 0`` stand on their kink, c = -x_k.w.
Hence it holds exactly if, for every such row k, the PIVOT,

    s sum_i theta_i ((x_i - x_k).w)+  <=  b |w|   for all w,

which is today's condition for the rows ``x_i - x_k`` without any bias. In the same way an optimal network can have every kink at
a row: between two rows the cost and the fit are linear in c. (In d = 1 these are the linear splines with knots at data.)
All tight neurons with their kinks at rows are more than the bound asks for: with ``theta_k = 0`` the slope does not change at
row k, but a neuron with its kink there may be tight, between two others.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.budget import check
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Matrix, Rationals, Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Rows that neurons see: X itself, or X minus one of its rows, the pivot.

    data: these rows, with the targets of the problem. rows: the rows of X that are equal to the pivot, ascending; none: X itself.
    origin: the pivot (zeros without one), so that the rows are ``x_i - origin``.
    """

    data: Dataset
    rows: tuple[int, ...]
    origin: Vector

    def signs(self, theta: Rationals) -> tuple[int, ...]:
        """Return the signs s for which the condition has to be shown here: those with ``s theta_k < 0`` at the pivot."""
        return tuple(s for s in (1, -1) if not self.rows or any(s * theta[k] < 0 for k in self.rows))

    def bias(self, weights: Rationals) -> Fraction:
        """Return the hidden bias that puts the kink of a neuron onto the pivot."""
        return -dot(weights, self.origin)


def views(problem: Problem) -> tuple[View, ...]:
    """Return what the neurons of a problem see: one view, or with a free hidden bias one for each distinct row.

    >>> problem = Problem(Dataset([[1], [3], [1]], [0, 1, 2]), 1, hidden_bias="free", output_bias="free")
    >>> [(view.rows, view.data.X) for view in views(problem)][1]
    ((1,), ((Fraction(-2, 1),), (Fraction(0, 1),), (Fraction(-2, 1),)))
    >>> [view.signs([Fraction(1), Fraction(-2), Fraction(1)]) for view in views(problem)]
    [(-1,), (1,)]
    """
    data = problem.data
    if not problem.free_bias:
        return (View(data=data, rows=(), origin=(Fraction(0),) * data.d),)
    return tuple(pivoted(data, rows) for rows in equal_rows(data.X))


def pivoted(data: Dataset, rows: tuple[int, ...]) -> View:
    """Return the view from one row; ``rows``: all rows that are equal to it."""
    check()
    origin = data.X[rows[0]]
    moved = tuple(tuple(x - o for x, o in zip(row, origin, strict=True)) for row in data.X)
    return View(data=Dataset(moved, data.y, names=data.names, target_name=data.target_name), rows=rows, origin=origin)


def equal_rows(X: Matrix) -> tuple[tuple[int, ...], ...]:
    """Return the classes of equal rows, in the order of their first rows."""
    classes: dict[Vector, list[int]] = {}
    for i, row in enumerate(X):
        classes.setdefault(row, []).append(i)
    return tuple(map(tuple, classes.values()))
