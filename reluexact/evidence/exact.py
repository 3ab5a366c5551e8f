"""Why linear forms of the unknowns vanish exactly, and why ties are tight: polynomial identities (CERTIFICATE.md, R1, R2)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reluexact.numbers.radicals import RadicalSum
from reluexact.numbers.types import Vector

Combination = tuple[tuple[int, Fraction], ...]
"""Rational coefficients of known equations, by their numbers (those that are not 0, ascending)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Affine:
    """``row . z + constant``, with one rational entry per unknown."""

    row: Vector
    constant: RadicalSum


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Forms that vanish together: ``factors @ forms`` are these combinations of known equations, and factors is regular.

    forms: r of them. factors: r rows of r. combinations: r.
    """

    forms: tuple[Affine, ...]
    factors: tuple[tuple[Affine, ...], ...]
    combinations: tuple[Combination, ...]
