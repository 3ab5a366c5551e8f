"""Samples of a path for pictures."""

from __future__ import annotations

from reluexact.kinds.solution_path.claim import Piece, SolutionPath
from reluexact.propose.path.samples import Sample, samples_between
from reluexact.propose.path.smooth import Rows

POINTS = 24


def samples(path: SolutionPath, points: int = POINTS) -> list[tuple[Piece, list[Sample]]]:
    """Return samples of every piece, from high penalty to low; the first piece begins a little above the greatest penalty.

    >>> from reluexact import Dataset, solution_path
    >>> known = samples(solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2"), points=3)
    >>> [(round(one.penalty, 3), round(one.value, 3)) for one in known[0][1]]
    [(4.5, 5.0), (3.674, 5.0), (3.0, 5.0)]
    """
    rows, found = Rows.of(path.data), []
    for piece in path.pieces:
        low = piece.low.middle
        high = 3 * low / 2 if piece.high is None else piece.high.middle
        segments = path.evidence.segments[piece.segments[0] : piece.segments[1]]
        found.append((piece, samples_between(rows, segments, high, low, points)))
    return found
