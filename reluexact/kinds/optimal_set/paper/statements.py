"""The section that lists what the document says, how it is known, and its status."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.solution_path.claim import SolutionPath
from reluexact.tex.numbers import decimal_latex
from reluexact.tex.text import escape, table


def section(best: OptimalSet, minimum: MinimumNetwork | None, path: SolutionPath | None = None) -> str:
    """Return the section."""
    proved = r"\textsc{proved}"
    rows = [
        (r"$p^\star$ is the minimum over networks of every width", "certificate, obligations O1 to O9", proved),
        (r"the residual $\theta$ is unique", "strict convexity of the dual", proved),
        (r"every neuron with $s\,\theta^{\top}(Xu)_+=b$ is listed, and no other", "two branch trees, one per sign", proved),
    ]
    status = rf"\textsc{{{best.status.name.lower()}}}"
    if best.neurons:
        if best.dimension is not None:
            rows.append((rf"$\dim\mathcal P={best.dimension}$", "exact signs, or enclosures without 0", proved))
        rows.append(("the list of vertices is complete", "every edge ends in a listed vertex", status))
        if best.status is Status.PROVED:
            rows.append((rf"$m^\star={best.min_width}$, $M^\star={best.max_vertex_width}$", "the list of vertices", proved))
            unique = "the optimal network is unique" if best.dimension == 0 else "the optimal network is not unique"
            rows.append((unique, r"$\dim\mathcal P$", proved))
    if minimum is not None and minimum.status is not Status.PROVED:
        rows.append((rf"${minimum.lower}\le m^\star\le {minimum.upper}$", escape(minimum.reason), proved))
    if path is not None:
        low, open_status = decimal_latex(path.low), rf"\textsc{{{path.status.name.lower()}}}"
        rows.append((rf"all breakpoints of the path from $b={low}$ on are listed", "obligations P1 to P10", open_status))
    caption = r"The statements, and what each is known by\label{tab:statements}."
    body = table(["statement", "known by", "status"], rows, r"p{0.45\linewidth}p{0.36\linewidth}l", caption=caption)
    text = (
        "Table~\\ref{tab:statements} lists what this document says of the problem. Proved statements hold for the exact data;"
        " no tolerance decided any of them."
    )
    return "\\section{What is proved}\n" + text + "\n\n" + body
