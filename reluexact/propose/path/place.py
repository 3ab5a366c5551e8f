"""Where an event is, to many digits: the equations of the richer structure with the penalty as one more unknown."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from reluexact.evidence.path import Vanishing
from reluexact.model.dataset import Dataset
from reluexact.numbers.line_system import LineSystem
from reluexact.numbers.types import Vector
from reluexact.propose.path.shape import Shape
from reluexact.propose.path.smooth import Smooth
from reluexact.propose.types import Floats
from reluexact.prove.path.system import Line, path_system

ZERO, ONE = Fraction(0), Fraction(1)
BITS = 400


def exact_start(smooth: Smooth, z: Floats) -> Vector:
    """Return floats for the unknowns as the proof has them: coordinates in the integer bases."""
    entries: list[float] = []
    for k, block in enumerate(smooth.shape.blocks):
        table = np.array(block.basis, dtype=float).T
        entries += np.linalg.lstsq(table, smooth.vector(k, z), rcond=None)[0].tolist()
    return tuple(Fraction(entry) for entry in (*entries, *z[smooth.count :].tolist()))


def place_of(
    data: Dataset, shape: Shape, vanishing: Vanishing, start: Vector, penalty: float, bits: int = BITS
) -> tuple[Fraction, Vector] | None:
    """Return the penalty at which an amount, a slack or a height of a structure vanishes, and the solution there.

    About ``bits`` bits of each, relative to the largest; None where Newton's method does not settle.
    """
    system = path_system(data, shape.blocks, shape.lineality, Line(middle=ZERO, half=ZERO))
    row = system.layout.quantity(vanishing, data.hyperplanes.normals)
    size = len(system.system)
    scale = Fraction(2) ** round(float(np.log2(penalty)))
    known = system.system
    lengths = range(system.layout.beta(0), system.layout.slack(0))
    wide = LineSystem(
        constants=tuple((*line, ZERO) for line in known.constants[:1]),
        linear=(*((*line, ZERO) for line in known.linear), (*row, ZERO)),
        pairs=(*known.pairs, (size, size)),
        weights=(
            *((*line, -(scale**2) if k in lengths else ZERO) for k, line in enumerate(known.weights)),
            (ZERO,) * (len(known.pairs) + 1),
        ),
    )
    found = wide.newton((*start, Fraction(penalty) / scale), ZERO, bits)
    return None if found is None else (found[-1] * scale, found[:-1])
