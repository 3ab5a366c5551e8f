"""What notebooks show of spike-free data, and of neurons that see all rows."""

from __future__ import annotations

from reluexact.kinds.page import Page, page_by_class
from reluexact.kinds.spike_free.claim import AllOnes, SpikeFree
from reluexact.kinds.spike_free.views import spike_pairs


def page(claim: object) -> Page:
    """Show the answer, and the value of neurons that see all rows."""
    return page_by_class(claim, {SpikeFree: _spike_free, AllOnes: _all_ones})


def _spike_free(found: SpikeFree) -> Page:
    return spike_pairs(found, None, "", ""), []


def _all_ones(best: AllOnes) -> Page:
    return spike_pairs(best.spike_free, best, "", ""), []
