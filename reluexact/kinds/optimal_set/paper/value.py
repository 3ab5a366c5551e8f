"""The section on the optimal value."""

from __future__ import annotations

from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimum.paper.residual import residual_text
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar
from reluexact.tex.numbers import number_latex, real_latex
from reluexact.tex.text import display


def section(best: OptimalSet) -> str:
    """Return the section."""
    optimum = best.optimum
    value, total = optimum.value.scalar, best.total.scalar
    weight = Real.of_scalar(Scalar.of(optimum.penalty) * total)
    loss = Real.of_scalar(value - weight.scalar)
    split = rf"\tfrac12\lVert\theta\rVert^2={real_latex(loss)},\qquad b\sum_k\alpha_k={real_latex(weight)},"
    formula = display(rf"p^\star={_exactly(optimum.value, max(optimum.digits, 12))}", ".")
    return rf"""\section{{The optimal value}}
\begin{{theorem}}\label{{thm:value}}
The minimum of \eqref{{eq:network}} over networks of every width is
{formula}
All optimal networks have the same residual $\theta=y-\hat y$.\status{{proved}}
\end{{theorem}}
{residual_text(optimum)}
The value divides into loss and penalty,
{display(split)}
and the total amount $\sum_k\alpha_k=\theta^{{\top}}\hat y/b={real_latex(best.total)}$ is the same for all optimal networks."""


def _exactly(value: Real, digits: int) -> str:
    """Write a number, with its digits beside an exact form."""
    text = real_latex(value, digits)
    if r"\frac" not in text and r"\sqrt" not in text:
        return text
    decimal = number_latex(value, digits)
    return text if r"\frac" in decimal else f"{text}={decimal}"
