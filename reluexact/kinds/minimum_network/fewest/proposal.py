"""SCIP proposes a network with few neurons; its answer is only where exact arithmetic looks.

Indicator constraints are used, not large factors: with these, floats report neurons as off that carry a little.
"""

from __future__ import annotations

from typing import Any

from reluexact.errors import MissingDependency
from reluexact.kinds.minimum_network.fewest.steps import Steps
from reluexact.numbers.scalar import ScalarVector, Undecided

NODES = 1_000
"""Branch-and-bound nodes of SCIP; a limit in seconds would make the result depend on the machine."""

Proposal = tuple[tuple[int, ...], tuple[int, ...]]


def proposed(steps: Steps, nodes: int = NODES) -> Proposal | None:
    """Return which variables SCIP puts between their bounds and which at the upper one; None when it finds no solution."""
    try:
        import pyscipopt
    except ImportError as error:
        raise MissingDependency("pyscipopt", "pip install pyscipopt") from error
    model: Any = pyscipopt.Model("fewest")
    model.hideOutput()
    model.setParam("misc/catchctrlc", False)
    model.setParam("limits/totalnodes", nodes)
    shares = [model.addVar(lb=0.0, ub=1.0) for _ in steps.steps]
    at_zero = [model.addVar(vtype="B") for _ in shares]
    at_one = [model.addVar(vtype="B") if bounded else None for bounded in steps.bounded]
    for share, zero, one in zip(shares, at_zero, at_one, strict=True):
        model.addConsIndicator(share <= 0.0, binvar=zero)
        if one is not None:
            model.addConsIndicator(-share <= -1.0, binvar=one)
    for i in range(steps.floats.shape[1]):
        terms = [float(row[i]) * share for row, share in zip(steps.floats[:-1], shares, strict=True) if row[i]]
        model.addCons(pyscipopt.quicksum(terms) == float(steps.floats[-1][i]))
    model.setObjective(-pyscipopt.quicksum([*at_zero, *(one for one in at_one if one is not None)]))
    model.optimize()
    if not model.getNSols():
        return None
    best = model.getBestSol()
    ones = tuple(j for j, one in enumerate(at_one) if one is not None and best[one] > 0.5)
    between = tuple(j for j, zero in enumerate(at_zero) if best[zero] < 0.5 and j not in ones)
    return between, ones


def confirmed(steps: Steps, proposal: Proposal | None) -> ScalarVector | None:
    """Return an exact solution with these variables between their bounds, or fewer; None when there is none, or it stays open."""
    if proposal is None:
        return None
    try:
        return steps.settle(*proposal) or steps.on_face(*proposal)
    except Undecided:
        return None
