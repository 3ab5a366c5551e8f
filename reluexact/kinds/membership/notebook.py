"""What notebooks show of the answer whether a network is optimal."""

from __future__ import annotations

from reluexact.kinds.membership.claim import Verdict
from reluexact.kinds.page import PLACES, Page, page_by_class
from reluexact.terminal.text import proved


def page(claim: object) -> Page:
    """Show what was asked, the answer and the distance from the optimal value."""
    return page_by_class(claim, {Verdict: _verdict})


def _verdict(verdict: Verdict) -> Page:
    pairs = [("statement", str(verdict.statement)), ("status", verdict.status.name)]
    pairs += [("reason", str(verdict.reason))] if verdict.reason else []
    return [*pairs, ("excess", proved(verdict.excess, PLACES))], []
