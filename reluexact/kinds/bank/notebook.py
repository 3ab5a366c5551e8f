"""What notebooks show of an instance of the bank."""

from __future__ import annotations

from reluexact.kinds.bank.instance import BankInstance
from reluexact.kinds.bank.views import minimum
from reluexact.kinds.page import Page, page_by_class, problem_page


def page(claim: object) -> Page:
    """Show what the instance is about, and its problem."""
    return page_by_class(claim, {BankInstance: _instance})


def _instance(entry: BankInstance) -> Page:
    pairs, tables = problem_page(entry.problem)
    return [("instance", entry.name), ("group", entry.group), ("about", entry.about), ("minimum", minimum(entry)), *pairs], tables
