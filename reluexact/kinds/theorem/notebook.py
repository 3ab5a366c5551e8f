"""What notebooks show of a theorem and of what it says about the data."""

from __future__ import annotations

from reluexact.kinds.page import Page, page_by_class, tables_of
from reluexact.kinds.theorem.claim import Theorem
from reluexact.kinds.theorem.views import theorem_grids, theorem_pairs


def page(claim: object) -> Page:
    """Show the theorem, the value and the neurons, or which conditions fail."""
    return page_by_class(claim, {Theorem: _theorem})


def _theorem(found: Theorem) -> Page:
    return theorem_pairs(found, ""), tables_of(*theorem_grids(found))
