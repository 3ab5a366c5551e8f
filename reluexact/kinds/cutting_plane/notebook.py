"""What notebooks show of training by cutting planes."""

from __future__ import annotations

from reluexact.kinds.cutting_plane.claim import CuttingPlane
from reluexact.kinds.cutting_plane.views import cutting_grid, cutting_pairs
from reluexact.kinds.page import PLACES, Page, page_by_class, tables_of


def page(claim: object) -> Page:
    """Show the bounds and the last rounds."""
    return page_by_class(claim, {CuttingPlane: _rounds})


def _rounds(found: CuttingPlane) -> Page:
    return cutting_pairs(found.bounds.data, found, "", PLACES), tables_of(cutting_grid(found)) if found.rounds else []
