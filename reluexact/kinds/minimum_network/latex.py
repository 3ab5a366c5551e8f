"""LaTeX of the fewest neurons of an optimal network."""

from __future__ import annotations

from reluexact.evidence.status import Status
from reluexact.kinds.minimum_network.claim import MinimumNetwork
from reluexact.tex.formulas import aligned, amounts_latex, status_line, written


def latex(claim: object, digits: int) -> str:
    """Write the number, or its bounds, and the amounts of a network."""
    return written(claim, digits, {MinimumNetwork: _minimum_network})


def _minimum_network(smallest: MinimumNetwork, digits: int) -> str:
    if smallest.status is Status.PROVED:
        number = rf"m^\star&={smallest.upper}"
    else:
        number = rf"m^\star&\in[{smallest.lower},\,{smallest.upper}]"
    amounts = amounts_latex(smallest.amounts, smallest.support, digits)
    return aligned([number, f"&{amounts}", status_line(smallest.status, smallest.reason)])
