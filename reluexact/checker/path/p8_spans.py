"""P8b: the span of a neuron on one side of an event holds the neuron of the other side."""

from __future__ import annotations

from ..linear import dot, left_inverse
from ..quantities import Matrix
from .segment import Segment


def p8_whole(segment: Segment, gate: str, basis: Matrix) -> bool:
    """P8b: say whether a span holds the projections of a neuron's rows on all directions on its walls."""
    X, walls = [list(row) for row in segment.problem.X], segment.walls
    normals = [list(normal) for normal, head in zip(walls.normals, walls.heads, strict=True) if gate[head] == "0"]
    space = independent([*basis, *normals])
    return nested([row for row, letter in zip(X, gate, strict=True) if letter == "+"], space)


def independent(vectors: Matrix) -> Matrix:
    """Return vectors of the same span that are independent: those that do not lie in the span of the ones before."""
    kept: Matrix = []
    for vector in vectors:
        if not nested([vector], kept):
            kept.append(vector)
    return kept


def p8_reached(poor: Segment, k: int, mine: Matrix, theirs: Matrix) -> bool:
    """P8b: say whether a smaller span holds the projections on the greater one of the neuron's rows: by E1 it is their sum."""
    dual = left_inverse(theirs) or []
    on = [row for row, letter in zip(poor.problem.X, poor.neurons[k].gate, strict=True) if letter == "+"]
    parts = [[dot(line, row) for line in dual] for row in on]
    return nested([[dot(part, column) for column in zip(*theirs, strict=True)] for part in parts], mine)


def nested(vectors: Matrix, others: Matrix) -> bool:
    """Say whether vectors lie in the span of others, which are independent."""
    dual = left_inverse(others)
    if dual is None:
        return False
    for vector in vectors:
        parts = [dot(row, vector) for row in dual]
        if any(entry != dot(parts, (other[i] for other in others)) for i, entry in enumerate(vector)):
            return False
    return True
