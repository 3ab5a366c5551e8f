"""The claim about a width, made of a network and the evidence for the other side, which is checked once more."""

from __future__ import annotations

from fractions import Fraction

from reluexact.evidence.status import Status
from reluexact.kinds.width_optimum.claim import WidthEvidence, WidthOptimum
from reluexact.kinds.width_optimum.evidence import fault_of
from reluexact.kinds.width_optimum.incumbent import Incumbent
from reluexact.model.loss import SQUARED
from reluexact.model.program import Program
from reluexact.numbers.real import Real
from reluexact.version import __version__


def lower_bound(program: Program, evidence: WidthEvidence) -> Fraction:
    """Return what the evidence bounds all networks of the width by."""
    return min(SQUARED.dual_value(point.residual, program.data.y) for point in evidence.points)


def record(
    program: Program,
    width: int,
    best: Incumbent,
    evidence: WidthEvidence,
    *,
    digits: int,
    engine: str,
    nodes: int,
    reason: str,
    is_global: bool | None,
    exact: bool = False,
) -> WidthOptimum:
    """Return the claim; PROVED where the bounds are near enough. exact: the value is known to be that of the network."""
    lower = lower_bound(program, evidence)
    fault = fault_of(program, width, evidence, lower)
    if best.network.width > width:
        fault = f"the network has {best.network.width} neurons"
    if fault is not None:
        raise ArithmeticError(f"the evidence of an optimum of width {width} is wrong: {fault}")
    proved = best.upper - lower <= Fraction(1, 10**digits)
    value = best.value if exact and proved and best.value is not None else Real(low=lower, high=best.upper)
    return WidthOptimum(
        data=program.data,
        penalty=program.penalty,
        width=width,
        status=Status.PROVED if proved else Status.UNDECIDED,
        reason="" if proved else reason,
        value=value,
        exact=exact and proved,
        lower=lower,
        upper=best.upper,
        network=best.network,
        neurons=best.neurons,
        is_global=is_global,
        digits=digits,
        nodes=nodes,
        evidence=evidence,
        produced_by=(("engine", engine), ("program", f"reluexact {__version__}")),
    )
