"""Kind `interpolation`, the cheapest networks of least squared error: I1 to I6, and of the optimum in it O1 to O10, S1 to S6."""

from __future__ import annotations

from decimal import ROUND_CEILING
from itertools import pairwise

from ..document import Item
from ..duality import b1_trees
from ..extended import Extended
from ..linear import dot, pivots
from ..piecewise import Piecewise, read_weights
from ..polytope.s1_amounts import s1_polytope
from ..polytope.s4_vertices import check_set
from ..problem import Problem, read_network
from ..quantities import ONE, ZERO, Matrix, Vector, decimal, interval_text
from ..walls import make_walls
from .extended_optimum import prove_extended_optimum

SET = ("dimension", "vertices", "min_width", "max_vertex_width")
OPTIMUM = ("value", "theta", "neurons")
ABSOLUTE = Piecewise(False, (ZERO,), ((ZERO, -ONE, ZERO), (ZERO, ONE, ZERO)))


def check_interpolation(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check I1-I6: the fit of least squared error, and the least cost of a network with this fit."""
    proved = "value" in claim.table()
    fit_item, *parts = claim.fields("fit", *((*OPTIMUM, *SET) if proved else ("lower", "upper", "network")))
    if problem.penalty != 1:
        raise claim.reject("I1: the penalty is 1, the unit of the costs")
    fit = fit_item.vector(len(problem.y))
    space = reachable(problem)
    i1_fit(problem, space, fit, fit_item)
    met = "that meets the targets" if fit == list(problem.y) else "with the fit of least squared error"
    if proved:
        check_optimum_of_fit(problem, space, fit, met, parts, evidence, lines)
    else:
        check_bounds_of_fit(problem, fit, met, parts, evidence, lines)


def reachable(problem: Problem) -> Matrix:
    """I1: return vectors that span the fits of all networks: the columns of X, and for every wall the |f_i| of its rows."""
    walls = make_walls(problem.X)
    table = [
        [abs(f) if h == wall else ZERO for f, h in zip(walls.factor, walls.wall_of, strict=True)]
        for wall in range(len(walls.heads))
    ]
    return table + [list(column) for column in zip(*problem.X, strict=True)]


def i1_fit(problem: Problem, space: Matrix, fit: Vector, item: Item) -> None:
    """I1: the fit is one that networks have, and what is left of the targets is orthogonal to all of these."""
    rest = [target - value for target, value in zip(problem.y, fit, strict=True)]
    if any(dot(vector, rest) for vector in space):
        raise item.reject("I1: another fit has a smaller squared error")
    if len(pivots([*space, fit])) > len(pivots(space)):
        raise item.reject("I1: no network has this fit")


def check_bounds_of_fit(problem: Problem, fit: Vector, met: str, claim: list[Item], evidence: Item, lines: list[str]) -> None:
    """Check I2 and I3: bounds of the least cost."""
    lower_item, upper_item, network = claim
    lower, upper = lower_item.number(), upper_item.number()
    lines.append(f"claim (interpolation): the least cost of a network {met} lies in {interval_text(lower, upper)}")
    hidden, output = read_network(problem, network)
    lines.append(f"a network of {len(output)} hidden neurons with this fit and a cost of at most {decimal(upper, ROUND_CEILING)}")
    theta_item, positive, negative = evidence.fields("theta", "positive", "negative")
    theta = theta_item.vector(len(problem.y))
    b1_trees(problem, theta, positive, negative)
    if lower > dot(theta, fit):
        raise lower_item.reject("I2: above the fit times theta")
    for row, value in zip(problem.X, fit, strict=True):
        heights = (max(ZERO, dot(weights, row)) for weights in hidden)
        if dot(output, heights) != value:
            raise network.reject("I3: the network has another fit")
    if upper < (sum((dot(weights, weights) for weights in hidden), ZERO) + dot(output, output)) / 2:
        raise upper_item.reject("I3: below the cost of the network")


def check_optimum_of_fit(
    problem: Problem, space: Matrix, fit: Vector, met: str, claim: list[Item], evidence: Item, lines: list[str]
) -> None:
    """Check I4-I6: the least cost, the neurons of all cheapest networks, and these."""
    value, theta, neurons, *known = claim
    lines.append(f"claim (interpolation): the least cost of a network {met} lies in {interval_text(*value.box())}")
    kept_item, weights_item, optimum, labels = evidence.fields("kept", "weights", "optimum", "labels")
    kept = i4_rows(problem, space, kept_item)
    rows = Problem(tuple(problem.X[i] for i in kept), tuple(fit[i] for i in kept), ONE)
    weights = tuple(read_weights(weights_item, len(kept)))
    stated = {"value": value.value, "theta": theta.value, "neurons": neurons.value, "linear": []}
    penalised = Extended(rows, ABSOLUTE, weights, "none", None, None)
    place = neurons.path.rpartition(".")[0]
    proof, extension = prove_extended_optimum(penalised, Item(stated, place), optimum)
    for law, item in zip(extension.laws, optimum.table()["rows"].entries(), strict=True):
        if law.level is None:
            raise item.reject("I5: the optimum of the penalised problem does not have this fit")
    signs = [neuron.sign for neuron in proof.neurons]
    lines.append(
        f"all neurons that the cheapest networks may use: {signs.count(1)} of sign +, {signs.count(-1)} of sign -; such a network"
    )
    if labels.value is not None:
        check_set(s1_polytope(proof), known, labels, "cheapest", lines)
    for item in known if labels.value is None else ():
        if item.value is not None:
            raise item.reject("I6: null is expected here, for there are no labels")


def i4_rows(problem: Problem, space: Matrix, item: Item) -> list[int]:
    """I4: the outputs in some rows, ascending, determine those in all rows."""
    kept = [entry.index(len(problem.y)) for entry in item.entries()]
    if not kept or any(i >= j for i, j in pairwise(kept)):
        raise item.reject("I4: the rows are not in ascending order, or there is none")
    if len(pivots([[vector[i] for i in kept] for vector in space])) < len(pivots(space)):
        raise item.reject("I4: networks with the same outputs in these rows can have others elsewhere")
    return kept
