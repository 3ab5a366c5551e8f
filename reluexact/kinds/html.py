"""Tables of data, networks and claims as HTML, for notebooks; every text that comes from outside is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from reluexact.errors import InputError
from reluexact.evidence.bound import BoundProof
from reluexact.evidence.problem_bound import ProblemBound
from reluexact.kinds.bank.instance import BankInstance
from reluexact.kinds.classification.claim import Classification
from reluexact.kinds.cross_validation.claim import CrossValidation
from reluexact.kinds.descent_path.claim import DescentPath
from reluexact.kinds.interpolation.claim import Interpolation
from reluexact.kinds.judgement.claim import Judgement
from reluexact.kinds.judgement.explanation import Explanation
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.kinds.optimal_set.claim import OptimalSet
from reluexact.kinds.optimum.claim import Optimum
from reluexact.kinds.optimum.problem_claim import ProblemOptimum
from reluexact.kinds.planted.claim import Planted
from reluexact.kinds.sensitivity.claim import Sensitivity
from reluexact.kinds.solution_path.claim import SolutionPath
from reluexact.kinds.sparsest_spline.claim import SparsestSpline
from reluexact.kinds.stationary_graph.claim import StationaryGraph
from reluexact.kinds.width_optimum.claim import WidthCurve, WidthOptimum
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.misplaced import named
from reluexact.model.network import Network
from reluexact.model.problem import Problem
from reluexact.trained.claim import Trained

MOST_ROWS = 10
"""Rows of data and neurons of a network that are shown; the rest is only counted."""

MOST_NODES = 40
"""Nodes of a graph that are shown."""

PLACES = 8
Table = tuple[Sequence[str], Sequence[Sequence[str]]]
Page = tuple[Sequence[tuple[str, str]], Sequence[Table]]
"""Names with their values, and tables: headings and rows."""


def html(claim: object) -> str:
    """Return what notebooks show of data, networks and claims: names with their values, and tables.

    The text is safe to show: names of columns are escaped, and MathJax does not look into it.

    >>> html(Network([[1]], ["1/2"]))[:60]
    '<div class="tex2jax_ignore mathjax_ignore"><table><tr><th st'
    """
    page = next((make for kind, make in _PAGES.items() if isinstance(claim, kind)), None)
    if page is None:
        names = ", ".join(kind.__name__ for kind in _PAGES)
        raise InputError(f"html: {named(claim)} has no table; these have one: {names}")
    pairs, tables = page(claim)
    parts = [_pairs(pairs)] if pairs else []
    return f'<div class="tex2jax_ignore mathjax_ignore">{"".join([*parts, *map(_table, tables)])}</div>'


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    lines = (f'<tr><th style="text-align:left">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in pairs)
    style = ' style="text-align:left"'
    return f"<table>{''.join(lines)}</table>".replace("<td>", f"<td{style}>")


def _table(table: Table) -> str:
    headings, rows = table
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _number(value: Fraction) -> str:
    from reluexact.terminal.text import exact, rounded

    return exact(value) or rounded(value, PLACES)


def _rows(label: str, numbers: Sequence[Sequence[Fraction]]) -> list[tuple[str, ...]]:
    """Return the first rows as texts, numbered, and how many more there are."""
    rows = [(str(i), *map(_number, row)) for i, row in enumerate(numbers[:MOST_ROWS])]
    more = len(numbers) - len(rows)
    return [*rows, (f"... {more} more {label}",)] if more else rows


def _dataset(data: Dataset) -> Page:
    from reluexact.terminal.problem import data_line
    from reluexact.terminal.text import printable

    headings = ["row", *map(printable, data.names), printable(data.target_name)]
    rows = [(*row, target) for row, target in zip(data.X, data.y, strict=True)]
    known = [("data", data_line(data)), *([] if data.copies is None else [("rows", data.remarks[-1])]), ("digest", data.digest)]
    return known, [(headings, _rows("rows", rows))]


def _problem(problem: Problem) -> Page:
    from reluexact.terminal.problem import problem_pairs

    _, tables = _dataset(problem.data)
    return problem_pairs(problem, ""), tables


def _network(network: Network) -> Page:
    inputs = len(network.hidden[0]) if network.hidden else 0
    headings = ["neuron", *(f"w{j + 1}" for j in range(inputs)), "output"]
    rows = [(*row, a) for row, a in zip(network.hidden, network.output, strict=True)]
    return [("network", repr(network))], [(headings, _rows("neurons", rows))]


def _biased_network(network: BiasedNetwork) -> Page:
    headings = ["neuron", *(f"w{j + 1}" for j in range(network.inputs)), "bias", "output"]
    rows = [(*row, c, a) for row, c, a in zip(network.hidden, network.hidden_bias, network.output, strict=True)]
    linear = [("output bias", _number(network.output_bias))]
    linear += [("skip connection", ", ".join(map(_number, network.skip)))] if network.skip else []
    return [("network", repr(network)), *linear], [(headings, _rows("neurons", rows))] if rows else []


def _optimum(optimum: Optimum) -> Page:
    from reluexact.kinds.optimum.views import neuron_grid, optimum_pairs

    return optimum_pairs(optimum, ""), [_of(neuron_grid(optimum))] if optimum.neurons else []


def _problem_optimum(optimum: ProblemOptimum) -> Page:
    from reluexact.kinds.optimum.problem_views import problem_neuron_grid, problem_optimum_pairs

    return problem_optimum_pairs(optimum, ""), [_of(problem_neuron_grid(optimum))] if optimum.neurons else []


def _set(best: OptimalSet) -> Page:
    from reluexact.kinds.optimal_set.views import neuron_grid, set_pairs, vertex_grids

    grids = (neuron_grid(best), *vertex_grids(best)) if best.neurons else ()
    return set_pairs(best.optimum, best, None, ""), list(map(_of, grids))


def _width(found: WidthOptimum) -> Page:
    from reluexact.kinds.width_optimum.views import width_grid, width_pairs

    return width_pairs(found, ""), [_of(width_grid(found))] if found.neurons else []


def _curve(curve: WidthCurve) -> Page:
    from reluexact.kinds.width_optimum.views import curve_grid, curve_pairs

    return curve_pairs(curve, ""), [_of(curve_grid(curve))]


def _minimum(found: MinimumNetwork) -> Page:
    from reluexact.kinds.minimum_network.views import minimum_grid, minimum_pairs

    optimum = found.best.optimum
    return minimum_pairs(optimum, found, ""), [_of(minimum_grid(optimum, found))] if found.support else []


def _spline(found: SparsestSpline) -> Page:
    from reluexact.kinds.sparsest_spline.views import kink_grid, spline_pairs

    return spline_pairs(found.optimum, found, ""), [_of(kink_grid(found))] if found.kinks else []


def _bound(proof: BoundProof | ProblemBound) -> Page:
    """Return the bounds, and the network whose objective is the upper one."""
    from reluexact.kinds.bound.views import bound_pairs

    network = BiasedNetwork.of(proof.network) if isinstance(proof.network, Network) else proof.network
    _, tables = _biased_network(network)
    return bound_pairs(proof, proof.gap, ""), tables


def _path(way: DescentPath) -> Page:
    from reluexact.terminal.text import proved

    pairs = [("path", repr(way)), ("width", f"{way.width}, and {way.width_needed} are known to be enough")]
    rows = [
        (str(k), piece.kind, proved(piece.before.value, PLACES), proved(piece.after.value, PLACES), piece.why)
        for k, piece in enumerate(way.pieces)
    ]
    return pairs, [(("piece", "kind", "from", "to", "why it does not rise"), rows)]


def _graph(graph: StationaryGraph) -> Page:
    from reluexact.terminal.text import proved

    rows = [
        (str(node.index), proved(node.value, PLACES), str(node.width), str(node.dimension), node.kind)
        for node in graph.nodes[:MOST_NODES]
    ]
    more = len(graph.nodes) - len(rows)
    rows += [(f"... {more} more nodes", "", "", "", "")] if more else []
    return [("graph", repr(graph))], [(("node", "objective", "neurons", "dimension", "kind"), rows)]


def _classification(found: Classification) -> Page:
    rows = [(name, answer.status.name, str(answer.reason)) for name, answer in found.properties]
    return [("kind", found.summary), ("network", repr(found.network))], [(("property", "answer", "reason"), rows)]


def _judgement(found: Judgement) -> Page:
    from reluexact.kinds.judgement.views import judgement_pairs

    return judgement_pairs(found, "", ""), []


def _sensitivity(found: Sensitivity) -> Page:
    from reluexact.kinds.sensitivity.views import sensitivity_grids, sensitivity_pairs

    return sensitivity_pairs(found, "", PLACES), list(map(_of, sensitivity_grids(found)))


def _solution_path(path: SolutionPath) -> Page:
    from reluexact.kinds.solution_path.views import path_grids, path_pairs

    return path_pairs(path, ""), list(map(_of, path_grids(path)))


def _cross_validation(found: CrossValidation) -> Page:
    from reluexact.kinds.cross_validation.views import cross_validation_pairs

    return cross_validation_pairs(found, ""), []


def _interpolation(found: Interpolation) -> Page:
    from reluexact.kinds.interpolation.views import interpolation_grids, interpolation_pairs

    return interpolation_pairs(found, ""), list(map(_of, interpolation_grids(found)))


def _explanation(why: Explanation) -> Page:
    from reluexact.kinds.judgement.reasons import explanation_grids, explanation_pairs
    from reluexact.kinds.judgement.views import judgement_pairs

    return [*judgement_pairs(why.judgement, "", ""), *explanation_pairs(why)], list(map(_of, explanation_grids(why)))


def _trained(found: Trained) -> Page:
    """Return the problem, what its trainer said, and the network."""
    pairs, _ = _problem(found.problem)
    said = [("trainer", found.trainer), ("constant", _number(found.constant)), *(("remark", text) for text in found.remarks)]
    linear, tables = _biased_network(found.network)
    return [*pairs, *said, *linear], tables


def _planted(known: Planted) -> Page:
    optimum = known.optimum
    pairs, tables = _optimum(optimum) if isinstance(optimum, Optimum) else _problem_optimum(optimum)
    return [("planted", repr(known)), *pairs], tables


def _instance(entry: BankInstance) -> Page:
    from reluexact.kinds.bank.views import minimum

    pairs, tables = _problem(entry.problem)
    return [("instance", entry.name), ("group", entry.group), ("about", entry.about), ("minimum", minimum(entry)), *pairs], tables


def _of(grid: Any) -> Table:
    return grid.headings, grid.rows


_PAGES: dict[type, Callable[[Any], Page]] = {
    Dataset: _dataset,
    Problem: _problem,
    Network: _network,
    BiasedNetwork: _biased_network,
    Optimum: _optimum,
    ProblemOptimum: _problem_optimum,
    OptimalSet: _set,
    MinimumNetwork: _minimum,
    SparsestSpline: _spline,
    BoundProof: _bound,
    ProblemBound: _bound,
    WidthOptimum: _width,
    WidthCurve: _curve,
    DescentPath: _path,
    StationaryGraph: _graph,
    Classification: _classification,
    Judgement: _judgement,
    Explanation: _explanation,
    Sensitivity: _sensitivity,
    SolutionPath: _solution_path,
    CrossValidation: _cross_validation,
    Interpolation: _interpolation,
    Trained: _trained,
    Planted: _planted,
    BankInstance: _instance,
}
