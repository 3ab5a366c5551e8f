"""What notebooks show of the sensitivity of an optimum."""

from __future__ import annotations

from reluexact.kinds.page import PLACES, Page, page_by_class, tables_of
from reluexact.kinds.sensitivity.claim import Sensitivity
from reluexact.kinds.sensitivity.views import sensitivity_grids, sensitivity_pairs


def page(claim: object) -> Page:
    """Show the derivatives."""
    return page_by_class(claim, {Sensitivity: _sensitivity})


def _sensitivity(found: Sensitivity) -> Page:
    return sensitivity_pairs(found, "", PLACES), tables_of(*sensitivity_grids(found))
