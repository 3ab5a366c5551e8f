"""What notebooks show of pruned networks."""

from __future__ import annotations

from reluexact.kinds.page import Page, network_page, page_by_class
from reluexact.kinds.pruning.claim import ApproximatelyPruned, Pruned


def page(claim: object) -> Page:
    """Show which neurons are left, and the network."""
    return page_by_class(claim, {Pruned: _pruned, ApproximatelyPruned: _pruned})


def _pruned(found: Pruned | ApproximatelyPruned) -> Page:
    kept = [("kept", ", ".join(map(str, found.kept)))] if found.kept else []
    return [("pruned", repr(found)), *kept], network_page(found.network)[1]
