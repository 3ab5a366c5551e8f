"""What notebooks show of an optimum."""

from __future__ import annotations

from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.closed_form import ClosedForm
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.optimum.problem_views import problem_neuron_grid, problem_optimum_pairs
from reluexact.kinds.optimum.views import neuron_grid, optimum_pairs
from reluexact.kinds.page import Page, page_by_class, tables_of


def page(claim: object) -> Page:
    """Show the problem, the value and the optimal neurons."""
    return page_by_class(claim, {Optimum: _optimum, ProblemOptimum: _problem_optimum, ClosedForm: _closed_form})


def _optimum(optimum: Optimum) -> Page:
    return optimum_pairs(optimum, ""), tables_of(neuron_grid(optimum)) if optimum.neurons else []


def _problem_optimum(optimum: ProblemOptimum) -> Page:
    return problem_optimum_pairs(optimum, ""), tables_of(problem_neuron_grid(optimum)) if optimum.neurons else []


def _closed_form(form: ClosedForm) -> Page:
    pairs = [("closed form", form.kind), ("value", str(form.value))]
    rows = [
        (str(k), "not unique" if direction is None else ", ".join(map(str, direction)), str(amount))
        for k, (direction, amount) in enumerate(zip(form.directions, form.amounts, strict=True))
    ]
    return pairs, [(("neuron", "direction", "amount"), rows)] if rows else []
