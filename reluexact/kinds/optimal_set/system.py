"""The reduced polytope of amounts, and how the amounts of the neurons are read off a point of it."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.evidence.dependence import Dependence
from reluexact.geometry.polytope import BoundedSystem
from reluexact.numbers.scalar import Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the amount of one neuron follows from a point x of the reduced polytope.

    The amount is ``scale * x[variable]``; with ``complement`` it is ``scale * (upper[variable] - x[variable])``; without a
    variable it is ``scale`` itself, on the whole polytope.
    """

    scale: Scalar
    variable: int | None = None
    complement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountSystem:
    """The polytope of amounts, reduced: pairs {u, -u} of known total need one variable, fixed neurons none.

    polytope: the reduced variables x. readings: one per optimal neuron. dependences: the identities that it rests on.
    """

    polytope: BoundedSystem
    readings: tuple[Reading, ...]
    dependences: tuple[Dependence, ...] = ()

    def amounts(self, point: tuple[Scalar, ...]) -> tuple[Scalar, ...]:
        """Return the amount of every neuron at a point of the reduced polytope."""
        values = []
        for reading in self.readings:
            if reading.variable is None:
                values.append(reading.scale)
                continue
            x, upper = point[reading.variable], self.polytope.upper[reading.variable]
            if reading.complement and upper is not None:
                x = Scalar.of(0) if x is upper else upper - x
            values.append(reading.scale * x)
        return tuple(values)
