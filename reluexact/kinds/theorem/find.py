"""Recognises exactly which theorem applies to the data, and applies it."""

from __future__ import annotations

from reluexact.evidence.neuron import Neuron
from reluexact.kinds.plain import plain_problem
from reluexact.kinds.theorem import orthogonal, rank_one, spike_free
from reluexact.kinds.theorem.claim import Condition, Theorem
from reluexact.model.dataset import Dataset
from reluexact.model.problem import Problem
from reluexact.numbers.real import Real

THEOREMS = (rank_one, orthogonal, spike_free)
NO_OPTIMUM: tuple[Real | None, tuple[Neuron, ...], tuple[Real, ...]] = (None, (), ())
CALL = "theorem(Dataset(X, y), penalty)"


def theorem(data: Dataset | Problem, penalty: object = None) -> Theorem:
    """Return the optimum over networks of every width by a theorem in closed form, if the data meet the condition of one.

    Tried in this order: rows that are multiples of one vector, rows that are orthogonal to each other (among them whitened
    data, ``XX' = I``), spike-free rows (two linear maps, whose program is solved with proof). All is exact: a condition holds
    or fails in rational numbers, and the answer says where it fails. The same optimum with a certificate is that of
    :func:`reluexact.solve`. Sources: Ergen and Pilanci 2021 (Convex Geometry and Duality); for orthonormal rows the theorem is
    proved in Coq (``whitened_optimal``). Of a Problem the row weights become scaled copies of rows. Raises InputError for what
    is no data or penalty, and for problems with other parts.

    >>> found = theorem(Dataset(X=[[1, 0, 0], [0, 1, 0], [0, 0, 1]], y=[1, -2, 3]), "1/2")
    >>> found.name, found.value.decimal(10), [neuron.sign for neuron in found.neurons]
    ('orthogonal rows', '2.331138830', [1, -1])
    >>> theorem(Dataset(X=[[1], [2]], y=[1, 2]), 1).value
    9/10
    >>> theorem(Dataset(X=[[1, 1], [2, 1]], y=[1, 2]), 1).conditions[1].reason
    'rows 0 and 1 have the inner product 3'
    """
    problem = plain_problem(data, penalty, "theorem", call=CALL)
    rows, amount = problem.data, problem.penalty
    conditions = []
    name, source, answer = None, "", NO_OPTIMUM
    for candidate in THEOREMS:
        reason = candidate.fails(rows)
        conditions.append(Condition(theorem=candidate.NAME, holds=not reason, reason=reason))
        if not reason:
            name, source, answer = candidate.NAME, candidate.SOURCE, candidate.optimum(rows, amount)
            break
    value, neurons, residual = answer
    return Theorem(
        data=rows,
        penalty=amount,
        name=name,
        source=source,
        conditions=tuple(conditions),
        value=value,
        neurons=neurons,
        residual=residual,
    )
