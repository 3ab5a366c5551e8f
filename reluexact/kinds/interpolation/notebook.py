"""What notebooks show of the cheapest networks that meet every target."""

from __future__ import annotations

from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.kinds.interpolation.views import interpolation_grids, interpolation_pairs
from reluexact.kinds.page import Page, page_by_class, tables_of


def page(claim: object) -> Page:
    """Show the cost and the neurons."""
    return page_by_class(claim, {Interpolation: _interpolation})


def _interpolation(found: Interpolation) -> Page:
    return interpolation_pairs(found, ""), tables_of(*interpolation_grids(found))
