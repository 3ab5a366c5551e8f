"""What notebooks show of a judged network, and of why it is no better."""

from __future__ import annotations

from reluexact.kinds.judgement.claim import Judgement
from reluexact.kinds.judgement.explanation import Explanation
from reluexact.kinds.judgement.reasons import explanation_grids, explanation_pairs
from reluexact.kinds.judgement.views import judgement_pairs
from reluexact.kinds.page import Page, page_by_class, tables_of


def page(claim: object) -> Page:
    """Show the bounds of the gap, and the reasons."""
    return page_by_class(claim, {Judgement: _judgement, Explanation: _explanation})


def _judgement(found: Judgement) -> Page:
    return judgement_pairs(found, "", ""), []


def _explanation(why: Explanation) -> Page:
    return [*judgement_pairs(why.judgement, "", ""), *explanation_pairs(why)], tables_of(*explanation_grids(why))
