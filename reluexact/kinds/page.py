"""Pages of notebooks, before they are HTML: names with their values, and tables; those of data, problems and networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from reluexact.errors import InputError
from reluexact.model.biased_network import BiasedNetwork
from reluexact.model.dataset import Dataset
from reluexact.model.misplaced import named
from reluexact.model.network import Network
from reluexact.model.problem import Problem
from reluexact.terminal.problem import data_line, problem_pairs
from reluexact.terminal.screen import Grid
from reluexact.terminal.text import exact, printable, rounded

MOST_ROWS = 10
"""Rows of data and neurons of a network that are shown; the rest is only counted."""

PLACES = 8
Table = tuple[Sequence[str], Sequence[Sequence[str]]]
Page = tuple[Sequence[tuple[str, str]], Sequence[Table]]
"""Names with their values, and tables: headings and rows."""

Pages = Mapping[type, Callable[[Any], Page]]


def page_by_class(claim: object, pages: Pages) -> Page:
    """Make a page by the function of the claim's class; InputError when there is none."""
    make = next((make for kind, make in pages.items() if isinstance(claim, kind)), None)
    if make is None:
        raise InputError(f"html: {named(claim)} has no table; pass data, a network or a claim")
    return make(claim)


def tables_of(*grids: Grid) -> list[Table]:
    """Return the tables of a terminal as tables of a page."""
    return [(grid.headings, grid.rows) for grid in grids]


def number(value: Fraction) -> str:
    """Write a number in full when that is short, else rounded."""
    return exact(value) or rounded(value, PLACES)


def numbered(label: str, numbers: Sequence[Sequence[Fraction]]) -> list[tuple[str, ...]]:
    """Return the first rows as texts, numbered, and how many more there are."""
    rows = [(str(i), *map(number, row)) for i, row in enumerate(numbers[:MOST_ROWS])]
    more = len(numbers) - len(rows)
    return [*rows, (f"... {more} more {label}",)] if more else rows


def dataset_page(data: Dataset) -> Page:
    """Show what is known of the data, and the first rows."""
    headings = ["row", *map(printable, data.names), printable(data.target_name)]
    rows = [(*row, target) for row, target in zip(data.X, data.y, strict=True)]
    known = [("data", data_line(data)), *([] if data.copies is None else [("rows", data.remarks[-1])]), ("digest", data.digest)]
    return known, [(headings, numbered("rows", rows))]


def problem_page(problem: Problem) -> Page:
    """Show what is minimised, and the first rows."""
    _, tables = dataset_page(problem.data)
    return problem_pairs(problem, ""), tables


def network_page(network: Network) -> Page:
    """Show the first neurons."""
    inputs = len(network.hidden[0]) if network.hidden else 0
    headings = ["neuron", *(f"w{j + 1}" for j in range(inputs)), "output"]
    rows = [(*row, a) for row, a in zip(network.hidden, network.output, strict=True)]
    return [("network", repr(network))], [(headings, numbered("neurons", rows))] if rows else []


def biased_network_page(network: BiasedNetwork) -> Page:
    """Show the linear part and the first neurons."""
    headings = ["neuron", *(f"w{j + 1}" for j in range(network.inputs)), "bias", "output"]
    rows = [(*row, c, a) for row, c, a in zip(network.hidden, network.hidden_bias, network.output, strict=True)]
    linear = [("output bias", number(network.output_bias))]
    linear += [("skip connection", ", ".join(map(number, network.skip)))] if network.skip else []
    return [("network", repr(network)), *linear], [(headings, numbered("neurons", rows))] if rows else []
