"""Kind `bound`, rational bounds of the optimal value: B1 to B3."""

from __future__ import annotations

from decimal import ROUND_CEILING
from fractions import Fraction

from ..document import Item
from ..duality import b1_trees
from ..loss import dual_value, residual_and_objective
from ..problem import Problem, read_network
from ..quantities import Matrix, Vector, decimal, interval_text


def check_bound(problem: Problem, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check B1-B3: lower <= p* <= upper."""
    lower_item, upper_item, network = claim.fields("lower", "upper", "network")
    hidden, output = read_network(problem, network)
    lower, upper = lower_item.number(), upper_item.number()
    lines.append(f"claim (bound): p* lies in {interval_text(lower, upper)}")
    lines.append(f"a network of {len(output)} hidden neurons with an objective of at most {decimal(upper, ROUND_CEILING)}")
    residual, positive, negative = evidence.fields("residual", "positive", "negative")
    theta = residual.vector(len(problem.y))
    b1_trees(problem, theta, positive, negative)
    b2_lower(problem, theta, lower, lower_item)
    b3_upper(problem, hidden, output, upper, upper_item)


def b2_lower(problem: Problem, theta: Vector, lower: Fraction, item: Item) -> None:
    """B2, weak duality: ``lower <= y.theta - |theta|^2 / 2``."""
    if lower > dual_value(problem, theta):
        raise item.reject("B2: above the dual value of the residual")


def b3_upper(problem: Problem, hidden: Matrix, output: Vector, upper: Fraction, item: Item) -> None:
    """B3: the network's objective is at most `upper`."""
    if upper < residual_and_objective(problem, hidden, output)[1]:
        raise item.reject("B3: below the objective of the network")
