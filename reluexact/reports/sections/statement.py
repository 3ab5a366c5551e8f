"""The head of the page: the statement in one formula, whether it is proved, and the numbers that people look for first."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from markupsafe import Markup

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.optimum.problem_latex import problem_lines
from reluexact.model.problem import Problem
from reluexact.numbers.rational import format_fraction
from reluexact.reports.answers import Answers
from reluexact.reports.mathml import displayed, inline
from reluexact.terminal.text import exact, magnitude, plural, proved, rounded
from reluexact.tex.formulas import aligned
from reluexact.tex.numbers import rational_latex, real_latex

DIGITS, PLACES = 30, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """objective: what is minimised. verdict: one sentence. value: the minimum or its bounds. keys: numbers people look for."""

    title: str
    name: str
    objective: Markup
    status: Status
    reason: str
    verdict: str
    value: Markup
    decimals: str
    keys: tuple[tuple[str, str, str], ...]


def head(answers: Answers, name: str) -> Head:
    """Return the head; ``name`` of the data."""
    optimum, problem = answers.optimum, answers.problem
    penalty = exact(problem.penalty) or format_fraction(problem.penalty)
    done = isinstance(optimum, Optimum | ProblemOptimum) and optimum.status is Status.PROVED
    reason = "" if done else answers.reasons.get("optimum", "") or getattr(optimum, "reason", "")
    return Head(
        title=f"The optimal two-layer ReLU networks of {name} at penalty {penalty:.40}",
        name=name,
        objective=displayed(_objective(problem)),
        status=Status.PROVED if done else Status.UNDECIDED,
        reason=reason,
        verdict=_verdict(answers) if done else "The minimum over networks of every width lies between proved bounds.",
        value=_value(answers, done=done),
        decimals=_decimals(answers, done=done),
        keys=tuple(_keys(answers)),
    )


def _objective(problem: Problem) -> str:
    """Write what is minimised."""
    if not problem.is_plain:
        return aligned(problem_lines(problem, DIGITS))
    penalty = rational_latex(problem.penalty, DIGITS)
    loss = r"\frac{1}{2}\left\lVert\sum_{j=1}^{m}a_j\left(Xw_j\right)_+-y\right\rVert^2"
    ridge = r"\frac{b}{2}\sum_{j=1}^{m}\left(\lVert w_j\rVert^2+a_j^2\right)"
    return rf"p^\star=\min_{{m,\,w,\,a}}\;{loss}+{ridge},\quad b={penalty}"


def _verdict(answers: Answers) -> str:
    optimum = answers.optimum
    text = "This is the minimum over networks of every width"
    if not isinstance(optimum, Optimum | ProblemOptimum):
        return f"{text}."
    count = len(optimum.neurons)
    if not count:
        return f"{text}; only the zero network attains it." if isinstance(optimum, Optimum) else f"{text}; no neuron is needed."
    if answers.problem.free_bias:  # then optimal neurons may also have their kinks between those that are listed
        return f"{text}."
    return f"{text}; optimal networks use only the {plural(count, 'direction')} of neurons listed below."


def _value(answers: Answers, *, done: bool) -> Markup:
    optimum = answers.optimum
    if done and isinstance(optimum, Optimum | ProblemOptimum):
        return inline(rf"p^\star={real_latex(optimum.value, DIGITS)}")
    low, high = (rational_latex(end, DIGITS) for end in (optimum.lower, optimum.upper))
    return inline(rf"p^\star\in[{low},\,{high}]")


def _decimals(answers: Answers, *, done: bool) -> str:
    """Write the value as a decimal, every digit of which is proved; bounds are rounded outwards."""
    optimum = answers.optimum
    if done and isinstance(optimum, Optimum | ProblemOptimum):
        by_digits = r"\ldots" in real_latex(optimum.value, DIGITS)
        return "" if by_digits else proved(optimum.value, PLACES)
    low, high = rounded(optimum.lower, 12, floor), rounded(optimum.upper, 12, ceil)
    gap = (optimum.upper - optimum.lower) / optimum.upper if optimum.upper else optimum.upper
    return f"{low} ≤ minimum ≤ {high}; relative gap {magnitude(gap)}"


def _keys(answers: Answers) -> list[tuple[str, str, str]]:
    """Return number, what it counts, and the section that says more."""
    keys, best, path, graph = [], answers.best, answers.path, answers.graph
    neurons = getattr(answers.optimum, "neurons", ())
    if neurons:
        what = "listed neuron" if answers.problem.free_bias else "optimal direction"
        keys.append((str(len(neurons)), f"{what}{'s' if len(neurons) > 1 else ''}", "set"))
    if best is not None and best.dimension is not None:
        keys.append((str(best.dimension), "dimension of the optimal set", "set"))
    if best is not None and best.vertices:
        keys.append((f"{len(best.vertices):,}", "minimal networks" if len(best.vertices) > 1 else "minimal network", "networks"))
        keys.append((str(best.min_width), "fewest neurons", "networks"))
    if path is not None:
        keys.append((str(len(path.breakpoints)), "breakpoints of the path", "path"))
    if graph is not None and graph.nodes:
        keys.append((str(len(graph.nodes)), "stationary points found" if not graph.complete else "stationary points", "graph"))
    return keys
