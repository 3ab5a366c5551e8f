"""The sections on the optimal value, the residual and the neurons, and the appendix with the data."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reluexact.evidence.kink import is_one_feature, kink
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimal_set.paper_problem import is_small
from reluexact.kinds.optimum.blocks import known_residual
from reluexact.kinds.optimum.claim import Optimum
from reluexact.latex.numbers import decimal_latex, number_latex, ray_of, real_latex, vector_latex
from reluexact.latex.text import chunks, display, escape, matrix, plural, table
from reluexact.model.dataset import Dataset
from reluexact.numbers.real import Real
from reluexact.numbers.scalar import Scalar

PLACES = 8
"""Digits of numbers in tables."""

MOST_ENTRIES = 4
"""A direction with more entries does not fit into the table of neurons and gets one of its own."""

MOST_APPENDIX = 500
"""Rows of data that an appendix prints."""


def sections(best: OptimalSet) -> list[str]:
    """Return the sections on value and neurons."""
    return [_value(best), _neurons(best)]


def _value(best: OptimalSet) -> str:
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
{_residual(optimum)}
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


def _residual(optimum: Optimum) -> str:
    residual = known_residual(optimum)
    if is_small(optimum.data):
        column = matrix([[real_latex(entry)] for entry in residual])
        return "It is\n" + display(rf"\theta={column}.")
    sizes = [max(abs(entry.low), abs(entry.high)) for entry in residual]
    at = max(range(len(sizes)), key=sizes.__getitem__)
    zero = sum(entry.is_rational and not entry.low for entry in residual)
    fitted = f" {plural(zero, 'row')} {'is' if zero == 1 else 'are'} fitted exactly." if zero else ""
    where = f"Its entry of greatest size is $\\theta_{{{at + 1}}}={number_latex(residual[at])}$."
    listed = r" Appendix~\ref{app:data} lists it." if has_appendix(optimum) else ""
    return where + fitted + listed


def _neurons(best: OptimalSet) -> str:
    optimum = best.optimum
    count = len(optimum.neurons)
    if not count:
        return r"""\section{The optimal neurons}
\begin{theorem} The zero network is the only optimal one.\status{proved}\end{theorem}"""
    intro = rf"""\section{{The optimal neurons}}
