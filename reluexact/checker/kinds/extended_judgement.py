"""Kind `judgement` of version 2: J1 to J3, with bounds of p* (B1, E2 to E4), or with its optimum (O1 to O10)."""

from __future__ import annotations

from ..document import Item
from ..excess import j2_j3_excess, state_judgement
from ..extended import Extended, objective, objective_under, read_weights_of
from ..extended_duality import extended_dual_value
from .extended_optimum import check_extended_optimum


def check_extended_judgement(problem: Extended, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check J1-J3: the objective of the network, and ``low <= objective - p* <= high``."""
    network_item, objective_item, excess = claim.fields("network", "objective", "excess")
    network = read_weights_of(problem, network_item)
    below, above = objective_under(problem, network), objective(problem, network)
    state_judgement(lines, len(network.output), objective_item, excess)
    value = objective_item.number()
    if value < above or (below == above and value > above):
        raise objective_item.reject("J1: this is not the objective of the network")
    if "optimum" in evidence.table():
        (optimum,) = evidence.fields("optimum")
        known, shown = optimum.fields("claim", "evidence")
        check_extended_optimum(problem, known, shown, lines)
        lower, upper = known.fields("value", "theta", "neurons", "linear")[0].box()
        j2_j3_excess(below, value, excess, lower, upper)
        return
    theta, positive, negative, better = evidence.fields("theta", "positive", "negative", "better")
    lower = extended_dual_value(problem, theta, positive, negative)
    least = None if better.value is None else objective(problem, read_weights_of(problem, better))
    j2_j3_excess(below, value, excess, lower, least)
