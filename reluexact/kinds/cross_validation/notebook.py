"""What notebooks show of cross-validation."""

from __future__ import annotations

from reluexact.kinds.cross_validation.claim import CrossValidation
from reluexact.kinds.cross_validation.views import cross_validation_pairs
from reluexact.kinds.page import Page, page_by_class


def page(claim: object) -> Page:
    """Show the best penalties and their error."""
    return page_by_class(claim, {CrossValidation: _cross_validation})


def _cross_validation(found: CrossValidation) -> Page:
    return cross_validation_pairs(found, ""), []