A neuron, that is a sign $s$ and a unit vector $u$, can occur in an optimal network only if
$s\,\theta^{{\top}}(Xu)_+$ attains the value $b$, which it never exceeds \cite{{mishkin23}}.
\begin{{theorem}}\label{{thm:neurons}}
{"This holds for exactly one neuron" if count == 1 else f"This holds for exactly ${count}$ neurons"}, listed in
Table~\ref{{tab:neurons}}. No optimal network of any width uses another direction.\status{{proved}}
\end{{theorem}}"""
    wide = optimum.data.d > (MOST_ENTRIES if all(ray_of(neuron.direction) for neuron in optimum.neurons) else MOST_ENTRIES - 1)
    parts = [intro, _neuron_table(best, wide=wide), _explanation(best)]
    if wide:
        parts += _direction_tables(optimum)
    return "\n".join(parts)


def _explanation(best: OptimalSet) -> str:
    text = r"The columns $+$, $-$ and $0$ count the rows with $x_i^{\top}u_k>0$, $<0$ and $=0$"
    if best.status is Status.PROVED and best.dimension:
        text += r"; the last two say between which bounds $\alpha_k$ lies over all optimal networks, both of them attained"
    text += "."
    idle = sum(neuron.positive is False for neuron in best.neurons)
    if idle:
        who = "One of the neurons attains" if idle == 1 else f"{idle} of the neurons attain"
        text += f" {who} $b$ without carrying weight: {'its' if idle == 1 else 'their'} amount is $0$ in all optimal networks."
    pairs = sum(neuron.paired for neuron in best.neurons) // 2
    if pairs:
        which = "one pair" if pairs == 1 else f"{pairs} pairs"
        text += (
            f" There {'is' if pairs == 1 else 'are'} {which} of opposite directions with equal sign:"
            r" amounts can move between the two, because $(t)_+-(-t)_+=t$ is linear in the data."
        )
    return text


def _neuron_table(best: OptimalSet, *, wide: bool) -> str:
    data, neurons = best.optimum.data, best.neurons
    kinks = is_one_feature(data)
    paired = any(neuron.paired for neuron in neurons)
    columns: list[tuple[str, str, list[str]]] = [("$k$", "r", [str(k + 1) for k in range(len(neurons))])]
    columns.append(("$s_k$", "c", ["$+$" if neuron.sign > 0 else "$-$" for neuron in neurons]))
    if not wide:
        columns.append(("$u_k$", "l", [f"${vector_latex(neuron.direction, 7, inline=True)}$" for neuron in neurons]))
    if kinks:
        columns.append((rf"active at \texttt{{{escape(data.names[0])}}}", "l", [_active(data, neuron) for neuron in neurons]))
    counts = [[neuron.gate.count(gate) for gate in (1, -1, 0)] for neuron in neurons]
    columns += [(label, "r", [str(row[place]) for row in counts]) for place, label in enumerate(("$+$", "$-$", "$0$"))]
    if paired:
        columns.append((r"$-u_k$", "r", ["" if neuron.partner is None else str(neuron.partner + 1) for neuron in neurons]))
    if best.status is Status.PROVED:
        ranges = [_range([vertex.amounts[k] for vertex in best.vertices]) for k in range(len(neurons))]
        if best.dimension:
            columns.append((r"$\min\alpha_k$", "l", [low for low, _ in ranges]))
        columns.append((r"$\max\alpha_k$" if best.dimension else r"$\alpha_k$", "l", [high for _, high in ranges]))
    caption = r"The optimal neurons\label{tab:neurons}."
    rows = list(zip(*(cells for _, _, cells in columns), strict=True))
    return table([head for head, _, _ in columns], rows, "".join(side for _, side, _ in columns), caption=caption)


def _range(amounts: Sequence[Real]) -> tuple[str, str]:
    """Write the least and the greatest amount; enclosures of both, so nothing has to be compared."""
    least = Real(low=min(a.low for a in amounts), high=min(a.high for a in amounts))
    most = Real(low=max(a.low for a in amounts), high=max(a.high for a in amounts))
    return f"${number_latex(least, 6)}$", f"${number_latex(most, 6)}$"


def _active(data: Dataset, neuron: Neuron) -> str:
    """Write on which side of which value of the feature the neuron is active."""
    slope, place = neuron.direction[0], kink(data, neuron)
    if place is None:
        return "all" if slope.is_rational else ""
    side = ">" if slope.low > 0 else "<"
    return f"${side}{decimal_latex(place.low) if place.is_rational else number_latex(place, PLACES)}$"


def _direction_tables(optimum: Optimum) -> list[str]:
    """Return the directions with one row per neuron, in tables of a few columns."""
    rays = [ray_of(neuron.direction) for neuron in optimum.neurons]
    tables = []
    for part in chunks(optimum.data.d, MOST_ENTRIES):
        headings = ["$k$", *(rf"\texttt{{{escape(optimum.data.names[j])}}}" for j in part)]
        rows = [
            [str(k + 1), *(f"${number_latex(neuron.direction[j], PLACES)}$" for j in part)]
            for k, neuron in enumerate(optimum.neurons)
        ]
        which = f"Entry {part.stop}" if len(part) == 1 else f"Entries {part.start + 1} to {part.stop}"
        caption = f"{which} of the directions $u_k$."
        tables.append(table(headings, rows, "r" + "l" * len(part), caption=caption))
    exact = [
        rf"u_{{{k + 1}}}={vector_latex(neuron.direction)}"
        for k, (neuron, ray) in enumerate(zip(optimum.neurons, rays, strict=True))
        if ray is not None and optimum.data.d <= 12
    ]
    if exact:
        lines = r"\\ ".join(f"&{text}" for text in exact)
        tables.append("Exactly known are\n" + display(rf"\begin{{aligned}}{lines}\end{{aligned}}"))
    return tables


def has_appendix(optimum: Optimum) -> bool:
    """Say whether the document ends with a table of the data."""
    data = optimum.data
    return not is_small(data) and data.n <= MOST_APPENDIX and data.d <= MOST_ENTRIES + 1


def appendix(optimum: Optimum) -> list[str]:
    """Return the table of data, fit and residual, when it has a reasonable size."""
    data = optimum.data
    if not has_appendix(optimum) or optimum.status is not Status.PROVED:
        return []
    shown = [j for j in range(data.d) if any(row[j] != 1 for row in data.X)]
    headings = ["$i$", *(rf"\texttt{{{escape(data.names[j])}}}" for j in shown)]
    headings += [rf"\texttt{{{escape(data.target_name)}}}", r"$\hat y_i$", r"$\theta_i$"]
    rows = []
    for i, (row, target, entry) in enumerate(zip(data.X, data.y, known_residual(optimum), strict=True)):
        fit = Real(low=target - entry.high, high=target - entry.low)
        numbers = [*(_cell(row[j]) for j in shown), _cell(target), number_latex(fit, PLACES), number_latex(entry, PLACES)]
        rows.append([str(i + 1), *(f"${number}$" for number in numbers)])
    caption = r"Data, optimal fit and residual\label{tab:data}."
    body = table(headings, rows, "r" + "r" * (len(shown) + 1) + "ll", caption=caption)
    return [r"\clearpage\appendix", "\\section{Data, fit and residual}\\label{app:data}\n" + body]


def _cell(value: Fraction) -> str:
    return number_latex(Real.rational(value), PLACES)
