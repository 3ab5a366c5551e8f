"""Row weights without weights: a weighted row is some scaled copies of it.

Theorem. Let o_i = sum_k a_ik^2 with a_ik > 0. For every network f of neurons without a free bias, f(t x) = t f(x) for t > 0, as
(t)+ is positively homogeneous. So

    sum_i o_i/2 (f(x_i) - y_i)^2  =  sum_ik 1/2 (f(a_ik x_i) - a_ik y_i)^2,

and the squared loss with row weights and the plain one of the rows a_ik (x_i, y_i) are the same function of the network: the same
minimum, optimal networks, neurons, stationary points and paths. A bias column, whose weights are penalised, is a column of X and
is scaled like the others. Every rational o_i > 0 is a sum of at most four squares of rational numbers (Lagrange 1770;
:mod:`reluexact.numbers.fewest_squares`). Copies of a row have its hyperplane, so there are no more activation patterns.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.errors import InputError
from reluexact.model.dataset import Dataset
from reluexact.model.losses import squared
from reluexact.model.problem import NONE, Problem
from reluexact.model.scaled_copies import ScaledCopies
from reluexact.numbers.fewest_squares import fewest_squares
from reluexact.numbers.types import Vector

ONE = Fraction(1)


def without_weights(problem: Problem) -> Problem:
    """Return the same training problem without row weights, on scaled copies of the rows: the networks, their objective, stay.

    problem: squared loss, no output bias or skip connection, no hidden bias or a penalised one. A row of weight o becomes rows
    ``a (x, y)`` with ``sum a^2 = o``: one where o is the square of a rational number, at most four for others
    (the theorem and its sources: :mod:`reluexact.model.row_weights`). ``.data.copies`` of the answer says which rows these are. A
    problem without weights is returned as it is. Raises InputError for other problems.

    >>> data = Dataset(X=[[1], [2], [4]], y=[1, 2, 1])
    >>> problem = Problem(data, 1, weights=["9/4", 2, 1])
    >>> plain = without_weights(problem)
    >>> [(str(row[0]), str(y)) for row, y in zip(plain.data.X, plain.data.y)]
    [('3/2', '3/2'), ('2', '2'), ('2', '2'), ('4', '1')]
    >>> from reluexact.model.network import Network
    >>> network = Network([["1/2"]], [1])
    >>> problem.objective(network) == plain.objective(network)
    True
    >>> plain.data.copies.rows, plain.is_plain
    ((0, 1, 1, 2), True)
    """
    if not isinstance(problem, Problem):
        raise InputError(f"problem: a {type(problem).__name__} is no problem; pass rx.Problem(data, penalty, weights=...)")
    if problem.is_plain:
        return problem
    if not scales(problem):
        has = ", ".join(word for word in problem.described() if word != "weights")
        raise InputError(f"problem: it has {has}; only the squared loss without other parts scales with the rows")
    return Problem(scaled(problem.data, problem.weights or (ONE,) * problem.data.n), problem.penalty)


def scales(problem: Problem) -> bool:
    """Say whether row weights are all that a problem has beside the short form: then copies of rows stand for them."""
    return problem.loss == squared and not problem.free_bias and problem.output_bias == NONE and problem.skip == NONE


def scaled(data: Dataset, weights: Vector) -> Dataset:
    """Return the scaled copies of rows with weights > 0, those of a row one after the other."""
    places = [(i, factor) for i, weight in enumerate(weights) for factor in fewest_squares(weight)]
    rows, factors = (tuple(part) for part in zip(*places, strict=True))
    X = [[factor * entry for entry in data.X[i]] for i, factor in places]
    y = [factor * data.y[i] for i, factor in places]
    copies = ScaledCopies(weights=weights, rows=rows, factors=factors)
    return Dataset(X, y, names=data.names, target_name=data.target_name).standing_for(data, copies)
