"""What notebooks show of a classified network, and of an exact network beside one."""

from __future__ import annotations

from reluexact.kinds.classification.claim import Classification, Snapped
from reluexact.kinds.page import PLACES, Page, network_page, page_by_class
from reluexact.terminal.text import proved


def page(claim: object) -> Page:
    """Show the answers with their reasons, or the exact network."""
    return page_by_class(claim, {Classification: _classification, Snapped: _snapped})


def _classification(found: Classification) -> Page:
    rows = [(name, answer.status.name, str(answer.reason)) for name, answer in found.properties]
    return [("kind", found.summary), ("network", repr(found.network))], [(("property", "answer", "reason"), rows)]


def _snapped(found: Snapped) -> Page:
    pairs = [("snapped", repr(found)), *([("reason", str(found.reason))] if found.reason else [])]
    pairs += [] if found.value is None else [("value", proved(found.value, PLACES))]
    return pairs, [] if found.network is None else network_page(found.network)[1]
