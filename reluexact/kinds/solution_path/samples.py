"""A path in floats, for pictures: values, amounts, fit and kinks on the curves of its segments; nothing is proved of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reluexact.evidence.path import Segment
from reluexact.kinds.solution_path.claim import Piece, SolutionPath
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.smooth import Rows, Smooth

POINTS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One penalty of a piece: value, residual, and of every neuron (sign, direction, amount)."""

    penalty: float
    value: float
    residual: np.ndarray
    neurons: tuple[tuple[int, np.ndarray, float], ...]


def samples(path: SolutionPath, points: int = POINTS) -> list[tuple[Piece, list[Sample]]]:
    """Return samples of every piece, from high penalty to low; the first piece begins a little above the greatest penalty.

    >>> from reluexact import Dataset, solution_path
    >>> known = samples(solution_path(Dataset([[1, 0], [0, 1]], [3, -1]), low="1/2"), points=3)
    >>> [(round(one.penalty, 3), round(one.value, 3)) for one in known[1][1]]
    [(3.0, 5.0), (2.0, 4.5), (1.0, 3.0)]
    """
    rows = Rows.of(path.data)
    return [(piece, _samples(path, rows, piece, points)) for piece in path.pieces]


def _samples(path: SolutionPath, rows: Rows, piece: Piece, points: int) -> list[Sample]:
    low = float(piece.low.middle)
    high = 1.5 * low if piece.high is None else float(piece.high.middle)
    known = path.evidence.segments[piece.segments[0] : piece.segments[1]]
    place, found = 0, []
    for penalty in np.geomspace(high, low, points).tolist():
        while place + 1 < len(known) and penalty < float(known[place].low):
            place += 1
        found.append(_sample(rows, known[place], penalty))
    return found


def _sample(rows: Rows, segment: Segment, penalty: float) -> Sample:
    smooth = Smooth(rows, Shape(blocks=segment.blocks, lineality=segment.lineality))
    middle, half = float((segment.low + segment.high) / 2), float((segment.high - segment.low) / 2)
    powers = np.power((penalty - middle) / half, np.arange(len(segment.coefficients)))
    curve = np.array([[float(entry) for entry in line] for line in segment.coefficients]).reshape(len(powers), -1)
    values = powers @ curve
    vectors, start = [], 0
    for block in segment.blocks:
        vectors.append(np.array(block.basis, dtype=float).T @ values[start : start + len(block.basis)])
        start += len(block.basis)
    known = [one.basis.T @ vector for one, vector in zip(smooth.blocks, vectors, strict=True)]
    z = np.concatenate([*known, values[start:]]) if known else np.zeros(0)
    theta = smooth.theta(z)
    neurons = []
    for k, (block, vector) in enumerate(zip(segment.blocks, vectors, strict=True)):
        part, unit = smooth.partner(k, z), vector / penalty
        neurons.append((block.sign, unit, penalty * (float(z[smooth.amount(k)]) - part)))
        if block.paired:
            neurons.append((block.sign, -unit, penalty * part))
    return Sample(penalty=penalty, value=float(rows.y @ theta - theta @ theta / 2), residual=theta, neurons=tuple(neurons))
