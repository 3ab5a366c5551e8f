"""The certified point behind an optimal set."""

from __future__ import annotations

from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimum.certified import certified_point, is_structure_of
from reluexact.prove.certified import CertifiedPoint


def point_of_set(best: OptimalSet) -> CertifiedPoint:
    """Return the one that is at hand, else that of the optimum, whose box is as fine."""
    if best.certified is not None and is_structure_of(best.certified, best.optimum):
        return best.certified
    return certified_point(best.optimum)
