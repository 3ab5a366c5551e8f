"""The function ``l.u + sum_h k_h (n_h.u)+`` whose bound a branch tree proves."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.geometry.hyperplanes import Hyperplanes
from reluexact.geometry.signs import Signs, zeros
from reluexact.numbers.linalg import dot
from reluexact.numbers.types import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The function ``linear.u + sum_h kinks[h] * max(0, normals[h].u)`` of a vector u with d entries.

    >>> from reluexact.geometry.hyperplanes import hyperplanes
    >>> rows = ((Fraction(1), Fraction(0)), (Fraction(-2), Fraction(0)))
    >>> form = Form.of(hyperplanes(rows), (Fraction(1), Fraction(3)), 1)
    >>> form.kinks, form.linear, form.value((Fraction(-1), Fraction(0)))
    ((Fraction(7, 1),), (Fraction(-6, 1), Fraction(0, 1)), Fraction(6, 1))
    """

    normals: tuple[Vector, ...]
    kinks: Vector
    linear: Vector

    @classmethod
    def of(cls, hyperplanes: Hyperplanes, theta: Vector, sign: int, *, dimension: int | None = None) -> Form:
        """Build the form of ``sign * theta.(Xu)+``; ``dimension`` is needed only when there are no hyperplanes."""
        width = len(hyperplanes.normals[0]) if hyperplanes.normals else dimension or 0
        return cls(
            normals=hyperplanes.normals, kinks=hyperplanes.kinks(theta, sign), linear=hyperplanes.linear_part(theta, sign, width)
        )

    @property
    def dimension(self) -> int:
        """Return d."""
        return len(self.linear)

    def value(self, direction: Vector) -> Fraction:
        """Return the exact value at a direction (any length)."""
        total = sum((a * b for a, b in zip(self.linear, direction, strict=True)), Fraction(0))
        for normal, kink in zip(self.normals, self.kinks, strict=True):
            product = sum((a * b for a, b in zip(normal, direction, strict=True)), Fraction(0))
            if product > 0:
                total += kink * product
        return total


@dataclass(frozen=True, slots=True, kw_only=True)
class TightCone:
    """A known maximiser: a neuron's index, its unit direction (approximately), its exact gate -1, 0, +1 per hyperplane.

    stands: dependent hyperplanes whose multipliers are near a bound together, each with its side: 1 for the kink, -1 for 0. All
    but the first may stand there exactly, which is tried in cones that do not contradict it. free: hyperplanes that the neuron is
    about to meet, with its sides, whose gates are written as 0.
    """

    neuron: int
    direction: Vector
    gate: Signs
    stands: tuple[tuple[int, int], ...] = ()
    free: tuple[tuple[int, int], ...] = ()

    @property
    def zeros(self) -> tuple[int, ...]:
        """Return the hyperplanes on which the neuron lies."""
        return zeros(self.gate)


def exceeds(form: Form, bound: Fraction, direction: Vector) -> bool:
    """Say whether the form exceeds the bound at a direction, exactly."""
    value = form.value(direction)
    return value > 0 and value * value > bound * bound * dot(direction, direction)
