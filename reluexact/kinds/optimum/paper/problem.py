"""The sections on the data and on the problem, with its scaling."""

from __future__ import annotations

from fractions import Fraction

from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.latex import bounds_latex
from reluexact.model.dataset import Dataset
from reluexact.tex.numbers import decimal_latex, digits_latex, rational_latex
from reluexact.tex.text import breakable, display, escape, matrix, plural, table

MOST_ROWS, MOST_COLUMNS = 10, 6
"""Data of this size or less are printed as matrices, others as a summary."""


def sections(optimum: Optimum, name: str) -> list[str]:
    """Return the first two sections."""
    return [_data(optimum.data, name), _problem(optimum)]


def is_small(data: Dataset) -> bool:
    """Say whether the data are printed as matrices."""
    return data.n <= MOST_ROWS and data.d <= MOST_COLUMNS


def _data(data: Dataset, name: str) -> str:
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
    text += "All numbers are taken exactly as they are written."
    body = _matrices(data) if is_small(data) else _summary(data)
    digest = f"The sha256 of the exact data is {breakable(data.digest)}."
    return f"{text}\n{body}\n{digest}" if is_small(data) else f"{text} {digest}\n\n{body}"


def _matrices(data: Dataset) -> str:
    rows = matrix([[decimal_latex(entry) for entry in row] for row in data.X])
    targets = matrix([[decimal_latex(entry)] for entry in data.y])
    return display(rf"X={rows},\qquad y={targets}.")


def _summary(data: Dataset) -> str:
    columns = [(label, tuple(row[j] for row in data.X)) for j, label in enumerate(data.names)]
    rows = []
    for label, values in [*columns, (data.target_name, data.y)]:
        mean = sum(values, Fraction(0)) / data.n
        numbers = [decimal_latex(min(values)), _short(mean), decimal_latex(max(values))]
        rows.append([rf"\texttt{{{escape(label)}}}", str(len(set(values))), *(f"${number}$" for number in numbers)])
    headings = ["column", "different values", "least", "mean", "greatest"]
    return table(headings, rows, "lrrrr", caption=f"The {plural(len(rows), 'column')} of the data; the target comes last.")


def _short(value: Fraction) -> str:
    text = decimal_latex(value)
    return digits_latex(value, value, 6) if "frac" in text or len(text) > 9 else text


def _problem(optimum: Optimum) -> str:
    penalty = decimal_latex(optimum.penalty)
    network = (
        r"\min_{m,\,w_j,\,a_j}\;\; \frac12\sum_{i=1}^{n}\Bigl(\sum_{j=1}^{m}a_j\,(x_i^{\top}w_j)_+-y_i\Bigr)^2"
        r"+\frac b2\sum_{j=1}^{m}\bigl(\lVert w_j\rVert^2+a_j^2\bigr),"
    )
    convex = (
        r"\min\;\; \frac12\Bigl\lVert\sum_k\alpha_k f_k-y\Bigr\rVert^2+b\sum_k\alpha_k,\qquad"
        r" f_k=s_k\,(Xu_k)_+,\quad\alpha_k\ge 0."
    )
    return rf"""\section{{The problem}}
Write $x_i$ for the rows of $X$ and $(t)_+=\max(t,0)$. With the penalty $b={penalty}$, the problem is
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


def undecided(optimum: Optimum) -> str:
    """Return the section that stands for all results when the optimum is not proved."""
    bounds = bounds_latex(optimum, 20).replace("&", "")
    gap = rational_latex(optimum.upper - optimum.lower, 3)
    return rf"""\section{{What is known}}
The proof of the optimum did not close: {escape(optimum.reason)}. Proved are the bounds
{display(bounds + ",")}
which are ${gap}$ apart; the upper one is attained by a network with {plural(optimum.network.width, "neuron")} and rational
weights. Which networks are optimal is \textsc{{undecided}}."""
