"""The sections on the data and on the problem, with its scaling."""

from __future__ import annotations

from fractions import Fraction

from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.latex import bounds_latex
from reluexact.model.dataset import Dataset
from reluexact.model.scaled_copies import ScaledCopies
from reluexact.numbers.types import Vector
from reluexact.tex.numbers import decimal_latex, digits_latex, rational_latex
from reluexact.tex.text import breakable, display, escape, matrix, plural, table

MOST_ROWS, MOST_COLUMNS = 10, 6
"""Data of this size or less are printed as matrices, others as a summary."""


def sections(data: Dataset, penalty: Fraction | None, name: str) -> list[str]:
    """Return the first two sections; penalty: None where the document is about all of them."""
    return [_data(data.given, data.copies, name), _problem(data, penalty)]


def is_small(data: Dataset) -> bool:
    """Say whether the data are printed as matrices."""
    return data.n <= MOST_ROWS and data.d <= MOST_COLUMNS


def _data(data: Dataset, copies: ScaledCopies | None, name: str) -> str:
    features = ", ".join(rf"\texttt{{{escape(label)}}}" for label in data.names)
    text = (
        rf"\section{{Data}}"
        f"\nThe data \\texttt{{{escape(name)}}} have $n={data.n}$ {'row' if data.n == 1 else 'rows'}. "
        f"The {'column' if data.d == 1 else f'$d={data.d}$ columns'} of $X$ {'is' if data.d == 1 else 'are'} {features}; "
        rf"the target $y$ is \texttt{{{escape(data.target_name)}}}. "
    )
    constant = [label for j, label in enumerate(data.names) if all(row[j] == 1 for row in data.X)]
    if constant:
        text += rf"\texttt{{{escape(constant[0])}}} is a column of ones, so that neurons have a bias. "
    text += "The rows have weights $o_i>0$. " if copies else ""
    text += "All numbers are taken exactly as they are written."
    weights = copies.weights if copies else ()
    body = _matrices(data, weights) if is_small(data) else _summary(data, weights)
    digest = f"The sha256 of the exact data is {breakable(data.digest)}."
    return f"{text}\n{body}\n{digest}" if is_small(data) else f"{text} {digest}\n\n{body}"


def _matrices(data: Dataset, weights: Vector) -> str:
    rows = matrix([[decimal_latex(entry) for entry in row] for row in data.X])
    columns = [("y", data.y), *([("o", weights)] if weights else [])]
    texts = [f"{name}={matrix([[decimal_latex(entry)] for entry in values])}" for name, values in columns]
    return display(rf"X={rows},\qquad " + r",\qquad ".join(texts) + ".")


def _summary(data: Dataset, weights: Vector) -> str:
    columns = [(rf"\texttt{{{escape(label)}}}", tuple(row[j] for row in data.X)) for j, label in enumerate(data.names)]
    columns += [("the weights $o_i$", weights)] if weights else []
    rows = []
    for label, values in [*columns, (rf"\texttt{{{escape(data.target_name)}}}", data.y)]:
        mean = sum(values, Fraction(0)) / data.n
        numbers = [decimal_latex(min(values)), _short(mean), decimal_latex(max(values))]
        rows.append([label, str(len(set(values))), *(f"${number}$" for number in numbers)])
    headings = ["column", "different values", "least", "mean", "greatest"]
    return table(headings, rows, "lrrrr", caption=f"The {plural(len(rows), 'column')} of the data; the target comes last.")


def _short(value: Fraction) -> str:
    text = decimal_latex(value)
    return digits_latex(value, value, 6) if "frac" in text or len(text) > 9 else text


