"""The certified point behind an optimal set."""

from __future__ import annotations

from dataclasses import replace

from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimum.certified import certified_point, is_structure_of
from reluexact.prove.certified import CertifiedPoint


def point_of_set(best: OptimalSet) -> CertifiedPoint:
    """Return the finest that is at hand, else one that is certified again with the box of the set's evidence."""
    optimum, evidence = best.optimum, best.evidence
    if best.certified is not None and is_structure_of(best.certified, optimum):
        return best.certified
    if evidence is None or evidence.radius == getattr(optimum.evidence, "radius", None):
        return certified_point(optimum)
    return certified_point(replace(optimum, evidence=evidence))
