"""Spike-free data: two linear maps that are non-negative on the rows give the optimum.

Each output ``(Xu)+`` is then ``Xz`` with ``Xz >= 0`` and ``|z| <= |u|``, so the optimum over all networks is that of
``1/2 |X(p - q) - y|^2 + b (|p| + |q|)`` over ``Xp, Xq >= 0``: the all-ones pattern, one neuron of each sign at most.

It is unique. The condition makes the directions of the rows independent, so the cone of Xz >= 0 is pointed in their span, where
the norm is strictly convex but along rays; and where ``(Xu)+ = Xz`` the squared length of u is at least ``|z|^2 + |q|^2``, q
the part of u that no row sees, so no neuron but z is as cheap.
"""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.spike_free.find import all_ones, is_spike_free
from reluexact.model.dataset import Dataset
from reluexact.numbers.real import Real

NAME = "spike-free"
SOURCE = "Ergen and Pilanci 2021, Convex Geometry and Duality, section 2.1 (spike-free data)"


def fails(data: Dataset) -> str:
    """Return why the theorem does not apply, or nothing.

    >>> fails(Dataset(X=[[1], [-1]], y=[1, 1]))
    'a row is a negative multiple of another one'
    """
    found = is_spike_free(data)
    return "" if found.status is Status.PROVED else found.reason


def optimum(data: Dataset, penalty: Fraction) -> tuple[Real, tuple[Neuron, ...], tuple[Real, ...]]:
    """Return the value, the neurons and the residual of the program of two linear maps.

    >>> optimum(Dataset(X=[[1, 1], [2, 1]], y=[1, 2]), Fraction(1))[0].decimal(8)
    '0.79598204'
    """
    node = all_ones(data, penalty).node
    return node.value, tuple(one for one in node.neurons if one.amount is not None and one.amount.high > 0), node.residual
