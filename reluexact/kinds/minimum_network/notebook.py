"""What notebooks show of a network of fewest neurons."""

from __future__ import annotations

from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.minimum_network.views import minimum_grid, minimum_pairs
from reluexact.kinds.page import Page, page_by_class, tables_of


def page(claim: object) -> Page:
    """Show how few are enough, and the neurons."""
    return page_by_class(claim, {MinimumNetwork: _minimum})


def _minimum(found: MinimumNetwork) -> Page:
    optimum = found.best.optimum
    return minimum_pairs(optimum, found, ""), tables_of(minimum_grid(optimum, found)) if found.support else []
