"""Kind `judgement`, what the objective of a given network exceeds the optimal value by: J1 to J3."""

from __future__ import annotations

from ..document import Item
from ..duality import b1_trees
from ..excess import j2_j3_excess, state_judgement
from ..loss import dual_value, residual_and_objective
from ..problem import Problem, read_network


def check_judgement(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check J1-J3: the objective of the network, and ``low <= objective - p* <= high``."""
    network, objective, excess = claim.fields("network", "objective", "excess")
    hidden, output = read_network(problem, network)
    value = residual_and_objective(problem, hidden, output)[1]
    state_judgement(lines, len(output), objective, excess)
    if objective.number() != value:
        raise objective.reject("J1: this is not the objective of the network")
    residual, positive, negative, better = evidence.fields("residual", "positive", "negative", "better")
    theta = residual.vector(len(problem.y))
    b1_trees(problem, theta, positive, negative)
    least = None if better.value is None else residual_and_objective(problem, *read_network(problem, better))[1]
    j2_j3_excess(value, value, excess, dual_value(problem, theta), least)
