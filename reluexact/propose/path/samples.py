"""Points of a path in floats, for pictures: on the curves of its segments; nothing is proved of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from reluexact.evidence.path import Segment
from reluexact.geometry.column import Face
from reluexact.propose.path.shape import Shape, unit_vector
from reluexact.propose.path.smooth import Rows, Smooth
from reluexact.propose.types import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One penalty: value, residual, and of every neuron its sign, its direction and its amount, in canonical order."""

    penalty: float
    value: float
    residual: Floats
    neurons: tuple[tuple[int, Floats, float], ...]


def samples_between(rows: Rows, segments: Sequence[Segment], high: Fraction, low: Fraction, points: int) -> list[Sample]:
    """Return samples from a high penalty to a low one, evenly on the logarithmic scale, on segments of one structure."""
    place, found = 0, []
    for penalty in np.geomspace(float(high), float(low), points).tolist():
        while place + 1 < len(segments) and penalty < float(segments[place].low):
            place += 1
        found.append(_sample(rows, segments[place], penalty))
    return found


def _sample(rows: Rows, segment: Segment, penalty: float) -> Sample:
    smooth = Smooth(rows, Shape(blocks=segment.blocks, lineality=segment.lineality))
    middle, half = float((segment.low + segment.high) / 2), float((segment.high - segment.low) / 2)
    powers = np.power((penalty - middle) / half, np.arange(len(segment.coefficients)))
    curve = np.array([[float(entry) for entry in line] for line in segment.coefficients]).reshape(len(powers), -1)
    values = powers @ curve
    places = [smooth.layout.nu(k) for k in range(len(segment.blocks))]
    vectors = [np.array(block.basis, dtype=float).T @ values[place] for block, place in zip(segment.blocks, places, strict=True)]
    known = [one.basis.T @ vector for one, vector in zip(smooth.blocks, vectors, strict=True)]
    start = np.concatenate([*known, values[smooth.count :]])
    corrected = smooth.solve(start, penalty)  # the curve is only as near as the proof needs it
    z = start if corrected is None else corrected
    theta = smooth.theta(z)
    neurons: dict[Face, tuple[int, Floats, float]] = {tie.face: (tie.sign, unit_vector(tie), 0.0) for tie in segment.ties}
    for k, block in enumerate(segment.blocks):
        part, unit = smooth.partner(k, z), smooth.vector(k, z) / penalty
        neurons[block.face] = (block.sign, unit, penalty * (float(z[smooth.amount(k)]) - part))
        if block.paired:
            neurons[block.face.opposite()] = (block.sign, -unit, penalty * part)
    ordered = tuple(neurons[face] for face in sorted(neurons, key=lambda face: face.order))
    return Sample(penalty=penalty, value=float(rows.y @ theta - theta @ theta / 2), residual=theta, neurons=ordered)
