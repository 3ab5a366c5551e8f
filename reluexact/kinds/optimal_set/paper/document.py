"""The document about an optimal set, as a paper has it: a complete LaTeX file that needs only the basic packages."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.evidence.status import Status
from reluexact.kinds.connectivity import paper as widths
from reluexact.kinds.connectivity.staircase import Staircase
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.paper import neurons, polytope, statements, value, vertices
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.latex import bounds_latex
from reluexact.kinds.optimum.paper import checking, closed_form, problem, residual
from reluexact.kinds.solution_path import paper as path_paper
from reluexact.kinds.solution_path.claim import SolutionPath
from reluexact.tex.document import PREAMBLE, REFERENCES, joined
from reluexact.tex.numbers import decimal_latex
from reluexact.tex.text import escape, plural
from reluexact.version import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a document is about.

    name: of the data. best: the optimal set; None when the optimum itself is not proved. options: of the command line, for the
    section on checking. minimum, staircase, path: further claims that the document reports when they are given.
    """

    name: str
    optimum: Optimum
    best: OptimalSet | None = None
    options: str = ""
    minimum: MinimumNetwork | None = None
    staircase: Staircase | None = None
    path: SolutionPath | None = None

    def latex(self) -> str:
        """Return the document."""
        optimum, best = self.optimum, self.best
        parts: list[str] = [PREAMBLE + self._title(), r"\begin{document}", r"\maketitle", self._abstract()]
        parts += problem.sections(optimum.data, optimum.penalty, self.name)
        if optimum.status is Status.PROVED and best is not None:
            parts += self._results(best)
        else:
            parts.append(problem.undecided(optimum))
        parts += [self._checking(), REFERENCES]
        parts += residual.appendix(optimum)
        return joined([*parts, r"\end{document}"])

    def _results(self, best: OptimalSet) -> list[str]:
        """Return the sections on what is proved; the zero network has neither closed form nor polytope."""
        parts = [value.section(best), neurons.section(best)]
        if best.neurons:
            parts += [closed_form.section(self.optimum), polytope.section(best, self.minimum)]
            used = any(vertex.support for vertex in best.vertices)
            if used and (best.dimension or (best.system is not None and best.system.polytope.columns)):
                parts.append(vertices.section(best))
            if self.staircase is not None:
                parts.append(widths.section(self.staircase))
        if self.path is not None:
            parts.append(path_paper.section(self.path))
        return [*parts, statements.section(best, self.minimum, self.path)]

    def _title(self) -> str:
        penalty = decimal_latex(self.optimum.penalty)
        title = rf"The optimal two-layer ReLU networks of \texttt{{{escape(self.name)}}}\\at penalty ${penalty}$"
        return rf"\title{{{title}}}" + "\n" + rf"\author{{reluexact {__version__}}}"

    def _abstract(self) -> str:
        optimum, best = self.optimum, self.best
        bounds = bounds_latex(optimum, 20).replace("&", "")
        text = (
            f"Two-layer ReLU networks with weight decay are trained on {plural(optimum.data.given.n, 'observation')} of "
            f"{plural(optimum.data.d, 'variable')}{', with weights' if optimum.data.copies else ''}. "
        )
        if optimum.status is not Status.PROVED or best is None:
            text += rf"The minimum ${bounds}$ over networks of every width is enclosed, but its proof did not close."
            return rf"\begin{{abstract}}\noindent {text}\end{{abstract}}"
        text += rf"The minimum over networks of every width is ${bounds}$. "
        text += _directions(best)
        if best.status is Status.PROVED:
            text += _size(best)
        else:
            text += "The set of all optimal networks is described in part; its vertices are undecided. "
        text += "What is called proved is proved in rational and interval arithmetic; floating-point numbers only proposed it."
        return rf"\begin{{abstract}}\noindent {text}\end{{abstract}}"

    def _checking(self) -> str:
        proved = self.best is not None and self.best.status is Status.PROVED
        command, about = ("set", "optimal set") if proved else ("solve", "optimum")
        penalty = f"--penalty {self.optimum.penalty}"
        return checking.section(self.optimum.data, self.name, command=command, about=about, options=(self.options, penalty))


def _directions(best: OptimalSet) -> str:
    """Say how many directions occur, and how many more are tight: they attain the bound of the dual problem without weight."""
    used = sum(neuron.positive is True for neuron in best.neurons)
    idle = sum(neuron.positive is False for neuron in best.neurons)
    if used + idle < len(best.neurons):
        return f"At most {plural(len(best.neurons) - idle, 'direction')} of hidden neurons can occur in optimal networks. "
    text = "No direction" if not used else f"Exactly {plural(used, 'direction')}"
    text += f" of hidden neurons {'occurs' if used < 2 else 'occur'} in optimal networks"
    if not idle:
        return f"{text}. "
    more = plural(idle, "more direction" if used else "direction")
    attain, carry = ("attains", "carries") if idle == 1 else ("attain", "carry")
    return f"{text}; {more} {attain} the bound of the dual constraint but {carry} no weight in any of them. "


def _size(best: OptimalSet) -> str:
    if best.dimension == 0 and not best.min_width:
        return "Only the zero network is optimal. "
    if best.dimension == 0:
        width = plural(best.min_width or 0, "neuron")
        return f"Up to the order and the splitting of neurons there is one optimal network; it has {width}. "
    count = plural(len(best.vertices), "vertex", "vertices")
    least, most = best.min_width, best.max_vertex_width
    widths = f"all with {plural(least or 0, 'neuron')}" if least == most else f"with {least} to {most} neurons"
    return f"The optimal networks form a polytope of dimension {best.dimension}; it has {count}, {widths}. "
