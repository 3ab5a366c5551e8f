"""The cells round a neuron: the sides of the hyperplanes through its weights."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.errors import Argument, Limit, LimitReached, Message
from reluexact.geometry.arrangement import activation_patterns
from reluexact.geometry.signs import Cell
from reluexact.kinds.classification.neuron import Surroundings


def cells(near: Surroundings, chosen: Sequence[int], limit: int) -> tuple[Cell, ...]:
    """Return the sides (True: on) of the chosen hyperplanes on every cell of their arrangement; raises LimitReached.

    >>> from reluexact.kinds.classification.neuron import surroundings
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.network import Network
    >>> data, zero = Dataset([[1, 0], [0, 1], [1, 1]], [0, 0, 0]), Network([[0, 0]], [1])
    >>> near = surroundings(zero, data, 1, data.y)[0]
    >>> len(cells(near, (0, 1, 2), 10)), cells(near, (1,), 10), cells(near, (), 10)
    (6, ((False,), (True,)), ((),))
    """
    if not chosen:
        return ((),)
    normals = [near.pull.normals[hyperplane] for hyperplane in chosen]
    try:
        signs = activation_patterns(normals, limit=limit).signs
    except LimitReached as stop:
        known = None if stop.stopped_by is None else stop.stopped_by.reached
        reached = Limit(counted="cells round a neuron", value=limit, reached=known)
        parts = (f"neuron {near.index} has more than ", Argument("limit", limit), " cells round it")
        raise LimitReached(Message(*parts, limit=reached)) from None
    return tuple(tuple(row) for row in signs.tolist())
