"""Symmetries of the data that explain why several quantities vanish at one penalty."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from reluexact.evidence.path import PathSymmetry
from reluexact.model.automorphisms import automorphisms
from reluexact.model.dataset import Dataset
from reluexact.numbers.linalg import transpose
from reluexact.prove.path.link import event_of
from reluexact.prove.path.segment import ProvedSegment
from reluexact.prove.path.symmetry import check_symmetry, moved
from reluexact.prove.unproved import Unproved


def symmetries_for(upper: ProvedSegment, lower: ProvedSegment) -> tuple[PathSymmetry, ...]:
    """Return the symmetries that map what vanishes between two segments onto itself; none where one quantity vanishes."""
    turn = event_of(upper.segment, lower.segment)
    if turn is None or len(turn.leaders) < 2:
        return ()
    proved, items = lower if turn.lower_is_rich else upper, turn.leaders
    found = []
    for symmetry in _symmetries(proved.program.data):
        try:
            images = {moved(proved, item, symmetry) for item in items}
        except Unproved:
            continue
        if images == set(items):
            found.append(symmetry)
    return tuple(found)


def _symmetries(data: Dataset) -> Iterator[PathSymmetry]:
    """Yield the symmetries of the data that keep every row as it is, and the targets or their opposites, but for the order."""
    for known in automorphisms(data):
        for turn in (known.turn, transpose(known.turn)):
            columns = tuple(tuple(map(Fraction, line)) for line in turn)
            symmetry = PathSymmetry(rows=known.onto, columns=columns, sign=known.sign)
            try:
                check_symmetry(data, symmetry)
            except Unproved:
                continue
            yield symmetry
            break
