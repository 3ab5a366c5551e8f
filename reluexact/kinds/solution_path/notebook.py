"""What notebooks show of the optima of all penalties."""

from __future__ import annotations

from reluexact.kinds.page import PLACES, Page, page_by_class, tables_of
from reluexact.kinds.solution_path.claim import Breakpoint, SolutionPath
from reluexact.kinds.solution_path.views import path_grids, path_pairs
from reluexact.terminal.text import proved


def page(claim: object) -> Page:
    """Show the pieces and the breakpoints, or what happens at one."""
    return page_by_class(claim, {SolutionPath: _solution_path, Breakpoint: _breakpoint})


def _solution_path(path: SolutionPath) -> Page:
    return path_pairs(path, ""), tables_of(*path_grids(path))


def _breakpoint(found: Breakpoint) -> Page:
    pairs = [("penalty", proved(found.penalty, PLACES)), ("jump of the dimension", str(found.jump))]
    return [*pairs, *(("event", str(event)) for event in found.events)], []
