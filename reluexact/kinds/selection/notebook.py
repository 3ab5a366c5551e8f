"""What notebooks show of an extreme optimal network."""

from __future__ import annotations

from reluexact.kinds.page import PLACES, Page, page_by_class
from reluexact.kinds.selection.claim import Selection
from reluexact.terminal.text import proved


def page(claim: object) -> Page:
    """Show the criterion, its value, and the amounts where it is attained."""
    return page_by_class(claim, {Selection: _selection})


def _selection(found: Selection) -> Page:
    pairs = [("criterion", str(found.criterion)), ("status", found.status.name)]
    pairs += [("reason", str(found.reason))] if found.reason else []
    pairs += [] if found.value is None else [("value", proved(found.value, PLACES))]
    rows = [(str(k), proved(amount, PLACES)) for k, amount in enumerate(found.amounts)]
    return pairs, [(("neuron", "amount"), rows)] if rows else []
