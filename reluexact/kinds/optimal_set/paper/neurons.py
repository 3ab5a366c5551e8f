"""The section on the optimal neurons."""

from __future__ import annotations

from collections.abc import Sequence

from reluexact.evidence.kink import is_one_feature, kink
from reluexact.evidence.neuron import Neuron
from reluexact.evidence.status import Status
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimum.claim import Optimum
from reluexact.model.dataset import Dataset
from reluexact.numbers.real import Real
from reluexact.tex.numbers import PLACES, decimal_latex, number_latex, ray_of, vector_latex
from reluexact.tex.text import chunks, display, escape, table

MOST_ENTRIES = 4
"""A direction with more entries does not fit into the table of neurons and gets one of its own."""


def section(best: OptimalSet) -> str:
    """Return the section."""
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
    counts = [[data.per_row(neuron.gate).count(gate) for gate in (1, -1, 0)] for neuron in neurons]
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
