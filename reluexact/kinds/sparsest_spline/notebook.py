"""What notebooks show of a sparsest spline."""

from __future__ import annotations

from reluexact.kinds.page import Page, page_by_class, tables_of
from reluexact.kinds.sparsest_spline.claim import SparsestSpline
from reluexact.kinds.sparsest_spline.views import kink_grid, spline_pairs


def page(claim: object) -> Page:
    """Show the number of kinks, and where they are."""
    return page_by_class(claim, {SparsestSpline: _spline})


def _spline(found: SparsestSpline) -> Page:
    return spline_pairs(found.optimum, found, ""), tables_of(kink_grid(found)) if found.kinks else []
