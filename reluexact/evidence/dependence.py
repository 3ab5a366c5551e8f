"""Why the feature of a tight neuron depends on those of others: an identity with linear factors (CERTIFICATE.md, R3)."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.numbers.types import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """The sum of factors times features of neurons, and of factors times columns X L, is 0 identically.

    tie: the neuron that the others make up for. terms: (neuron, factor), its own among them, by neuron. free: one factor for each
    column of X L. A factor has n + 1 entries, those of a linear form in theta and its constant.
    """

    tie: int
    terms: tuple[tuple[int, Vector], ...]
    free: tuple[Vector, ...]
