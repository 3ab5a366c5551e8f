"""The faces on which the targets reach (nearly) their greatest value: where the greatest penalty may be attained."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from reluexact.geometry.column import Face
from reluexact.model.program import Program
from reluexact.numbers.types import Matrix, Rationals, Vector
from reluexact.propose.candidates import pricing_for
from reluexact.propose.columns import CAP
from reluexact.propose.guess import Spot, spots
from reluexact.propose.peaks import Landscape
from reluexact.propose.pricing import Pricing
from reluexact.propose.start import float_vector
from reluexact.propose.view import FloatView
from reluexact.prove.structure import complete_face

if TYPE_CHECKING:
    from reluexact.propose.training import Prepared

TOLERANCES = (1e-9, 1e-7, 1e-5)
"""How near to the greatest value, and to a hyperplane, a direction must be; tried in this order."""

MOST = 100_000
"""So many columns about the penalty are looked at."""


def directions(prepared: Prepared, theta: Rationals, level: Fraction) -> list[tuple[Matrix, Vector]]:
    """Propose the directions in which a dual point nearly reaches a level, each with the rows that it is meant for."""
    found = prepared.violated(np.array([float(t) for t in theta]), float(level) * (1 - TOLERANCES[0]), 4)
    return [(prepared.views[place].data.X, tuple(map(Fraction, priced.direction))) for place, priced in found]


def leaders(program: Program, tolerance: float) -> list[Face]:
    """Propose the faces on which the targets reach (nearly) the greatest value."""
    pricing = pricing_for(program.data)
    theta = float_vector(program.data.y)
    first = pricing.violated(theta, 0.0, 1)
    found = pricing.violated(theta, first[0].value * (1 - tolerance), 1000) if first else []
    near = spots(program, [(priced.column.sign, priced.direction) for priced in found], tolerance)
    faces = {complete_face(program, spot.face, whole=False)[0] for spot in near}
    return sorted(faces, key=lambda face: face.order)


def about_the_penalty(program: Program, residual: Vector, pricing: Pricing) -> tuple[Spot, ...]:
    """Propose the directions whose functions reach about as far as the penalty at a residual."""
    penalty = float(program.penalty)
    priced = pricing.violated(float_vector(residual), penalty * (1 - CAP), MOST)
    near = [(one.column.sign, one.direction) for one in priced if one.value <= penalty * (1 + CAP)]
    return spots(program, near, TOLERANCES[0])


def climbed(program: Program, sign: int, direction: Sequence[float]) -> list[Face]:
    """Climb the function of the targets from a direction, and propose the face of the peak."""
    view = FloatView.of(program.data)
    found = Landscape(view, float_vector(program.data.y)).peaks([(sign, view.point(tuple(direction)))], 0.0).values()
    near = spots(program, [(peak.sign, view.direction(peak.point)) for peak in found], TOLERANCES[0])
    return [complete_face(program, spot.face, whole=False)[0] for spot in near]
