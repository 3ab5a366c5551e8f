"""LaTeX of an optimum."""

from __future__ import annotations

from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.fitted import Fitted
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.optimum.problem_latex import linear_lines, problem_lines
from reluexact.tex.formulas import MOST_LINES, aligned, sign_latex, status_line, written
from reluexact.tex.numbers import rational_latex, real_latex, vector_latex


def latex(claim: object, digits: int) -> str:
    """Write the optimal value, or its bounds, and the optimal neurons; of a problem the objective and the linear part, too."""
    return written(claim, digits, {Optimum: _optimum, ProblemOptimum: _problem_optimum})


def _optimum(optimum: Optimum, digits: int) -> str:
    return aligned([bounds_latex(optimum, digits), *_neurons(optimum, digits), status_line(optimum.status, optimum.reason)])


def _problem_optimum(optimum: ProblemOptimum, digits: int) -> str:
    lines = [*problem_lines(optimum.problem, digits), bounds_latex(optimum, digits), *linear_lines(optimum, digits)]
    neurons = _neurons(optimum, digits, kinks=optimum.problem.free_bias)
    return aligned([*lines, *neurons, status_line(optimum.status, optimum.reason)])


def _neurons(optimum: Fitted, digits: int, kinks: bool = False) -> list[str]:
    """Return the neurons, with dots for some of many; kinks: the hidden biases stand beside, and follow from a row each."""
    last = len(optimum.neurons)
    shown = range(last) if last <= MOST_LINES else range(MOST_LINES - 1)
    lines = [_neuron(optimum.neurons[k], k + 1, digits, kinks) for k in shown]
    return [*lines, r"&\;\;\vdots", _neuron(optimum.neurons[-1], last, digits, kinks)] if len(shown) < last else lines


def _neuron(neuron: Neuron, k: int, digits: int, kinks: bool) -> str:
    bias = rf",& c_{{{k}}}&=-u_{{{k}}}\cdot x_{{{neuron.face[0] + 1}}}" if kinks else ""
    return rf"s_{{{k}}}&={sign_latex(neuron.sign)}1,& u_{{{k}}}&={vector_latex(neuron.direction, digits)}{bias}"


def bounds_latex(optimum: Fitted, digits: int) -> str:
    """Return the optimal value, or the bounds of one that is not proved, as a line of an aligned formula."""
    if optimum.status is Status.PROVED:
        return rf"p^\star&={real_latex(optimum.value, digits)}"
    return rf"p^\star&\in[{rational_latex(optimum.lower, digits)},\,{rational_latex(optimum.upper, digits)}]"
