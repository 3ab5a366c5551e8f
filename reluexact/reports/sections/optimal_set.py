"""The section on the optimal set: the neurons that optimal networks use, the polytope of amounts, and closed forms."""

from __future__ import annotations

import sympy

from reluexact.errors import Message
from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.views import neuron_grid as set_neurons
from reluexact.kinds.optimal_set.views import set_pairs
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.closed_form import ClosedForm
from reluexact.kinds.optimum.latex import bounds_latex
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.optimum.problem_latex import linear_lines
from reluexact.kinds.optimum.problem_views import problem_neuron_grid
from reluexact.kinds.optimum.views import neuron_grid
from reluexact.reports.answers import Answers
from reluexact.reports.blocks import Block, Formula, Section, Text, facts_of, from_one, table_of
from reluexact.reports.mathml import displayed
from reluexact.terminal.text import plural
from reluexact.tex.formulas import aligned
from reluexact.tex.numbers import digits_latex

TITLE = "All optimal networks"
DIGITS = 8
MOST_FEATURES = 8
"""Directions of more entries stand in the table only."""

MOST_LETTERS = 1200
"""LaTeX of a longer closed form is described."""

NEURONS = "The optimal neurons: no optimal network of any width uses another direction"
_GIVEN = ("data", "penalty", "weights", "status", "value", "fit")


def section(answers: Answers) -> Section:
    """Return the section."""
    best, optimum = answers.best, answers.optimum
    if best is not None and isinstance(optimum, Optimum):
        return _of_set(answers, best, optimum)
    blocks: tuple[Block, ...] = ()
    if isinstance(optimum, Optimum | ProblemOptimum) and optimum.neurons:
        blocks = _neurons(optimum)
    reason = answers.reasons.get("set", "the optimum itself is not proved")
    return Section(id="set", title=TITLE, short="Optimal set", status=Status.UNDECIDED, reason=reason, blocks=blocks)


def _of_set(answers: Answers, best: OptimalSet, optimum: Optimum) -> Section:
    facts = facts_of(set_pairs(optimum, best, answers.widths, ""), without=_GIVEN)
    blocks: list[Block] = [facts]
    if best.neurons:
        blocks.append(table_of(from_one(set_neurons(best)), NEURONS))
        if optimum.data.d <= MOST_FEATURES:
            math = displayed(optimum.latex(DIGITS))
            blocks.append(Formula(label="The optimal value and the directions of the optimal neurons", math=math))
        blocks.append(Text(text=_points(best)))
        blocks.append(Formula(label="The polytope of all optimal networks", math=displayed(best.latex(DIGITS))))
        blocks += _closed(answers.closed)
    reasons = [Message(f"{name}: ", answers.reasons[name]) for name in ("closed form", "widths") if name in answers.reasons]
    reason = "" if best.status is Status.PROVED else best.reason
    blocks += [Text(text=Message("UNDECIDED: ", text)) for text in reasons]
    return Section(id="set", title=TITLE, short="Optimal set", status=best.status, reason=reason, blocks=tuple(blocks))


def _points(best: OptimalSet) -> str:
    text = (
        "Optimal networks are the points of the polytope below, up to the order and the splitting of neurons: alpha are the "
        "amounts |w| |a| of the neurons, f their features, and y with a hat is the fit, which all optimal networks share."
    )
    if best.dimension == 0:
        text += " It is a single point: the optimal network is unique."
    return text


def _neurons(optimum: Optimum | ProblemOptimum) -> tuple[Block, ...]:
    grid = neuron_grid(optimum) if isinstance(optimum, Optimum) else problem_neuron_grid(optimum)
    blocks: list[Block] = [table_of(from_one(grid), "The optimal neurons")]
    if isinstance(optimum, ProblemOptimum) and optimum.linear:
        lines = [bounds_latex(optimum, DIGITS), *linear_lines(optimum, DIGITS)]
        blocks.append(Formula(label="The value, and the linear part of an optimal network", math=displayed(aligned(lines))))
    return tuple(blocks)


def _closed(form: ClosedForm | None) -> list[Block]:
    """Say in which numbers the optimum can be written, with the formula of its value where that is short."""
    if form is None:
        return []
    size = len(form.system.variables)
    words = {
        "rational": "The optimum is rational: value, residual, directions and vertices are quotients of integers.",
        "radical": "Value, residual and directions are sums of square roots of rational numbers.",
        "root": f"Everything can be written by one number t, an amount, that is the root of one polynomial{_degree(form)}.",
        "system": f"The optimum is the only solution, in a proved box, of {size} polynomial equations in {size} unknowns "
        "with rational coefficients (rx.closed_form(optimum).system).",
    }
    blocks: list[Block] = [Text(text=f"Closed form. {words[form.kind]}")]
    formula = _closed_latex(form)
    if 0 < len(formula) <= MOST_LETTERS:
        blocks.append(Formula(label="The closed form of the value", math=displayed(formula)))
    return blocks


def _degree(form: ClosedForm) -> str:
    """Say how large the polynomial is."""
    if form.root is None:
        return ""
    size = max(len(str(abs(coefficient))) for coefficient in form.root.polynomial.coeffs())
    return f", irreducible, of degree {form.root.polynomial.degree()}, with integers of at most {plural(size, 'digit')}"


def _closed_latex(form: ClosedForm) -> str:
    """Return the formula of the value; with the polynomial where there is one."""
    value = "" if form.value is None else rf"p^\star&={sympy.latex(form.value)}"
    if form.root is not None:
        lines = [
            rf"0&={sympy.latex(form.root.polynomial.as_expr())}",
            rf"t&={digits_latex(*form.root.bounds, DIGITS)}",
            *([value] if value else []),
        ]
        return r"\begin{aligned}" + r"\\ ".join(lines) + r"\end{aligned}"
    return rf"\begin{{aligned}}{value}\end{{aligned}}" if value and form.kind == "radical" else ""
