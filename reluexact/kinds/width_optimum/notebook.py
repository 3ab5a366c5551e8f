"""What notebooks show of the optimum of a width, and of those of all widths."""

from __future__ import annotations

from reluexact.kinds.page import Page, page_by_class, tables_of
from reluexact.kinds.width_optimum.claim import WidthCurve, WidthOptimum
from reluexact.kinds.width_optimum.views import curve_grid, curve_pairs, width_grid, width_pairs


def page(claim: object) -> Page:
    """Show the bounds with the neurons, or the value at every width."""
    return page_by_class(claim, {WidthOptimum: _width, WidthCurve: _curve})


def _width(found: WidthOptimum) -> Page:
    return width_pairs(found, ""), tables_of(width_grid(found)) if found.neurons else []


def _curve(curve: WidthCurve) -> Page:
    return curve_pairs(curve, ""), tables_of(curve_grid(curve))
