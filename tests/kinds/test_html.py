"""``rx.html``: what notebooks show of every public claim, and which public classes have no page or no formula."""

from __future__ import annotations

import inspect
import re
from functools import cache

import pytest
from paths import DATA

import reluexact as rx
from reluexact.kinds.table import KINDS

NO_CLAIM = {
    "CuttingRound": "a line of the table of CuttingPlane",
    "Real": "a number: its formula is all there is to show",
    "Report": "a page of its own, with every table in it",
    "PiecewiseQuadratic": "a loss, shown by the problem that it is in",
    "Status": "one of three words",
}
"""Public classes without a page, and why."""

NO_FORMULA = {
    "Dataset": "data are a table",
    "Problem": "its formula stands in those of its optimum",
    "BankInstance": "a problem with a name",
    "Trained": "what a program said beside a network",
    "Planted": "its optimum has the formula",
    "PlantedNeuron": "a few rational numbers",
    "Explanation": "sentences",
    "Classification": "a table of answers and reasons",
    "CrossValidation": "the loss of a search, a list of intervals",
    "Snapped": "its properties are answers and reasons",
    "Pruned": "a list of steps; the network that is left has a formula",
    "ApproximatelyPruned": "a list of steps; the network that is left has a formula",
    "ActivationPatterns": "a count",
    "Breakpoint": "a line of SolutionPath",
    "ClosedForm": "sympy expressions, which write themselves",
}
"""Public classes with a page and without a formula, and why."""


def public_classes():
    classes = {name: getattr(rx, name) for name in rx.__all__ if inspect.isclass(getattr(rx, name))}
    return {name: found for name, found in classes.items() if not issubclass(found, Exception) and name not in NO_CLAIM}


def test_every_public_claim_has_a_page_and_a_formula_or_a_reason():
    classes = public_classes()
    assert {name for name, found in classes.items() if not hasattr(found, "_repr_html_")} == set()
    assert {name for name, found in classes.items() if not hasattr(found, "_repr_latex_")} == set(NO_FORMULA)
    assert not [name for name in NO_CLAIM if hasattr(getattr(rx, name), "_repr_html_")]


def test_a_kind_with_a_formula_has_a_page():
    assert [kind.folder for kind in KINDS if kind.part("latex") and not kind.part("notebook")] == []


@cache
def claims():
    toy = rx.Dataset(X=[[2, 0, 0, 0], [-1, 1, 1, 1]], y=[1, 1])
    three = rx.Network([["1/3"] * 4, [1, 0, 0, 0], ["-1/2", "1/2", "1/2", "1/2"]], ["1/6"] * 3)
    square = rx.Dataset([[1, 0], [0, 1]], [3, -1])
    optimum = rx.solve(toy, "1/10")
    best = rx.optimal_set(optimum)
    reach = rx.rectified_ellipsoid(square)
    known = rx.planted()
    return {
        "Theorem": rx.theorem(square, 1),
        "no theorem": rx.theorem(rx.Dataset.read(DATA / "anscombe2.csv", bias=True), 1),
        "RectifiedEllipsoid": reach,
        "SupportValue": reach.support([1, -1]),
        "SupportValue of zero": reach.support([0, 0]),
        "CoordinateNeuron": rx.coordinate_neuron(square, 0),
        "HullMembership": reach.contains(["1/2", "1/4"]),
        "SpikeFree": rx.is_spike_free(square),
        "AllOnes": rx.all_ones(square, 1),
        "CuttingPlane": rx.cutting_plane(square, 1),
        "Verdict": rx.contains(best, three),
        "Selection": best.least_norm(),
        "Vertex": best.vertices[0],
        "Point": best.midpoint(),
        "Staircase": best.staircase(),
        "Pruned": rx.prune(three, toy),
        "ApproximatelyPruned": rx.prune_to_width(three, toy, 1),
        "ClosedForm": rx.closed_form(optimum),
        "ActivationPatterns": rx.activation_patterns(toy.X),
        "Neuron": optimum.neurons[0],
        "Breakpoint": rx.solution_path(square, low="1/2").breakpoints[0],
        "Snapped": rx.snap(three, toy, 1),
        "PlantedNeuron": known.neurons[0],
        "Network": three,
        "empty Network": rx.Network([], []),
    }


NAMES = """Theorem, no theorem, RectifiedEllipsoid, SupportValue, SupportValue of zero, CoordinateNeuron, HullMembership,
SpikeFree, AllOnes, CuttingPlane, Verdict, Selection, Vertex, Point, Staircase, Pruned, ApproximatelyPruned, ClosedForm,
ActivationPatterns, Neuron, Breakpoint, Snapped, PlantedNeuron, Network, empty Network"""


@pytest.mark.parametrize("name", re.split(r",\s+", NAMES))
def test_a_page_has_values_and_no_empty_table(name):
    page = claims()[name]._repr_html_()
    assert page.startswith('<div class="tex2jax_ignore mathjax_ignore"><table><tr><th style="text-align:left">')
    assert "<tbody></tbody>" not in page
    assert "<table></table>" not in page
    assert ">: " not in page  # data that have no name
    assert page.count("<table>") == page.count("</table>") > 0
