"""The proved optimum of a problem with other losses, a linear part or free biases."""

from __future__ import annotations

from dataclasses import dataclass, fields

from reluexact.evidence.problem_bound import ViewTree
from reluexact.prove.certified import CertifiedPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedProblemOptimum(CertifiedPoint):
    """A point with trees: no neuron that any view allows exceeds the penalty (O7b to O9)."""

    positive: tuple[ViewTree, ...]
    negative: tuple[ViewTree, ...]

    @staticmethod
    def of(point: CertifiedPoint, positive: tuple[ViewTree, ...], negative: tuple[ViewTree, ...]) -> CertifiedProblemOptimum:
        """Return a point with the trees that make it the global optimum."""
        parts = {field.name: getattr(point, field.name) for field in fields(CertifiedPoint)}
        return CertifiedProblemOptimum(**parts, positive=positive, negative=negative)
