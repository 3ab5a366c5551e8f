"""Cones that cover all neurons with a free hidden bias, and what bounds the pull on each (CERTIFICATE.md, kind ``bound``, B4)."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.numbers.types import Vector

SLOPE_BITS = 20
"""Slopes are multiples of 2 to the power of minus so many."""
ON_BITS = 10
"""A row that pulls down is on in a cone where the sum of its heights, times 2 to this power, exceeds that of their sizes."""


@dataclass(frozen=True, slots=True)
class Halve:
    """Part a cone: the vector ``first`` gives way to its mean with ``second``, then ``second`` to the same mean."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Below:
    """Bound the pull on a cone by ``slope.w``; slope: d whole numbers, in multiples of 2^-20 of the penalty; none for 0."""

    slope: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cones:
    """A cover of all (w, c): neurons see the rows ``(x_i - center, 1)``.

    axes: d + 1 positive numbers; the first 2^(d+1) cones have the vectors +-axes_j e_j, that of e_j with the minus sign where bit
    j of the cone's number is set. nodes: what becomes of each of these cones, in prefix order, one after the other.
    """

    center: Vector
    axes: Vector
    nodes: tuple[Halve | Below, ...]
