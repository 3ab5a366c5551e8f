"""The document about a solution path: a complete LaTeX file that needs only the basic packages."""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.evidence.status import Status
from reluexact.kinds.optimum.paper import checking, problem
from reluexact.kinds.solution_path import paper
from reluexact.kinds.solution_path.claim import SolutionPath
from reluexact.tex.document import PREAMBLE, REFERENCES, joined
from reluexact.tex.numbers import decimal_latex
from reluexact.tex.text import escape, plural
from reluexact.version import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPaper:
    """What a document is about. name: of the data. options: of the command line, for the section on checking."""

    name: str
    path: SolutionPath
    options: str = ""

    def latex(self) -> str:
        """Return the document."""
        path = self.path
        low = f"--low {path.low}"
        check = checking.section(path.data, self.name, command="path", about="path", options=(self.options, low))
        title = rf"\title{{The solution path of \texttt{{{escape(self.name)}}}}}" + "\n" + rf"\author{{reluexact {__version__}}}"
        parts = [PREAMBLE + title, r"\begin{document}", r"\maketitle", self._abstract()]
        parts += [*problem.sections(path.data, None, self.name), paper.section(path), check, REFERENCES]
        return joined([*parts, r"\end{document}"])

    def _abstract(self) -> str:
        path, data = self.path, self.path.data
        weights, low = ", with weights" if data.copies else "", decimal_latex(path.low)
        text = (
            f"Two-layer ReLU networks with weight decay are trained on {plural(data.given.n, 'observation')} of "
            f"{plural(data.d, 'variable')}{weights}, for every penalty $b\\ge {low}$. "
        )
        count = plural(len(path.breakpoints), "breakpoint")
        text += f"The path of global optima over networks of every width has {count} there"
        text += (
            ", and no other"
            if path.status is Status.PROVED
            else " that are proved; between some penalties its structure is undecided"
        )
        text += ". What is called proved is proved in rational and interval arithmetic; floating-point numbers only proposed it."
        return rf"\begin{{abstract}}\noindent {text}\end{{abstract}}"