def _problem(data: Dataset, penalty: Fraction | None) -> str:
    chosen = "the penalty $b>0$" if penalty is None else rf"the penalty $b={decimal_latex(penalty)}$"
    network = (
        r"\min_{m,\,w_j,\,a_j}\;\; \frac12\sum_{i=1}^{n}\Bigl(\sum_{j=1}^{m}a_j\,(x_i^{\top}w_j)_+-y_i\Bigr)^2"
        r"+\frac b2\sum_{j=1}^{m}\bigl(\lVert w_j\rVert^2+a_j^2\bigr),"
    )
    convex = (
        r"\min\;\; \frac12\Bigl\lVert\sum_k\alpha_k f_k-y\Bigr\rVert^2+b\sum_k\alpha_k,\qquad"
        r" f_k=s_k\,(Xu_k)_+,\quad\alpha_k\ge 0."
    )
    return rf"""\section{{The problem}}
{_copies(data)}Write $x_i$ for the rows of $X$ and $(t)_+=\max(t,0)$. With {chosen}, the problem is
\begin{{equation}}\label{{eq:network}}
{network}
\end{{equation}}
over networks of every width $m$. A neuron is best balanced, $\lVert w_j\rVert=\lvert a_j\rvert$, and then it costs
$b\,\lvert a_j\rvert\lVert w_j\rVert$. So a network is described by signs $s_k=\pm1$ of output weights, unit vectors $u_k$
and amounts $\alpha_k=\lvert a_k\rvert\lVert w_k\rVert$, and \eqref{{eq:network}} becomes
\begin{{equation}}\label{{eq:convex}}
{convex}
\end{{equation}}
The factors $\frac12$ and $\frac b2$ of \eqref{{eq:network}} belong to the factors $\frac12$ and $b$ of \eqref{{eq:convex}},
which is a convex program once the cells of the arrangement of the hyperplanes $x_i^{{\top}}u=0$ are listed \cite{{pilanci20}}.
Given $\alpha_k$, the weights are $w_k=\sqrt{{\alpha_k}}\,u_k$ and $a_k=s_k\sqrt{{\alpha_k}}$; splitting a neuron
into copies of the same direction, or changing the order, changes nothing."""


def _copies(data: Dataset) -> str:
    """Say what takes the place of rows with weights; nothing where they have none."""
    if data.copies is None:
        return ""
    objective = (
        r"\frac12\sum_i o_i\Bigl(\sum_j a_j\,(x_i^{\top}w_j)_+-y_i\Bigr)^2"
        r"+\frac b2\sum_j\bigl(\lVert w_j\rVert^2+a_j^2\bigr)"
    )
    return rf"""The objective is
\begin{{equation}}\label{{eq:weighted}}
{objective}
\end{{equation}}
with the weights $o_i$ of the rows. For $t>0$ a network $f$ has $f(tx)=t\,f(x)$, because $(t)_+$ is positively homogeneous.
So where $o_i=\sum_k t_{{ik}}^2$, the term of a row is $\sum_k\frac12\bigl(f(t_{{ik}}x_i)-t_{{ik}}y_i\bigr)^2$: the objective
\eqref{{eq:weighted}} is that of the rows $(t_{{ik}}x_i,\,t_{{ik}}y_i)$ without weights, for every network. The $t_{{ik}}$ are
rational, at most four for each row, by Lagrange's theorem on sums of four squares.
\emph{{From here on, $X$ and $y$ are these ${data.n}$ scaled rows, and $n={data.n}$}}; their sha256 is {breakable(data.digest)},
and the certificate is about them. Where rows are counted or listed, they are those of the data.

"""


def undecided(optimum: Optimum) -> str:
    """Return the section that stands for all results when the optimum is not proved."""
    bounds = bounds_latex(optimum, 20).replace("&", "")
    gap = rational_latex(optimum.upper - optimum.lower, 3)
    return rf"""\section{{What is known}}
The proof of the optimum did not close: {escape(optimum.reason)}. Proved are the bounds
{display(bounds + ",")}
which are ${gap}$ apart; the upper one is attained by a network with {plural(optimum.network.width, "neuron")} and rational
weights. Which networks are optimal is \textsc{{undecided}}."""
