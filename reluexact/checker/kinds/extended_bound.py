"""Kind `bound` of version 2, rational bounds of the optimal value for any loss and linear part: B1 to B3 and E1 to E4."""

from __future__ import annotations

from decimal import ROUND_CEILING

from ..document import Item
from ..extended import Extended, objective, read_weights_of
from ..extended_duality import extended_dual_value
from ..quantities import decimal, interval_text


def check_extended_bound(problem: Extended, claim: Item, evidence: Item, lines: list[str]) -> None:
    """Check B1-B3 with E2-E4: lower <= p* <= upper."""
    lower_item, upper_item, network_item = claim.fields("lower", "upper", "network")
    network = read_weights_of(problem, network_item)
    lower, upper = lower_item.number(), upper_item.number()
    lines.append(f"claim (bound): p* lies in {interval_text(lower, upper)}")
    lines.append(
        f"a network of {len(network.output)} hidden neurons with an objective of at most {decimal(upper, ROUND_CEILING)}"
    )
    value = extended_dual_value(problem, *evidence.fields("theta", "positive", "negative"))
    if lower > value:
        raise lower_item.reject("B2: above the dual value of theta")
    if upper < objective(problem, network):
        raise upper_item.reject("B3: below the objective of the network")
